// How a message stands in a recording: one line with its moment, its way, and its bytes with the secrets masked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "venue/model/time.hpp"

namespace venue::fix {

/// As the venue sees it.
enum class Way : std::uint8_t { in, out };

struct RecordedMessage {
    std::string_view time;  ///< "20261123-17:50:00.123456", UTC.
    Way way{Way::in};
    std::string_view message;  ///< As it was on the wire but for what is masked; fields end with SOH.
};

/// Appends the line. Passwords and what signs a Logon become stars, as many as there were bytes where a length says how
/// many, or else three: lengths and checksums may no longer be right. A line feed inside becomes a space.
void append_line(std::string& lines, model::Timestamp time, Way way, std::string_view message);

/// Empty when the line, without its line feed, is none of a recording.
std::optional<RecordedMessage> parse_line(std::string_view line);

/// Takes the first message, by its BodyLength (9), off whole messages that stand one behind the other; what has none is
/// taken whole.
std::string_view take_message(std::string_view& messages);

}  // namespace venue::fix
