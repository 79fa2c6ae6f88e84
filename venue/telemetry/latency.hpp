// Times on their way into a histogram: counted here without a lock, handed over once per group.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace prometheus {
class Histogram;
}

namespace venue::telemetry {

/// Nanoseconds of the monotonic clock, as everything in this room that measures.
std::int64_t monotonic_now();

/// 10 µs to 10 s, three bounds to a decade.
inline constexpr std::array<std::int64_t, 19> latency_bounds = {
    10'000,      20'000,        50'000,        100'000,       200'000,       500'000,     1'000'000,
    2'000'000,   5'000'000,     10'000'000,    20'000'000,    50'000'000,    100'000'000, 200'000'000,
    500'000'000, 1'000'000'000, 2'000'000'000, 5'000'000'000, 10'000'000'000};

/// The bounds in seconds, as Prometheus wants them.
std::vector<double> latency_bounds_in_seconds();

/// One thread's counts for one histogram.
class LatencyTally {
  public:
    void add(std::int64_t nanoseconds);
    /// Gives the histogram what was counted, and starts again from nothing.
    void hand_over(prometheus::Histogram& histogram);

  private:
    std::array<std::int64_t, latency_bounds.size() + 1> counts_{};
    std::int64_t sum_ = 0;
    bool is_empty_ = true;
};

}  // namespace venue::telemetry
