// The venue's ledger as the postings make it, held against the engine's balances, and the invariants that need nothing
// but events.
#pragma once

#include <map>
#include <utility>

#include "venue/engine/engine.hpp"
#include "venue/ledger/postings.hpp"

namespace venue::test {

class BooksKept {
  public:
    /// Posts one event. False when its lines don't sum to zero for each asset.
    [[nodiscard]] bool post(const model::Event& event, const model::Reference& reference);
    /// Available + held is the sum of postings, for every account and asset that ever had any, and nothing is left on
    /// the clearing account.
    [[nodiscard]] bool agree_with(const engine::Engine& engine) const;

  private:
    std::map<std::pair<model::AccountId, model::AssetId>, model::Amount> sums_;
};

/// 38 = 14 + 151 while it is open; a closed order has nothing open and holds nothing.
bool adds_up(const model::Order& order);

}  // namespace venue::test
