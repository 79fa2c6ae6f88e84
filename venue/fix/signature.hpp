// What a participant signs in its Logon instead of telling a password, and whether a signature is its session's.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "venue/fix/fields.hpp"
#include "venue/model/access.hpp"

namespace venue::fix {

/// The values of 52, 35, 34, 49 and 56 as the message has them, with one byte 0x01 between each two.
std::string signed_text(const Fields& logon);

/// Whether RawData (96) is a signature of that text by one of the keys, in base64. Each key is tried whatever the
/// others say, and compared in constant time.
bool is_signed(const Fields& logon, std::span<const model::SessionKey> keys);

}  // namespace venue::fix
