// The venue's journal with a stopwatch.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <utility>

#include "venue/journal/postgres_journal.hpp"

namespace bench {

inline std::int64_t steady_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

struct Appended {
    std::int64_t events = 0;
    std::int64_t postings = 0;
    std::int64_t groups = 0;
    std::int64_t took_ns = 0;
};

class TimedJournal final : public venue::journal::PostgresJournal {
  public:
    using PostgresJournal::PostgresJournal;

    void append(const venue::model::Group& group) override {
        const auto start = steady_ns();
        PostgresJournal::append(group);
        const auto took = steady_ns() - start;
        const std::lock_guard lock(mutex_);
        appended_.events += static_cast<std::int64_t>(group.events.size());
        appended_.postings += static_cast<std::int64_t>(group.postings.size());
        ++appended_.groups;
        appended_.took_ns += took;
    }

    /// What was appended since the last call.
    Appended take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(appended_, {});
    }

  private:
    std::mutex mutex_;
    Appended appended_;
};

}  // namespace bench
