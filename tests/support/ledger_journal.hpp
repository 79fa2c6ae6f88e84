// A journal in memory that keeps the ledger's balances and nothing else.
#pragma once

#include <map>
#include <utility>

#include "venue/journal/journal.hpp"

namespace scenario {

class LedgerJournal final : public venue::journal::Journal {
  public:
    void append(const venue::model::Group& group) override {
        for (const auto& posting : group.postings) balances_[{posting.account, posting.asset}] += posting.amount;
    }
    void watch() override {}
    void read(venue::model::Sequence, const std::function<void(const venue::model::Event&)>&) override {}
    std::vector<venue::journal::SessionRecord> session_records() override { return {}; }
    void note_state_hash(const venue::journal::StateHash&) override {}

    [[nodiscard]] venue::model::Amount balance(venue::model::AccountId account, venue::model::AssetId asset) const {
        const auto found = balances_.find({account, asset});
        return found == balances_.end() ? venue::model::Amount{} : found->second;
    }

  private:
    std::map<std::pair<venue::model::AccountId, venue::model::AssetId>, venue::model::Amount> balances_;
};

}  // namespace scenario
