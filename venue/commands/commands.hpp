// The subcommands of the venue program. Each returns an exit code, and throws what it can't say as one.
#pragma once

#include <string>

#include "venue/config/settings.hpp"

namespace venue::commands {

/// Recovers, listens and trades until SIGTERM or SIGINT.
int run(const config::Settings& settings);
/// Brings the database's schema up to this release.
int migrate(const config::Settings& settings);
struct SnapshotWish {
    bool goes_on = false;
    std::string archive;  ///< The folder of `venue archive`, for events that are only there; may be empty.
};
/// Stores a snapshot beside a running venue, if any event came since the newest. When it goes on it folds what is
/// appended and stores one whenever it is due, until SIGTERM or SIGINT.
int snapshot(const config::Settings& settings, const SnapshotWish& wish);
/// What `venue archive` is told: the folder that takes the files, and the sequence number before which it stops; zero
/// for as far as snapshots allow.
struct ArchiveOrder {
    std::string folder;
    std::int64_t before = 0;
};
/// Puts the oldest ranges of the journal into files and takes them out of the database, beside a running venue.
int archive(const config::Settings& settings, const ArchiveOrder& order);
/// What `venue restore` is told: the folder of `venue archive`, and the address of an empty, migrated database.
struct RestoreWish {
    std::string archive;
    std::string to;
};
/// Fills the database with the events that are archived, so that whoever asks about them asks there as here.
int restore(const config::Settings& settings, const RestoreWish& wish);
struct VerifyWish {
    std::string archive;  ///< As in SnapshotWish: with it the fold begins at the first event of all.
};
/// Folds the journal beside a running venue and holds it against every stored hash, the ledger and the SQL checks.
int verify(const config::Settings& settings, const VerifyWish& wish);

}  // namespace venue::commands
