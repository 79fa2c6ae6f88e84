// What `venue verify` folds: the journal from its first event, or where ranges of it were archived from the oldest
// snapshot behind them, unless their files are at hand.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "venue/engine/engine.hpp"
#include "venue/journal/verification.hpp"

namespace venue::commands {

using Balances = std::map<std::pair<model::AccountId, model::AssetId>, model::Amount>;

/// How many of what was stored were held against the fold, and where it came to something else.
struct Comparison {
    std::size_t count = 0;
    std::vector<model::Sequence> others;
};

struct JournalFold {
    engine::Engine engine;
    model::Sequence first;     ///< The first event that was folded.
    model::Sequence archived;  ///< The last event that is archived; zero for none.
    model::Sequence in_files;  ///< Events up to here were read from an archive's files; zero for none.
    Balances postings;  ///< Sums of the lines that the ledger derives from the events, and what was carried over.
    Comparison hashes;
    Comparison snapshots;
    std::vector<model::Sequence> damaged;  ///< Snapshots that can't be read: a loss of time, not of events.
    std::vector<model::Sequence> unread;   ///< Snapshots of formats with which no fold begins any more: likewise.
    std::size_t skipped_count = 0;         ///< Stored hashes of another version than this release's.
};

/// With the folder of an archive, which may be empty. Throws JournalUnreadable where an event is missing, where no good
/// snapshot covers what is archived, or where an archive's file isn't the one that was written.
JournalFold fold_journal(const std::string& url, const std::string& archive);

}  // namespace venue::commands
