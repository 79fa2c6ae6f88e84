// What only some orders carry beside side, quantity, price and time in force. A plain order has none of it and pays for
// none of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "venue/model/number.hpp"

namespace venue::model {

/// What becomes of an order that may only add to the book, and would trade on its arrival.
enum class PostOnly : std::uint8_t { no = 0, reject = 1, reprice = 2 };

/// Empty for `no`.
std::string_view name(PostOnly post_only);

/// Whoever has nothing of this has no box of it: one full of defaults is never made.
struct SpecialTerms {
    PostOnly post_only{PostOnly::no};
    Quantity min_quantity;  ///< At least so much trades on arrival, or nothing does; zero for none.
    Amount cash;  ///< Market by cash: what of it isn't spent yet, in quote ledger units; zero for other orders.
    bool operator==(const SpecialTerms&) const = default;
};

}  // namespace venue::model
