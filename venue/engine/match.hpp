// Trading: best price first, then first come first served, at the resting order's price.
#pragma once

#include "venue/engine/recorder.hpp"

namespace venue::engine {

/// Matches an order as the incoming side until nothing more matches, or the limit of fills per command is reached. A
/// remainder that can't rest is cancelled.
void sweep(Recorder& out, const KnownOrder& incoming);

/// What trades between two orders, as one of them sees it.
struct Fill {
    model::Price price;
    model::Quantity lots;
    model::FeeRate rate{};
    model::MatchId match{};
    bool incoming = false;
    bool in_auction = false;
    bool sweep_goes_on = false;  ///< Of the incoming side.
};

/// One order's half of a match, with the order as it is afterwards.
model::OrderTraded half(const model::Instrument& instrument, const model::Order& before, const Fill& fill);

/// Market orders, what is one once it was triggered, and orders that ask for it are filled at once or not at all.
bool may_rest(const model::Order& order);

/// Ends an order for a reason of the venue's own and tells its session.
void cancel_unasked(Recorder& out, const model::Order& order, model::RejectReason reason);

/// The order as it is once it ended in that way: nothing open, nothing held.
model::Order closed(const model::Order& order, model::OrderState state);

}  // namespace venue::engine
