#include "venue/sequencer/back_pressure.hpp"

namespace venue::sequencer {
namespace {

/// A burst that fills the room is judged in much less.
constexpr std::int64_t burst_max = 500'000'000;
/// Cancels and refusals that wait are small, but not without limit either.
constexpr std::size_t rooms_when_busy = 4;

}  // namespace

model::Admission BackPressure::judge(std::size_t waiting, std::int64_t now) {
    // Each turn of the engine's makes some room for a moment, so only half of it ends what has been too much.
    if (waiting < room_ / 2) full_since_.reset();
    if (waiting >= room_ && !full_since_) full_since_ = now;
    const bool lasts = full_since_ && now - *full_since_ >= burst_max;
    if (lasts && waiting < room_ * rooms_when_busy) return model::Admission::busy;
    return waiting < room_ ? model::Admission::open : model::Admission::slow;
}

}  // namespace venue::sequencer
