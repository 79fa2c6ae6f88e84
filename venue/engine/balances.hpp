// What each account has of each asset.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "venue/model/ids.hpp"
#include "venue/model/number.hpp"

namespace venue::engine {

/// available + held is the ledger balance.
struct Balance {
    model::Amount available;
    model::Amount held;
    bool operator==(const Balance&) const = default;
};

/// Accounts are numbered densely and have few assets, so a balance is found without a search worth the name.
class Balances {
  public:
    /// Begins at zero.
    [[nodiscard]] Balance& at(model::AccountId account, model::AssetId asset) {
        const Balance* const known = known_at(account, asset);
        return known != nullptr ? const_cast<Balance&>(*known) : add(account, asset);
    }
    /// The same of two assets; they stay where they are until the account gets another one.
    [[nodiscard]] std::pair<Balance&, Balance&> both(model::AccountId account, model::AssetId one,
                                                     model::AssetId other) {
        if (known_at(account, one) == nullptr) add(account, one);
        Balance& second = at(account, other);
        return {at(account, one), second};
    }
    /// Zero where there is none.
    [[nodiscard]] Balance find(model::AccountId account, model::AssetId asset) const {
        const Balance* const known = known_at(account, asset);
        return known != nullptr ? *known : Balance{};
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    /// By account, then by asset.
    template <class Each>
    void each(Each each) const {
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            for (const auto& [asset, balance] : rows_[row]) {
                each(model::AccountId{static_cast<std::int32_t>(row)}, asset, balance);
            }
        }
    }

  private:
    using Entry = std::pair<model::AssetId, Balance>;

    /// Null where there is none.
    [[nodiscard]] const Balance* known_at(model::AccountId account, model::AssetId asset) const {
        const auto row = static_cast<std::size_t>(account.value);
        if (row >= rows_.size()) return nullptr;
        for (const auto& [known, balance] : rows_[row]) {
            if (known == asset) return &balance;
        }
        return nullptr;
    }
    Balance& add(model::AccountId account, model::AssetId asset) {
        const auto row = static_cast<std::size_t>(account.value);
        if (row >= rows_.size()) rows_.resize(row + 1);
        auto& entries = rows_[row];
        ++size_;
        return entries.emplace(std::ranges::lower_bound(entries, asset, {}, &Entry::first), asset, Balance{})->second;
    }

    std::vector<std::vector<Entry>> rows_;  ///< By account; each by asset.
    std::size_t size_ = 0;
};

}  // namespace venue::engine
