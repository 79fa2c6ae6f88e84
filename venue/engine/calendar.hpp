// An instrument's day: which phases it has, and when it ends. All days are alike, and all times are UTC, so no clock is
// ever set forward or back.
#pragma once

#include "venue/model/reference.hpp"

namespace venue::engine {

/// The phase that the instrument's day has at that moment; continuous where it has no schedule.
model::Phase scheduled_phase(const model::Instrument& instrument, model::Timestamp time);
/// The first change of phase that is later than `time`; zero where there is no schedule.
model::Timestamp next_change(const model::Instrument& instrument, model::Timestamp time);
/// The first end of a trading day that is later than `time`.
model::Timestamp next_day_end(const model::Instrument& instrument, model::Timestamp time);

}  // namespace venue::engine
