// The state of trading for people and for programs: balances, open orders and sessions, in an order that depends on
// nothing but the state.
#pragma once

#include <functional>
#include <string>

#include "venue/engine/engine.hpp"

namespace venue::commands {

/// Takes one line, with its end. A state may have millions of them.
using TellLine = std::function<void(const std::string& line)>;

/// Tables for people.
void tell_state_in_words(const engine::Engine& engine, const TellLine& tell);
/// One JSON object a line: {"kind":"balance",…}, {"kind":"order",…}, {"kind":"session",…}. Amounts are decimal strings.
void tell_state_in_json(const engine::Engine& engine, const TellLine& tell);

}  // namespace venue::commands
