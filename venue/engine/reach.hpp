// How far an order would get if it came in now.
#pragma once

#include "venue/engine/state.hpp"

namespace venue::engine {

/// Resting orders that one look ahead walks over. Who asks for all or nothing would else make the venue walk its whole
/// book for each request, and pay for none.
inline constexpr int looks_per_reach_max = 20'000;

/// The lots, at most `enough` of its leaves, that the book would give the order at once and that it would pay for, as
/// far as the orders go that are looked at.
model::Quantity reach(const State& state, const model::Order& incoming, model::Quantity enough);

/// Sets how far an order trades that comes into the book now, by itself.
void set_ends_now(const State& state, model::Order& order);

/// What a market order may spend: a buy's cash, or else what is available in the asset it pays with.
model::Amount budget_of(const State& state, const model::Order& market_order);

/// Whether an order pays from what is available while it trades, and so may run dry.
bool pays_as_it_goes(const model::Order& order);

}  // namespace venue::engine
