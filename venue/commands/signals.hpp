// Who takes which signal: the thread that waits for the end, and nobody else.
#pragma once

#include <csignal>
#include <initializer_list>

namespace venue::commands {

/// Blocks the signals in this thread and in all that it starts from here on, for sigwait.
inline sigset_t block_signals(std::initializer_list<int> numbers) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : numbers) sigaddset(&signals, number);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

/// Threads that are started while it lives take no signal.
class WithoutSignals {
  public:
    WithoutSignals() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~WithoutSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    WithoutSignals(const WithoutSignals&) = delete;
    WithoutSignals& operator=(const WithoutSignals&) = delete;

  private:
    sigset_t before_{};
};

}  // namespace venue::commands
