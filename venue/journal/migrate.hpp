// The schema's migrations: numbered files, forward only.
#pragma once

#include <cstdint>
#include <string>

namespace venue::journal {

/// Applies the files of `sql_dir`/migrations that the database hasn't seen, in order, and gives the roles their rights,
/// all in one transaction; programs that start at the same time, of whatever release, wait for each other. Returns the
/// schema's version. Waits for the database at most `wait_ms`. Throws JournalUnreadable when the schema is newer than
/// the newest file, or when an applied file has changed since; JournalFailed when the database says no.
int migrate(const std::string& url, const std::string& sql_dir, std::int64_t wait_ms);

/// Throws JournalUnreadable unless the schema is exactly this release's, to the letter; changes nothing. Returns its
/// version. Waits and fails like migrate.
int require_schema(const std::string& url, const std::string& sql_dir, std::int64_t wait_ms);

}  // namespace venue::journal
