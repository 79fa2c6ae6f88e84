#include "venue/fix/journal_reader.hpp"

#include <utility>

namespace venue::fix {

ReaderThread::ReaderThread(std::function<void(Use)> post) : post_(std::move(post)), thread_([this] { run(); }) {}

ReaderThread::~ReaderThread() { stop(); }

void ReaderThread::ask(Read read) {
    {
        const std::lock_guard lock(mutex_);
        questions_.push_back(std::move(read));
    }
    asked_.notify_one();
}

void ReaderThread::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    asked_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void ReaderThread::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        asked_.wait(lock, [this] { return stopping_ || !questions_.empty(); });
        if (stopping_) return;
        const auto read = std::move(questions_.front());
        questions_.pop_front();
        lock.unlock();
        post_(read());
        lock.lock();
    }
}

}  // namespace venue::fix
