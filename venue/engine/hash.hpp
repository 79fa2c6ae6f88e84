// A number that two engines share only if they would decide alike: it proves that folding gives the live state.
#pragma once

#include "venue/engine/state.hpp"

namespace venue::engine {

/// Over the state's fields in a fixed order, word by word, so it is the same on every machine. Whoever changes what it
/// covers raises `state_hash_version`.
std::uint64_t hash_of(const State& state);

}  // namespace venue::engine
