// Events into state: values are taken over, no rule is computed again, so new rules never change history.
#pragma once

#include "venue/engine/state.hpp"

namespace venue::engine {

/// Events come in sequence order without a gap.
void fold(State& state, const model::Event& event);

}  // namespace venue::engine
