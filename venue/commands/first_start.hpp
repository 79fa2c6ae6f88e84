// The first start: reference data from a file becomes commands, and every session gets a secret.
#pragma once

#include <vector>

#include "venue/config/settings.hpp"
#include "venue/model/command.hpp"

namespace venue::commands {

/// The commands that configure an empty journal. Their sessions' secrets are new and stand, durably, in the
/// credentials file before this returns. Throws config::ConfigError when the file can't be read, or when the engine
/// would decline one of the commands.
std::vector<model::CommandBody> first_configuration(const config::Settings& settings);

}  // namespace venue::commands
