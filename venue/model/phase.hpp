// Whether and how an instrument trades at the moment.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace venue::model {

/// docs/trading-phases.md says which requests each of them takes.
enum class Phase : std::uint8_t {
    continuous = 0,
    closed = 1,
    pre_open = 2,
    opening_auction = 3,
    closing_auction = 4,
    volatility_auction = 5,
    halted = 6,
    post_only = 7
};
inline constexpr std::array all_phases = {Phase::continuous,      Phase::closed,          Phase::pre_open,
                                          Phase::opening_auction, Phase::closing_auction, Phase::volatility_auction,
                                          Phase::halted,          Phase::post_only};

/// Every day at this second of it, UTC, the phase begins.
struct ScheduledPhase {
    std::int32_t second = 0;
    Phase phase{Phase::continuous};
    bool operator==(const ScheduledPhase&) const = default;
};
inline constexpr std::int32_t seconds_per_day = 86'400;
inline constexpr std::size_t schedule_size_max = 32;

/// Empty for a number that is none.
std::string_view name(Phase phase);
/// The phase of that name.
std::optional<Phase> phase_named(std::string_view name);

/// "07:00:00 pre_open, 08:00:00 continuous".
std::string to_text(const std::vector<ScheduledPhase>& schedule);
/// The same, with or without the seconds; empty when it is no such text.
std::optional<std::vector<ScheduledPhase>> parse_schedule(std::string_view text);
/// Why these are no phases of a day: a sentence, empty for none.
std::string objection_to(const std::vector<ScheduledPhase>& schedule);
/// "07:00" or "07:00:30" as seconds after midnight.
std::optional<std::int32_t> parse_time_of_day(std::string_view text);

/// In these, orders gather in the book and nothing is matched: the book may be crossed.
constexpr bool gathers(Phase phase) { return phase >= Phase::pre_open && phase <= Phase::volatility_auction; }
/// The end of such a phase is an uncross.
constexpr bool is_auction(Phase phase) { return phase >= Phase::opening_auction && phase <= Phase::volatility_auction; }
/// In these the book is never crossed.
constexpr bool may_match(Phase phase) { return phase == Phase::continuous || phase == Phase::post_only; }

}  // namespace venue::model
