// One thread that waits for the journal, so that the worker never does.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace venue::fix {

class JournalReader {
  public:
    /// What is to be done with what was read, on the worker's thread.
    using Use = std::function<void()>;
    using Read = std::function<Use()>;

    /// `post` hands a function to the worker's thread.
    explicit JournalReader(std::function<void(Use)> post);
    ~JournalReader();

    /// Each port has at most one question in here. `read` doesn't throw.
    void ask(Read read);
    /// Drops what nobody began to read, and returns when the thread has ended.
    void stop();

  private:
    void run();

    std::function<void(Use)> post_;
    std::mutex mutex_;
    std::condition_variable asked_;
    std::deque<Read> questions_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace venue::fix
