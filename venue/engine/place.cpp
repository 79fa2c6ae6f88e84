#include "venue/engine/decide.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/judge.hpp"
#include "venue/engine/match.hpp"

namespace venue::engine {
namespace {

using model::TimeInForce;

/// Market orders, and orders that ask for it, are filled at once or not at all.
bool may_rest(const model::Order& order) {
    if (order.type == model::OrderType::market) return false;
    return order.time_in_force == TimeInForce::day || order.time_in_force == TimeInForce::gtc;
}

model::OrderRejected rejection(const Proposal& proposal, const model::PlaceOrder& asked, const model::Flaw& flaw) {
    return {.participant = proposal.order.participant,
            .account = proposal.order.account,
            .cl_ord_id = asked.cl_ord_id,
            .symbol = asked.symbol,
            .side = asked.side,
            .type = asked.type,
            .time_in_force = asked.time_in_force,
            .quantity = asked.quantity,
            .price = asked.price,
            .flaw = flaw};
}

model::Order acceptance(const Recorder& out, const Proposal& proposal) {
    model::Order order = proposal.order;
    order.id = model::OrderId{out.next().value};
    order.hold = hold_of(order, *proposal.instrument);
    const bool ends_with_the_day = may_rest(order) && order.time_in_force == TimeInForce::day;
    if (ends_with_the_day) order.expires = next_midnight(out.now());
    return order;
}

}  // namespace

void decide(Recorder& out, const model::PlaceOrder& asked) {
    const model::Session& asker = out.asker();
    const Proposal proposal = propose(out.state(), asker, asked);
    if (const model::Flaw flaw = judge(out.state(), asker, asked, proposal)) {
        return out.record(rejection(proposal, asked, flaw), asker.id);
    }
    const model::Order order = acceptance(out, proposal);
    out.record(model::OrderAccepted{order, may_rest(order)}, asker.id);
    if (order.time_in_force == TimeInForce::fok && !fillable(out.state(), order)) {
        return cancel_unasked(out, order, model::RejectReason::fok_not_fillable);
    }
    sweep(out, *out.state().find(order.id));
}

}  // namespace venue::engine
