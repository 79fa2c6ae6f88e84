// FIX sessions as an operator sees them: a table, or one in full; and as JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "venue/model/session_look.hpp"

namespace venue::commands {

/// A line for each. `now`: what ages are reckoned from.
std::string table_of(const std::vector<model::SessionLook>& looks, model::Timestamp now);
/// Everything that is known of one.
std::string in_full(const model::SessionLook& look, model::Timestamp now);
/// An array with an object for each.
std::string in_json(const std::vector<model::SessionLook>& looks);

}  // namespace venue::commands
