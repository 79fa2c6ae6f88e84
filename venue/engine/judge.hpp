// Whether a request is good, judged in the order of the catalogue of reject reasons.
#pragma once

#include "venue/engine/proposal.hpp"
#include "venue/model/event.hpp"

namespace venue::engine {

/// A cancel, or the part of a replace that names the order.
struct Change {
    const KnownOrder* known = nullptr;  ///< Null when the participant has no such order.
    std::string_view listed_symbol;     ///< The order's.
    std::string_view symbol;            ///< The request's.
    model::Side side{model::Side::buy};
};

template <class Request>
Change identify(const State& state, const model::Session& asker, const Request& asked) {
    Change change{state.find(asker.participant, asked.order, asked.orig_cl_ord_id), {}, asked.symbol, asked.side};
    if (change.known != nullptr) change.listed_symbol = state.instrument(change.known->order.instrument).symbol;
    return change;
}

/// The prices that would have been allowed, where they are what the request was declined for.
model::Box<model::PriceLimits> limits_for(const model::Flaw& flaw, const model::Instrument& instrument);

/// None when the request is good; an order by cash is turned into one of so many lots when all else is.
model::Flaw judge(const State& state, const model::Session& asker, const model::PlaceOrder& asked, Proposal& proposal);
model::Flaw judge(const State& state, const model::Session& asker, const model::CancelOrder& asked,
                  const Change& change);
/// What a replace names, and may change at all; then its order is known, and the terms that it would have are judged.
model::Flaw judge(const State& state, const model::Session& asker, const model::ReplaceOrder& asked,
                  const Change& change, model::Timestamp now);
model::Flaw judge_terms(const Proposal& replaced);

}  // namespace venue::engine
