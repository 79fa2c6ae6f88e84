#include "venue/sequencer/back_pressure.hpp"

namespace venue::sequencer {
namespace {

/// A burst that fills the room is judged in much less, however many sessions it comes from.
constexpr std::int64_t wait_max = 500'000'000;
/// Who is judged this soon is held up by nobody. Well below the other, so that one turn of the engine's doesn't end
/// what has been too much.
constexpr std::int64_t wait_when_well = 100'000'000;
/// Cancels and refusals that wait are small, but not without limit either.
constexpr std::size_t rooms_when_busy = 4;

}  // namespace

model::Admission BackPressure::judge(std::size_t waiting, std::int64_t waited) {
    if (waited >= wait_max) is_behind_ = true;
    if (waited < wait_when_well) is_behind_ = false;
    if (is_behind_ && waiting < room_ * rooms_when_busy) return model::Admission::busy;
    return waiting < room_ ? model::Admission::open : model::Admission::slow;
}

}  // namespace venue::sequencer
