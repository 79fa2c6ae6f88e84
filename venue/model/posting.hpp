// One line of the double-entry ledger.
#pragma once

#include "venue/model/ids.hpp"
#include "venue/model/number.hpp"

namespace venue::model {

/// Credits (positive) or debits (negative) an account. The postings of a command sum to zero for each asset.
struct Posting {
    Sequence event;
    AccountId account;
    AssetId asset;
    Amount amount;
    bool operator==(const Posting&) const = default;
};

}  // namespace venue::model
