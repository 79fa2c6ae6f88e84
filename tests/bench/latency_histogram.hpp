// Counts latencies in buckets whose width grows with the value, so that a percentile is off by less than one
// percent and recording costs a few instructions. Integers only; a percentile never under-reports.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace bench {

class LatencyHistogram {
  public:
    void record(std::int64_t latency_ns) {
        const auto value = static_cast<std::uint64_t>(std::clamp<std::int64_t>(latency_ns, 0, latency_ns_max));
        ++buckets_[bucket_of(value)];
        ++count_;
    }

    std::uint64_t count() const { return count_; }

    /// The latency that `per_mille` of a thousand recorded ones do not exceed; 0 when nothing was recorded.
    std::uint64_t percentile_ns(std::uint64_t per_mille) const {
        const std::uint64_t wanted = (count_ * per_mille + 999) / 1000;
        std::uint64_t seen = 0;
        for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
            seen += buckets_[bucket];
            if (seen >= wanted && seen > 0) return highest_in(bucket);
        }
        return 0;
    }

  private:
    static constexpr unsigned steps_bits = 7;
    static constexpr std::uint64_t steps = 1U << steps_bits;
    static constexpr unsigned value_bits_max = 40;
    static constexpr std::int64_t latency_ns_max = (std::int64_t{1} << value_bits_max) - 1;

    // Values below `steps` have a bucket each; above, every power of two is divided into `steps` buckets.
    static std::size_t bucket_of(std::uint64_t value) {
        if (value < steps) return value;
        const auto shift = static_cast<unsigned>(std::bit_width(value)) - steps_bits - 1;
        return (shift + 1) * steps + (value >> shift) - steps;
    }

    static std::uint64_t highest_in(std::size_t bucket) {
        if (bucket < steps) return bucket;
        const std::size_t shift = bucket / steps - 1;
        return ((bucket % steps + steps + 1) << shift) - 1;
    }

    std::vector<std::uint64_t> buckets_ = std::vector<std::uint64_t>((value_bits_max - steps_bits + 1) * steps);
    std::uint64_t count_ = 0;
};

}  // namespace bench
