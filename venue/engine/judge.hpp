// Whether a request is good, judged in the order of the catalogue of reject reasons.
#pragma once

#include <optional>

#include "venue/engine/state.hpp"

namespace venue::engine {

/// What a new order or a replace comes to once its words are understood.
struct Proposal {
    const model::Instrument* instrument = nullptr;  ///< Null when the symbol is not listed.
    model::Decimal quantity;                        ///< As it was asked for.
    std::optional<model::Decimal> price;
    std::optional<std::int64_t> lots;   ///< Empty when the quantity is no whole number of lots.
    std::optional<std::int64_t> ticks;  ///< Empty when the price is no whole number of ticks.
    model::Amount spendable;            ///< What is available, and what the order holds already.
    model::Quantity level_size;         ///< What rests at its price already.
    model::Order order;                 ///< As it would be, where the above allows.
};

/// A cancel, or the part of a replace that names the order.
struct Change {
    const KnownOrder* known = nullptr;  ///< Null when the participant has no such order.
    std::string_view listed_symbol;     ///< The order's.
    std::string_view symbol;            ///< The request's.
    model::Side side{model::Side::buy};
};

Proposal propose(const State& state, const model::Session& asker, const model::PlaceOrder& asked);
/// The order that is to be replaced must be known.
Proposal propose(const State& state, const model::Order& replaced, const model::ReplaceOrder& asked);

template <class Request>
Change identify(const State& state, const model::Session& asker, const Request& asked) {
    Change change{state.find(asker.participant, asked.order, asked.orig_cl_ord_id), {}, asked.symbol, asked.side};
    if (change.known != nullptr) change.listed_symbol = state.instrument(change.known->order.instrument).symbol;
    return change;
}

/// None when the request is good.
model::Flaw judge(const State& state, const model::Session& asker, const model::PlaceOrder& asked,
                  const Proposal& proposal);
model::Flaw judge(const State& state, const model::Session& asker, const model::CancelOrder& asked,
                  const Change& change);
model::Flaw judge(const State& state, const model::Session& asker, const model::ReplaceOrder& asked,
                  const Change& change);

}  // namespace venue::engine
