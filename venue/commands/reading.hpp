// What reads the journal without running a venue first makes sure that the schema is the one it knows.
#pragma once

#include "venue/config/settings.hpp"
#include "venue/journal/migrate.hpp"

namespace venue::commands {

/// The command, after a sentence about a schema of another release would have been thrown (journal::JournalUnreadable).
template <class Command>
auto reading(Command command) {
    return [command](const config::Settings& settings, const auto&... wish) {
        const auto& from = settings.journal;
        journal::require_schema(from.url, from.sql_dir, from.connect_wait_ms);
        return command(settings, wish...);
    };
}

}  // namespace venue::commands
