// An order as its participant sees it: its terms and its cumulative state.
#pragma once

#include <cstdint>
#include <string_view>

#include "venue/model/box.hpp"
#include "venue/model/ids.hpp"
#include "venue/model/number.hpp"
#include "venue/model/reference.hpp"
#include "venue/model/special_terms.hpp"
#include "venue/model/time.hpp"

namespace venue::model {

// The numbers are FIX's own where it has them (54, 40, 59), so that SQL and FIX agree.

/// FIX has other sides, which this venue declines. One of them stands only in what was asked and declined, as the
/// distance of its letter from '0', so that it is kept and told as it was asked.
enum class Side : std::uint8_t { buy = 1, sell = 2 };
/// A stop waits for the price to go against it, market-if-touched (J, as the distance of its letter from '0') for it to
/// come; then each is a market order within its price, as is a trailing stop (P). A stop-limit is a limit order then.
/// FIX has P for pegged orders, too.
enum class OrderType : std::uint8_t {
    market = 1,
    limit = 2,
    stop = 3,
    stop_limit = 4,
    market_if_touched = 26,
    trailing_stop = 32,
    pegged = 64
};
enum class TimeInForce : std::uint8_t { day = 0, gtc = 1, at_open = 2, ioc = 3, fok = 4, gtd = 6, at_close = 7 };
enum class OrderState : std::uint8_t { open = 1, filled = 2, cancelled = 3, expired = 4 };

/// One that isn't offered is called by its FIX letter.
std::string_view name(Side side);
std::string_view name(OrderType type);
std::string_view name(TimeInForce time_in_force);
std::string_view name(OrderState state);

constexpr Side opposite(Side side) { return side == Side::buy ? Side::sell : Side::buy; }

/// 38 = 14 + 151 holds while the order is open; leaves is zero afterwards. A closed order holds nothing.
struct Order {
    OrderId id;
    ParticipantId participant;
    AccountId account;
    SessionId session;  ///< The owning session: later reports go there.
    InstrumentId instrument;
    ClOrdId cl_ord_id;  ///< The latest of the chain that replaces make.
    Side side{Side::buy};
    OrderType type{OrderType::limit};
    TimeInForce time_in_force{TimeInForce::day};
    OrderState state{OrderState::open};
    Price price;           ///< Zero for a market order, but for one that gathers: then the worst that it takes. Of a
                           ///< pegged one where it is now.
    Quantity quantity;     ///< The total, fills included (38).
    Quantity cum;          ///< Filled (14).
    Quantity leaves;       ///< Open (151).
    Amount cum_value;      ///< Sum of the fills' values, in quote ledger units.
    Amount hold;           ///< Set aside for what is open: quote for a buy, base for a sell.
    FeeRate maker_rate{};  ///< As they were when the order was accepted or last replaced.
    FeeRate taker_rate{};
    Amount fee_exact;    ///< Sum of rate × value over the fills, unrounded, in 10^-7 of the fee asset's ledger unit.
    Amount fee_charged;  ///< What was taken so far: fee_exact rounded up.
    Timestamp expires;   ///< Due time; zero for none.
    Box<SpecialTerms> special;
    bool operator==(const Order&) const = default;
};

constexpr bool waits_for_a_price(OrderType type) { return type >= OrderType::stop && type <= OrderType::trailing_stop; }

/// Whether an open order still waits for its trigger price.
inline bool waits(const Order& order) { return order.special && order.special->waits_for != WaitsFor::nothing; }

/// Whether an order is for one auction alone, and ends with it.
inline bool is_for_auction(const Order& order) {
    const bool by_time = order.time_in_force == TimeInForce::at_open || order.time_in_force == TimeInForce::at_close;
    return by_time || (order.type == OrderType::market && order.price != Price{});
}

/// Whether it waits for the first order of its list.
inline bool is_dormant(const Order& order) { return order.special && order.special->role == ListRole::dormant; }

/// The worst price that the order may be traded at, as it is told in 44: a pegged one's isn't where it stands. Zero for
/// none.
Price limit_of(const Order& order);

/// What an open order shows of its leaves.
inline Quantity displayed(const Order& order) {
    const bool is_iceberg = order.special && order.special->display != Quantity{};
    return is_iceberg ? order.special->displayed : order.leaves;
}

}  // namespace venue::model
