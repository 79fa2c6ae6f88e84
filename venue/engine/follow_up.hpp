// What a command leaves to be done, because one command does only so much, or because what it did has consequences.
#pragma once

#include <optional>

#include "venue/engine/state.hpp"

namespace venue::engine {

/// The next piece, in this order: a sweep that reached the limit of fills goes on; an uncross goes on to its end; so
/// does a mass cancel; orders that waited for an auction join it; what accounts owe is taken from what they have;
/// pegged orders follow the touch, if they didn't just now; dormant orders come alive; trailing stops follow the last
/// trade's price; an order whose trigger price it has reached is triggered. Each time the smallest instrument or order
/// id comes first. Each piece records an event that leaves less to be done, so the pieces come to an end.
std::optional<model::CommandBody> follow_up(const State& state);

}  // namespace venue::engine
