#include "venue/telemetry/latency.hpp"

#include <prometheus/histogram.h>

#include <algorithm>
#include <chrono>

namespace venue::telemetry {
namespace {

constexpr double seconds(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }

}  // namespace

std::int64_t monotonic_now() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

std::vector<double> latency_bounds_in_seconds() {
    std::vector<double> bounds;
    for (const auto bound : latency_bounds) bounds.push_back(seconds(bound));
    return bounds;
}

void LatencyTally::add(std::int64_t nanoseconds) {
    const auto bound = std::ranges::lower_bound(latency_bounds, nanoseconds);
    ++counts_[static_cast<std::size_t>(bound - latency_bounds.begin())];
    sum_ += nanoseconds;
    is_empty_ = false;
}

void LatencyTally::hand_over(prometheus::Histogram& histogram) {
    if (is_empty_) return;
    histogram.ObserveMultiple({counts_.begin(), counts_.end()}, seconds(sum_));
    *this = {};
}

}  // namespace venue::telemetry
