// The session engine's parser believes what a length field says about the data field behind it, and reads or copies
// outside the message when that is a lie. No message reaches it that this guard hasn't passed.
#pragma once

#include <string_view>

namespace venue::fix {

/// True when every length field of the specification is followed at once by its data field, the data has exactly that
/// many bytes and ends inside the message, no data field stands alone, and a length that occurs again is the same: the
/// parser takes the first one for all. `message` ends with a separator.
bool data_fields_fit(std::string_view message);

}  // namespace venue::fix
