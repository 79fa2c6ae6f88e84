#include "venue/engine/self_trade.hpp"

#include <algorithm>

#include "venue/engine/funds.hpp"
#include "venue/engine/match.hpp"

namespace venue::engine {
namespace {

using model::Order;
using model::Quantity;
using model::RejectReason;
using model::SelfTrade;

/// Takes the lots away from the order as if they had never been ordered.
void decrement(Recorder& out, const Order& order, Quantity lots) {
    if (order.leaves == lots) return cancel_unasked(out, order, RejectReason::self_trade_prevented);
    Order after = order;
    after.quantity -= lots;
    after.leaves -= lots;
    if (after.special) after.special->displayed = std::min(after.special->displayed, after.leaves);
    after.hold = hold_of(after, out.state().instrument(order.instrument));
    out.record(model::OrderRestated{after, RejectReason::self_trade_prevented, true}, order.session);
}

}  // namespace

bool are_own(const Order& one, const Order& other) {
    return one.participant == other.participant &&
           one.special.get().self_trade_group == other.special.get().self_trade_group;
}

SelfTrade rule_of(const State& state, const Order& incoming) {
    const SelfTrade asked = incoming.special.get().self_trade;
    return asked != SelfTrade::allowed ? asked : state.participant(incoming.participant).self_trade;
}

void prevent(Recorder& out, const Order& incoming, const Order& resting, SelfTrade rule) {
    const auto cancel = [&](const Order& order) { cancel_unasked(out, order, RejectReason::self_trade_prevented); };
    const Quantity lots = std::min(incoming.leaves, resting.leaves);
    switch (rule) {
        case SelfTrade::allowed:
            break;
        case SelfTrade::cancel_newest:
            return cancel(incoming);
        case SelfTrade::cancel_oldest:
            return cancel(resting);
        case SelfTrade::cancel_both:
            cancel(incoming);
            // Where both are of one list, it has ended for both of them.
            if (out.state().find(resting.id)->order.state == model::OrderState::open) cancel(resting);
            return;
        case SelfTrade::decrement:
            decrement(out, incoming, lots);
            return decrement(out, resting, lots);
    }
}

}  // namespace venue::engine
