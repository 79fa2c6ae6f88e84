// Whether a new order or a replace keeps to the limits that the operator set. Each is true when it doesn't.
#pragma once

#include "venue/engine/proposal.hpp"

namespace venue::engine {

bool quantity_above_limit(const Proposal& proposal);
/// An order at the market is reckoned at the last trade's price; before the first trade it is worth nothing.
bool notional_above_limit(const Proposal& proposal);
/// Of a limit order, and only in the direction that costs: a price that is too good merely waits.
bool price_far_from_last(const Proposal& proposal);
/// What trades at once or not at all takes no room.
bool too_many_open_orders(const Proposal& proposal);

}  // namespace venue::engine
