// Events to double-entry lines; pure.
#pragma once

#include <vector>

#include "venue/model/event.hpp"
#include "venue/model/posting.hpp"

namespace venue::ledger {

/// Appends the ledger lines that one event causes. Each half of a trade posts against the clearing account, so the
/// lines of an event sum to zero for each asset, and the clearing account is zero after each command. An event that
/// moves no money yields none. Folding the same event again yields the same lines.
void append_postings(const model::Event& event, const model::Reference& reference,
                     std::vector<model::Posting>& postings);

}  // namespace venue::ledger
