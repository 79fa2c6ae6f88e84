// The reference file held against the journaled state of a running venue, and what differs turned into commands.
#pragma once

#include <string>

#include "venue/config/settings.hpp"

namespace venue::commands {

struct ConfigDiffWish {
    std::string file;  ///< Empty: the one that the settings name.
};
struct ConfigApplyWish {
    std::string file;
    bool only_shows = false;
    bool removes = false;
};

/// Prints a line for each difference; ends with `declined` when there is one.
int config_diff(const config::Settings& settings, const ConfigDiffWish& wish);
/// Tries everything on an engine of its own first: what can't be applied is said, and then nothing is. Ends with
/// `declined` then, and when the venue declines one of the commands; those before it stay.
int config_apply(const config::Settings& settings, const ConfigApplyWish& wish);

}  // namespace venue::commands
