#include "venue/engine/follow_up.hpp"

namespace venue::engine {

std::optional<model::CommandBody> follow_up(const State& state) {
    if (state.sweeping) return model::ContinueSweep{state.sweeping};
    return {};
}

}  // namespace venue::engine
