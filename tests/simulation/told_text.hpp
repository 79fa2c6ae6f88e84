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

}  // namespace venue::simulation
