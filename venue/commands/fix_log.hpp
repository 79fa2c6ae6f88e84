// What a session said and heard, from its recording.
#pragma once

#include <string>

#include "venue/config/settings.hpp"

namespace venue::commands {

struct FixLogWish {
    std::string comp_id;  ///< "-": lines of a recording come on the standard input.
    bool is_raw = false;  ///< As tags and values, with | in place of SOH.
};
/// Prints the session's recording, the oldest file first.
int fix_log(const config::Settings& settings, const FixLogWish& wish);

}  // namespace venue::commands
