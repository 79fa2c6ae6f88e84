// What `venue verify` asks of the database beside folding the journal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "venue/model/ids.hpp"

namespace venue::journal {

struct CheckResult {
    std::string name;
    std::string claim;                           ///< What the check proves, in a sentence.
    std::optional<std::string> counter_example;  ///< The first offending row; empty when the claim holds.
};

/// Runs every query of `sql_dir`/checks in one snapshot; each must return no row. Throws JournalFailed or
/// JournalUnreadable.
std::vector<CheckResult> checks(const std::string& url, const std::string& sql_dir);

struct StateHash {
    model::Sequence sequence;
    std::uint64_t hash = 0;
};

/// The hashes that venues noted, by sequence.
std::vector<StateHash> stored_state_hashes(const std::string& url);

}  // namespace venue::journal
