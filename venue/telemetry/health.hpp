// Whether the venue lives, and whether it can be traded on.
#pragma once

#include <string>

#include "venue/telemetry/readings.hpp"

namespace venue::telemetry {

struct Verdict {
    bool holds = false;
    std::string sentence;  ///< Why not; or that all is well.
};

/// A thread that hasn't begun a turn for so long is stuck: all of them turn ten times a second, or once.
inline constexpr std::int64_t beat_age_max = 10'000'000'000;
/// An idle venue asks for its journal once a second.
inline constexpr std::int64_t journal_age_max = 5'000'000'000;

/// The process answers and what talks to clients isn't stuck. A venue that recovers is alive, and so is one whose
/// database hangs: the committer waits for it by design, the engine for the committer, and a restart would mend
/// nothing. `now`: of the monotonic clock.
Verdict alive(const Readings& readings, std::int64_t now);
/// Recovered, listening, not stopping, no thread stuck, and the journal is within reach and ours.
Verdict ready(const Readings& readings, std::int64_t now);

}  // namespace venue::telemetry
