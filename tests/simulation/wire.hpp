// FIX messages as a participant's own engine writes and reads them. It shares nothing with the venue.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace venue::simulation {

using WireFields = std::vector<std::pair<int, std::string>>;

struct WireMessage {
    std::string bytes;
    WireFields fields;

    /// Empty when the field isn't there.
    [[nodiscard]] std::string text(int tag) const;
    [[nodiscard]] std::int64_t number(int tag) const;
    [[nodiscard]] std::string type() const { return text(35); }
    [[nodiscard]] bool is_poss_dup() const { return text(43) == "Y"; }
    /// All fields but those that a resend may change: 9, 10, 43, 52 and 122, and what `also` names.
    [[nodiscard]] std::string content(const std::vector<int>& also = {}) const;
};

/// Cuts the first whole message off the front; nothing while it isn't whole. Throws std::runtime_error for bytes that
/// no engine would read: a wrong length or checksum.
std::optional<WireMessage> take_message(std::string& stream);

/// BeginString, BodyLength, then the fields, then CheckSum.
std::string framed(const WireFields& fields);

/// YYYYMMDD-HH:MM:SS.sss
std::string utc_text(std::int64_t nanoseconds);

}  // namespace venue::simulation
