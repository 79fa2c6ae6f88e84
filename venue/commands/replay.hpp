// The state of trading as it was after some event.
#pragma once

#include <cstdint>
#include <string>

#include "venue/config/settings.hpp"

namespace venue::commands {

struct ReplayWish {
    std::int64_t to = 0;
    std::string file;     ///< Where JSON lines go; empty: printed for people.
    std::string archive;  ///< The folder of `venue archive`, for events that are only there; may be empty.
};

/// Folds the journal beside a running venue, from the newest good snapshot that isn't later. Ends with `declined` when
/// the journal doesn't reach as far, or that event is archived and no folder is given.
int replay(const config::Settings& settings, const ReplayWish& wish);

}  // namespace venue::commands
