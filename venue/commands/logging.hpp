// How the log is written: one line each, for people or for programs, at a level that may change while the venue runs.
#pragma once

#include <string>

namespace venue::commands {

/// Everything goes to stderr. `format` is "text" or "json"; `level` one that the configuration allows.
void set_up_logging(const std::string& level, const std::string& format);

/// Changes one logger's level, or with an empty name every logger's. Returns what is wrong; empty when it is done. Any
/// thread.
std::string set_log_level(const std::string& level, const std::string& logger);

}  // namespace venue::commands
