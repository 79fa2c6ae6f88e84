// The state of trading for people and for programs: balances, open orders and sessions, in an order that depends on
// nothing but the state.
#pragma once

#include <string>

#include "venue/engine/engine.hpp"

namespace venue::commands {

/// Tables for people.
std::string state_in_words(const engine::Engine& engine);
/// One JSON object a line: {"kind":"balance",…}, {"kind":"order",…}, {"kind":"session",…}. Amounts are decimal strings.
std::string state_in_json_lines(const engine::Engine& engine);

}  // namespace venue::commands
