// The subcommands of the venue program. Each returns an exit code, and throws what it can't say as one.
#pragma once

#include "venue/config/settings.hpp"

namespace venue::commands {

/// Recovers, listens and trades until SIGTERM or SIGINT.
int run(const config::Settings& settings);
/// Brings the database's schema up to this release.
int migrate(const config::Settings& settings);
/// Folds the journal beside a running venue and holds it against every stored hash, the ledger and the SQL checks.
int verify(const config::Settings& settings);

}  // namespace venue::commands
