// One instrument's auction: which orders are for it alone, what was told of it, and how far its uncross is.
#pragma once

#include <optional>
#include <set>
#include <utility>

#include "venue/engine/known_order.hpp"
#include "venue/model/event.hpp"

namespace venue::engine {

/// At most one indication of an instrument is told in so long a time.
inline constexpr std::int64_t indication_interval = 100'000'000;

/// Where an uncross goes on, and how.
struct Uncross {
    model::Price price;  ///< Zero when nothing trades.
    model::Phase next{model::Phase::continuous};
    model::Timestamp until;
};

class Auction {
  public:
    // -- Orders that are for an auction alone --

    /// One that rests takes part; one that doesn't waits unseen. Orders come again when that changes.
    void add(const KnownOrder& known);
    void remove(const model::Order& order);

    /// The order that is to join the auction that the phase gathers for; zero for none.
    [[nodiscard]] model::OrderId joining(model::Phase phase) const;
    /// The market order that trades before all others of its side at this price; zero for none.
    [[nodiscard]] model::OrderId market_at(model::Side side, model::Price price) const;
    /// The next order that rests and ends with this auction; zero for none.
    [[nodiscard]] model::OrderId ending() const { return ending_.empty() ? model::OrderId{} : *ending_.begin(); }

    /// Until one says no.
    template <class GoesOn>
    void each_waiting_while(GoesOn goes_on) const {
        for (const Orders* const waiting : {&for_open_, &for_close_}) {
            for (const auto id : *waiting) {
                if (!goes_on(id)) return;
            }
        }
    }

    // -- What isn't told by the orders --

    std::optional<Uncross> uncross;
    model::IndicationChanged told;    ///< The last indication; of price zero before the first.
    model::Timestamp told_at;         ///< Zero before the first.
    model::Timestamp indication_due;  ///< Zero while nothing has changed since.
    model::Timestamp phase_due;       ///< As the instrument has it.
    /// Whether there is any of it.
    [[nodiscard]] bool has_more_than_orders() const {
        return uncross || told_at != model::Timestamp{} || indication_due != model::Timestamp{};
    }

  private:
    using Orders = std::set<model::OrderId>;
    /// By price, the best first, then by age.
    using ByPrice = std::set<std::pair<std::int64_t, model::OrderId>>;

    static std::pair<std::int64_t, model::OrderId> key_of(model::Side side, model::Price price, model::OrderId id) {
        return {side == model::Side::buy ? -price.ticks : price.ticks, id};
    }
    ByPrice& market_of(model::Side side) { return side == model::Side::buy ? market_buys_ : market_sells_; }
    Orders& waiting_for(model::TimeInForce time_in_force) {
        return time_in_force == model::TimeInForce::at_close ? for_close_ : for_open_;
    }

    Orders for_open_;  ///< They wait unseen.
    Orders for_close_;
    Orders ending_;
    ByPrice market_buys_;
    ByPrice market_sells_;
};

}  // namespace venue::engine
