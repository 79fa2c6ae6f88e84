// What `venue verify` asks of the database beside folding the journal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "venue/journal/journal.hpp"

namespace venue::journal {

struct CheckResult {
    std::string name;
    std::string claim;                           ///< What the check proves, in a sentence.
    std::optional<std::string> counter_example;  ///< The first offending row; empty when the claim holds.
};

/// Runs every query of `sql_dir`/checks, each as of one moment; each must return no row. Throws JournalFailed or
/// JournalUnreadable.
std::vector<CheckResult> checks(const std::string& url, const std::string& sql_dir);

/// The hashes that venues noted, by sequence and version.
std::vector<StateHash> stored_state_hashes(const std::string& url);

/// One line for each account and asset: the sum of the postings of all events up to and with `until`, archived ones
/// included. Their `event` is zero.
std::vector<model::Posting> posting_sums(const std::string& url, model::Sequence until);

/// One line for each account and asset that open orders held something of right after `until`, as readers are told from
/// what is carried. Their `event` is zero.
std::vector<model::Posting> held_sums(const std::string& url, model::Sequence until);

}  // namespace venue::journal
