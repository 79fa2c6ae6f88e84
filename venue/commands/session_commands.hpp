// The subcommands about FIX sessions, as an operator types them: what they are like, and what one of them shall do.
#pragma once

#include <functional>

#include "venue/config/settings.hpp"

namespace CLI {
class App;
}

namespace venue::commands {

/// Each fills in what is to be run.
void add_session_commands(CLI::App& app, std::function<int(const config::Settings&)>& chosen);

}  // namespace venue::commands
