// A message that the session engine is shown in place of another one.
#pragma once

#include <string>

#include "venue/fix/fields.hpp"

namespace venue::fix {

/// A Heartbeat with the header of `message`: its parties, number, times and flags.
std::string heartbeat_in_place_of(const Fields& message);

}  // namespace venue::fix
