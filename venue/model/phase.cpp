#include "venue/model/phase.hpp"

#include <algorithm>

namespace venue::model {

std::string_view name(Phase phase) {
    switch (phase) {
        case Phase::continuous:
            return "continuous";
        case Phase::closed:
            return "closed";
        case Phase::pre_open:
            return "pre_open";
        case Phase::opening_auction:
            return "opening_auction";
        case Phase::closing_auction:
            return "closing_auction";
        case Phase::volatility_auction:
            return "volatility_auction";
        case Phase::halted:
            return "halted";
        case Phase::post_only:
            return "post_only";
    }
    return "";
}

std::optional<Phase> phase_named(std::string_view wanted) {
    const auto* const found = std::ranges::find(all_phases, wanted, [](Phase phase) { return name(phase); });
    return found == all_phases.end() ? std::nullopt : std::optional(*found);
}

std::string to_text(const std::vector<ScheduledPhase>& schedule) {
    const auto two = [](std::int32_t number) { return std::to_string(100 + number).substr(1); };
    std::string text;
    for (const auto& [second, phase] : schedule) {
        text.append(text.empty() ? "" : ", ").append(two(second / 3'600)).append(":").append(two(second / 60 % 60));
        text.append(":").append(two(second % 60)).append(" ").append(name(phase));
    }
    return text;
}

std::string objection_to(const std::vector<ScheduledPhase>& schedule) {
    if (schedule.size() > schedule_size_max) return "A day has at most 32 changes of phase.";
    std::int32_t before = -1;
    for (std::size_t i = 0; i < schedule.size(); ++i) {
        const auto& [second, phase] = schedule[i];
        if (second <= before || second >= seconds_per_day) return "A schedule's times must rise within the day.";
        before = second;
        // An operator ends a halt, and a volatility auction begins by itself.
        const bool is_one = phase != Phase::volatility_auction && phase != Phase::halted && !name(phase).empty();
        if (!is_one) return "No day has that phase.";
        // Behind the day's last change comes the next day's first.
        const Phase next = schedule[(i + 1) % schedule.size()].phase;
        if (is_auction(phase) && next != Phase::closed && !may_match(next)) {
            return "Behind an auction a day goes on with closed, continuous or post_only, or nothing would be "
                   "uncrossed.";
        }
    }
    return {};
}

std::optional<std::int32_t> parse_time_of_day(std::string_view text) {
    constexpr std::int32_t limits[] = {24, 60, 60};
    if (text.size() != 5 && text.size() != 8) return {};
    std::int32_t second = 0;
    for (std::size_t part = 0; part < 3; ++part) {
        const std::size_t at = part * 3;
        std::int32_t number = 0;
        if (at < text.size()) {
            const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
            if (!is_digit(text[at]) || !is_digit(text[at + 1])) return {};
            if (part > 0 && text[at - 1] != ':') return {};
            number = (text[at] - '0') * 10 + text[at + 1] - '0';
        }
        if (number >= limits[part]) return {};
        second = second * 60 + number;
    }
    return second;
}

std::optional<std::vector<ScheduledPhase>> parse_schedule(std::string_view text) {
    std::vector<ScheduledPhase> schedule;
    while (!text.empty()) {
        const auto end = std::min(text.find(", "), text.size());
        const std::string_view change = text.substr(0, end);
        text.remove_prefix(std::min(end + 2, text.size()));
        const auto blank = std::min(change.find(' '), change.size());
        const auto second = parse_time_of_day(change.substr(0, blank));
        const auto phase = phase_named(change.substr(std::min(blank + 1, change.size())));
        if (!second || !phase) return {};
        schedule.push_back({*second, *phase});
    }
    return schedule;
}

}  // namespace venue::model
