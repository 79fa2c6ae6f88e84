// What a command leaves to be done, because one command does only so much, or because what it did has consequences.
#pragma once

#include <optional>

#include "venue/engine/state.hpp"

namespace venue::engine {

/// The next piece, in this order: a sweep that reached the limit of fills goes on. Each piece records at least one event,
/// so the pieces come to an end.
std::optional<model::CommandBody> follow_up(const State& state);

}  // namespace venue::engine
