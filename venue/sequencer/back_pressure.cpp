#include "venue/sequencer/back_pressure.hpp"

namespace venue::sequencer {
namespace {

/// A burst that fills the room is judged in much less.
constexpr std::int64_t burst_max = 500'000'000;
/// Cancels and refusals that wait are small, but not without limit either.
constexpr std::size_t rooms_when_busy = 4;

}  // namespace

model::Admission BackPressure::judge(std::size_t waiting, std::int64_t now) {
    if (waiting < (busy_ ? room_ / 2 : room_)) {
        full_since_.reset();
        busy_ = false;
        return model::Admission::open;
    }
    if (!full_since_) full_since_ = now;
    busy_ = now - *full_since_ >= burst_max;
    return busy_ && waiting < room_ * rooms_when_busy ? model::Admission::busy : model::Admission::slow;
}

}  // namespace venue::sequencer
