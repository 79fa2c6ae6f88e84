// What a report tells, and what the journal says, in the same words where they agree.
#pragma once

#include <cstdint>
#include <string>

#include "tests/simulation/wire.hpp"
#include "venue/model/event.hpp"

namespace venue::simulation {

/// "1.5" for 150 lots, as the venue writes a quantity.
std::string quantity_text(std::int64_t lots);

/// What a report or a status tells of an order's state.
std::string state_text(const model::Order& order);
std::string state_text(const WireMessage& message);

/// ExecType (150); empty for what is told by no execution report.
std::string exec_type(const model::Event& event);

/// The event as a report tells it, in what matters most.
std::string told_as(const model::Event& event);
std::string told_as(const WireMessage& report);

/// One level of a book.
std::string level_text(const std::string& side, const std::string& price, const std::string& size,
                       const std::string& count);

/// A ListStatus: the list's name, how it stands, and each of its orders. The same of the event that it tells, and of
/// the orders that it was asked about.
std::string list_text(const WireMessage& status);
std::string list_text(const model::ListReported& report);
std::string list_text(const std::string& name, const std::vector<model::Order>& orders);

/// By what a list's report is known, which has no ExecID: the names of the list and of its orders.
std::string list_key(const WireMessage& status);
std::string list_key(const model::ListReported& report);

}  // namespace venue::simulation
