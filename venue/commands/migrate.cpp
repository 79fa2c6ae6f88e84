#include <spdlog/spdlog.h>

#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/journal/migrate.hpp"

namespace venue::commands {

int migrate(const config::Settings& settings) {
    const auto& journal = settings.journal;
    const auto version = journal::migrate(journal.url, journal.sql_dir, journal.connect_wait_ms);
    spdlog::info("schema is at version {}", version);
    return ok;
}

}  // namespace venue::commands
