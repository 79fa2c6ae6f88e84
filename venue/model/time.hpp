// Time as the venue knows it: nanoseconds since 1970 UTC. Only the sequencer gives a command its time.
#pragma once

#include <compare>
#include <cstdint>

namespace venue::model {

struct Timestamp {
    std::int64_t nanoseconds = 0;
    constexpr auto operator<=>(const Timestamp&) const = default;
};

inline constexpr std::int64_t nanoseconds_per_day = 86'400'000'000'000;

/// The first midnight (00:00 UTC) that is later than `time`.
constexpr Timestamp next_midnight(Timestamp time) {
    return {(time.nanoseconds / nanoseconds_per_day + 1) * nanoseconds_per_day};
}

}  // namespace venue::model
