// Whether a new order or a replace keeps to the limits that the operator set. Each is true when it doesn't.
#pragma once

#include "venue/engine/proposal.hpp"

namespace venue::engine {

bool quantity_above_limit(const Proposal& proposal);
/// An order without a limit is reckoned at the price that it waits for, or else at the last trade's; before the first
/// trade at the reference price, or else at the other side's best price.
bool notional_above_limit(const Proposal& proposal);
/// Of an order with a limit, against the same prices, and only in the direction that costs: a price that is too good
/// merely waits.
bool price_far_from_last(const Proposal& proposal);
/// What trades at once or not at all takes no room among open orders. The instrument must be known.
bool takes_room(const Proposal& proposal);
bool too_many_open_orders(const Proposal& proposal);

}  // namespace venue::engine
