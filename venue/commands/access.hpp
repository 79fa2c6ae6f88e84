// The terms of access of a running venue: read at its start, and again when it is told to.
#pragma once

#include <csignal>

#include "venue/config/settings.hpp"
#include "venue/fix/gateway.hpp"

namespace venue::commands {

/// Throws ConfigError.
model::Access access_of(const config::Settings& settings);
/// A session may be added later, so a name that isn't there yet is worth a line and no more.
void tell_strangers(const model::Access& access, const model::Reference& reference, const std::string& file);
/// Returns with the signal that ends the venue. On SIGHUP the terms are read again; a file that is wrong changes
/// nothing: whoever is let in by what it said before still is.
int wait_for_end(const sigset_t& signals, fix::Gateway& gateway, const config::Settings& settings);

}  // namespace venue::commands
