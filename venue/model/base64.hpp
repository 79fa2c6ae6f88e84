// Bytes as text, as RFC 4648 has it: the standard alphabet, padded, nothing between.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace venue::model {

/// Empty when the text is none, or not the only one that means these bytes.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace venue::model
