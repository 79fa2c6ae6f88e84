// What an operator types beside `run`: how these subcommands are spelled on the command line.
#pragma once

#include <functional>

#include "venue/config/settings.hpp"

namespace CLI {
class App;
}

namespace venue::commands {

/// Adds status, log-level, transfer, halt, resume, phase, cancel-orders, replay, verify, inspect, archive and restore;
/// whichever is typed is put into `chosen`, with what was typed behind it.
void add_operator_commands(CLI::App& app, std::function<int(const config::Settings&)>& chosen);

}  // namespace venue::commands
