// The venue's journal with a stopwatch.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "venue/journal/postgres_journal.hpp"

namespace bench {

inline std::int64_t steady_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// An append that took so long that participants felt it.
struct Stall {
    std::int64_t at_unix_ms = 0;
    std::int64_t took_ns = 0;
    std::size_t events = 0;
};

struct Appended {
    std::int64_t events = 0;
    std::int64_t postings = 0;
    std::int64_t groups = 0;
    std::int64_t took_ns = 0;
    std::vector<Stall> stalls;
};

class TimedJournal final : public venue::journal::PostgresJournal {
  public:
    using PostgresJournal::PostgresJournal;

    void append(const venue::model::Group& group) override {
        const auto at = std::chrono::system_clock::now().time_since_epoch();
        const auto start = steady_ns();
        PostgresJournal::append(group);
        const auto took = steady_ns() - start;
        const std::lock_guard lock(mutex_);
        appended_.events += static_cast<std::int64_t>(group.events.size());
        appended_.postings += static_cast<std::int64_t>(group.postings.size());
        ++appended_.groups;
        appended_.took_ns += took;
        if (took < stall_ns) return;
        appended_.stalls.push_back(
            {std::chrono::duration_cast<std::chrono::milliseconds>(at).count(), took, group.events.size()});
    }

    /// What was appended since the last call.
    Appended take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(appended_, {});
    }

  private:
    static constexpr std::int64_t stall_ns = 50'000'000;

    std::mutex mutex_;
    Appended appended_;
};

}  // namespace bench
