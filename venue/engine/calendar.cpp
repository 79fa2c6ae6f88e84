#include "venue/engine/calendar.hpp"

#include <algorithm>

namespace venue::engine {
namespace {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

/// The first time of that second of a day that is later than `time`.
model::Timestamp next_at(std::int32_t second, model::Timestamp time) {
    const std::int64_t day = time.nanoseconds / model::nanoseconds_per_day * model::nanoseconds_per_day;
    const model::Timestamp today{day + second * nanoseconds_per_second};
    return today > time ? today : model::Timestamp{today.nanoseconds + model::nanoseconds_per_day};
}

}  // namespace

model::Phase scheduled_phase(const model::Instrument& instrument, model::Timestamp time) {
    if (instrument.schedule.empty()) return model::Phase::continuous;
    const std::int64_t second = time.nanoseconds % model::nanoseconds_per_day / nanoseconds_per_second;
    const auto later = std::ranges::upper_bound(instrument.schedule, second, {}, &model::ScheduledPhase::second);
    // Before the day's first change it is what the day before ended with.
    return later == instrument.schedule.begin() ? instrument.schedule.back().phase : std::prev(later)->phase;
}

model::Timestamp next_change(const model::Instrument& instrument, model::Timestamp time) {
    model::Timestamp next;
    for (const model::ScheduledPhase& scheduled : instrument.schedule) {
        const model::Timestamp then = next_at(scheduled.second, time);
        if (next == model::Timestamp{} || then < next) next = then;
    }
    return next;
}

model::Timestamp next_day_end(const model::Instrument& instrument, model::Timestamp time) {
    return next_at(instrument.day_end, time);
}

}  // namespace venue::engine
