// What only some orders carry beside side, quantity, price and time in force. A plain order has none of it and pays for
// none of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "venue/model/ids.hpp"
#include "venue/model/number.hpp"

namespace venue::model {

/// What becomes of an order that may only add to the book, and would trade on its arrival.
enum class PostOnly : std::uint8_t { no = 0, reject = 1, reprice = 2 };

/// Empty for `no`.
std::string_view name(PostOnly post_only);

/// What becomes of two orders that would trade with each other and mustn't. The numbers are FIX's (2964); 4 is ours.
enum class SelfTrade : std::uint8_t {
    allowed = 0,
    cancel_newest = 1,
    cancel_oldest = 2,
    cancel_both = 3,
    decrement = 4
};

std::string_view name(SelfTrade self_trade);
inline constexpr auto all_self_trades = {SelfTrade::allowed, SelfTrade::cancel_newest, SelfTrade::cancel_oldest,
                                         SelfTrade::cancel_both, SelfTrade::decrement};

/// Which way the last trade's price must go to trigger an order: at or above its trigger price, or at or below it.
enum class WaitsFor : std::uint8_t { nothing = 0, rise = 1, fall = 2 };

/// Empty for `nothing`.
std::string_view name(WaitsFor waits_for);

/// What the price of a pegged order follows: the best price of its own side, or of the other one.
enum class Peg : std::uint8_t { none = 0, primary = 1, market = 2 };

/// Empty for `none`.
std::string_view name(Peg peg);

/// What becomes of orders that were entered together: one of them, when it trades, cancels the others; or the first,
/// when it is filled, lets the others come alive.
enum class ListKind : std::uint8_t { one_cancels_others = 1, one_triggers_others = 2 };

std::string_view name(ListKind kind);

/// An order's part in its list. The numbers stand in the journal.
enum class ListRole : std::uint8_t {
    none = 0,
    cancels_others = 1,
    triggers_others = 2,
    dormant = 3  ///< It waits for the first order of its list to be filled, and holds nothing.
};

/// Whoever has nothing of this has no box of it: one full of defaults is never made.
struct SpecialTerms {
    PostOnly post_only{PostOnly::no};
    Quantity min_quantity{};  ///< At least so much trades on arrival, or nothing does; zero for none.
    Amount cash{};       ///< Market by cash: what of it isn't spent yet, in quote ledger units; zero for other orders.
    Quantity display{};  ///< Iceberg: the size of a tranche; zero for an order that shows all it has.
    Quantity displayed{};                      ///< Iceberg: what it shows now, at most its leaves.
    SelfTrade self_trade{SelfTrade::allowed};  ///< `allowed`: what its participant has chosen.
    std::int64_t self_trade_group = 0;         ///< Only orders of the same participant and group are prevented.
    WaitsFor waits_for{WaitsFor::nothing};     ///< `nothing` again once it was triggered.
    Price trigger{};                           ///< Stays when it was triggered; zero for other orders.
    Price anchor{};                ///< Trailing: the best last price since it waits; zero while nothing was traded.
    std::int64_t trail_ticks = 0;  ///< Trailing: how far the trigger price lies behind the anchor;
    std::int32_t trail_bp = 0;     ///< or how far in basis points of it.
    Peg peg{Peg::none};
    std::int64_t peg_offset = 0;  ///< Pegged: ticks that are added to what it follows.
    ListRole role{ListRole::none};
    OrderId list{};     ///< Of an order with a role: the first order of its list.
    Price peg_limit{};  ///< Pegged: the most that a buy pays, the least that a sale takes; zero for none.
    Price band_end{};   ///< The worst price within the band around the last trade when it came; zero where it
                        ///< can't get beyond it.
    Price
        protection_end{};  ///< The worst price that an order at the market may trade at, by the best one when it came.
    bool outlives_session = false;  ///< It isn't cancelled because a session is disconnected.
    ClOrdId list_name{};            ///< The participant's name of the list with which it was entered; it stays.
    bool operator==(const SpecialTerms&) const = default;
};

}  // namespace venue::model
