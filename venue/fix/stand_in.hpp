// A message that the session engine is shown in place of another one.
#pragma once

#include <string>
#include <string_view>

#include "venue/fix/fields.hpp"

namespace venue::fix {

/// A message of `type` that has nothing but the header of `message`: its parties, number, times and flags.
std::string stand_in(std::string_view type, const Fields& message);

/// A Heartbeat that has nothing but the parties and the number of `message`, and this time.
std::string numbered_heartbeat(const Fields& message, std::string_view sending_time);

/// A Reject with that header, in which only the header can be wrong.
std::string reject_in_short(const Fields& message);

}  // namespace venue::fix
