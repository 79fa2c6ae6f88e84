// Reading from the journal beside the worker, so that the worker never waits for it. Two readers exist: a thread, and
// one that a simulation lets read when it wants.
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

    virtual ~JournalReader() = default;

    /// Each port has at most one question in here. `read` doesn't throw.
    virtual void ask(Read read) = 0;
};

class ReaderThread final : public JournalReader {
  public:
    /// `post` hands a function to the worker's thread.
    explicit ReaderThread(std::function<void(Use)> post);
    ~ReaderThread() override;

    void ask(Read read) override;
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
