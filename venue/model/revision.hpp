// A trade that is taken back or corrected: what is asked with the command, and what is told of each side.
#pragma once

#include "venue/model/order.hpp"

namespace venue::model {

/// One side of a trade as the journal has it, with the order as it has been since.
struct TradeHalf {
    Order order;
    Price price;
    Quantity quantity;
    Amount base;
    Amount quote;
    AssetId fee_asset;
    Amount fee;
    Timestamp traded_at{};
    Price limit{};  ///< Of the order when it was traded, whatever it has been replaced by since; zero for none.
    bool operator==(const TradeHalf&) const = default;
};

/// What is told of one side. Amounts and the last quantity are what comes to the trade's own: below zero where it is
/// taken back.
struct TradeRevision {
    Order order;
    MatchId match;
    bool incoming = false;
    Price last_price;  ///< Of a trade that is taken back its own; else the corrected one.
    Quantity traded;   ///< What the trade's quantity was.
    Quantity last_quantity;
    Amount last_base;
    Amount last_quote;
    AssetId fee_asset;
    Amount fee;
    /// What the account didn't have of what is taken from it: base where base is, else quote.
    Amount owed;
    Timestamp traded_at{};
    bool operator==(const TradeRevision&) const = default;
};

/// The event that told of the trade to that side.
constexpr Sequence event_of(MatchId match, bool incoming) { return Sequence{match.value + (incoming ? 0 : 1)}; }

/// Of `owed`.
inline AssetId owed_asset(const TradeRevision& revision, const Instrument& instrument) {
    const bool gives_base = (revision.order.side == Side::buy) == (revision.last_base.units < 0);
    return revision.last_base != Amount{} && gives_base ? instrument.base : instrument.quote;
}

}  // namespace venue::model
