#include "venue/telemetry/health.hpp"

namespace venue::telemetry {
namespace {

std::string seconds_text(std::int64_t nanoseconds) { return std::to_string(nanoseconds / 1'000'000'000) + " s"; }

/// A thread that wasn't started has no beat to miss.
bool is_stuck(std::int64_t beat, std::int64_t now) { return beat != 0 && now - beat > beat_age_max; }

Verdict stuck(const std::string& thread, std::int64_t beat, std::int64_t now) {
    return {false, "The " + thread + " has made no turn for " + seconds_text(now - beat) + "."};
}

}  // namespace

Verdict alive(const Readings& readings, std::int64_t now) {
    if (is_stuck(readings.fix_beat, now)) return stuck("FIX worker", readings.fix_beat, now);
    return {true, "The venue is alive."};
}

Verdict ready(const Readings& readings, std::int64_t now) {
    if (readings.stopping) return {false, "The venue is stopping."};
    if (!readings.recovered) return {false, "The venue is recovering from its journal."};
    if (!readings.listening) return {false, "The venue does not listen yet."};
    if (auto verdict = alive(readings, now); !verdict.holds) return verdict;
    if (is_stuck(readings.engine_beat, now)) return stuck("engine's thread", readings.engine_beat, now);
    if (is_stuck(readings.committer_beat, now)) return stuck("committer", readings.committer_beat, now);
    if (now - readings.journal_seen > journal_age_max) {
        return {false, "The journal was last seen " + seconds_text(now - readings.journal_seen) + " ago."};
    }
    return {true, "The venue is ready."};
}

}  // namespace venue::telemetry
