// Subcommands with which the operator changes instruments and participants of a running venue.
#pragma once

#include <functional>
#include <string>

#include "venue/config/settings.hpp"

namespace CLI {
class App;
}

namespace venue::commands {

/// As add_operator_commands does.
void add_market_commands(CLI::App& app, std::function<int(const config::Settings&)>& chosen);

}  // namespace venue::commands
