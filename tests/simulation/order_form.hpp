// What a participant writes into a new order or a replace: everything that the venue offers over FIX 4.4, good and bad.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulation/dice.hpp"
#include "tests/simulation/wire.hpp"

namespace venue::simulation {

/// "0.05" for five lots.
std::string lots_text(std::int64_t lots);

/// The body of a NewOrderSingle under that name.
WireFields new_order_form(Dice& dice, const std::string& name);

/// The body of a NewOrderList of that name, with an order under each of the names.
WireFields new_list_form(Dice& dice, const std::string& list, const std::vector<std::string>& names);

/// The body of an OrderCancelReplaceRequest for an order of that side.
WireFields replace_form(Dice& dice, const std::string& name, const std::string& original, const std::string& side);

}  // namespace venue::simulation
