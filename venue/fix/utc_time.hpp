// FIX's UTCTimestamp as time.
#pragma once

#include <optional>
#include <string_view>

#include "venue/model/time.hpp"

namespace venue::fix {

/// Reads YYYYMMDD-HH:MM:SS with up to nine digits behind a point. Empty when the text is none.
std::optional<model::Timestamp> parse_utc_time(std::string_view text);

}  // namespace venue::fix
