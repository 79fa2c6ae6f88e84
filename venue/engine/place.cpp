#include "venue/engine/place.hpp"
#include "venue/engine/decide.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/judge.hpp"
#include "venue/engine/match.hpp"
#include "venue/engine/phases.hpp"
#include "venue/engine/reach.hpp"

namespace venue::engine {
namespace {

using model::TimeInForce;

/// Why an order that must trade much at once is cancelled untouched; none when it may go on.
model::RejectReason shortfall(const State& state, const model::Order& order) {
    const bool whole = order.time_in_force == TimeInForce::fok;
    const model::Quantity minimum = whole ? order.leaves : order.special.get().min_quantity;
    if (minimum == model::Quantity{} || reach(state, order, minimum) >= minimum) return model::RejectReason::none;
    return whole ? model::RejectReason::fok_not_fillable : model::RejectReason::min_quantity_not_fillable;
}

}  // namespace

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
            .flaw = flaw,
            .cash = asked.special.get().cash};
}

void admit(const Recorder& out, model::Order& order, const model::Instrument& instrument, Reception received) {
    order.id = model::OrderId{out.next().value};
    order.hold = hold_of(order, instrument);
    if (!may_rest(order) && received == Reception::trades) order.expires = {};
}

void start(Recorder& out, const KnownOrder& accepted) {
    const auto reason = shortfall(out.state(), accepted.order);
    if (reason != model::RejectReason::none) return cancel_unasked(out, accepted.order, reason);
    sweep(out, accepted);
}

void decide(Recorder& out, const model::PlaceOrder& asked) {
    const model::Session& asker = out.asker();
    Proposal proposal = propose(out.state(), asker, asked, out.now());
    if (const model::Flaw flaw = judge(out.state(), asker, asked, proposal)) {
        model::OrderRejected rejected = rejection(proposal, asked, flaw);
        if (proposal.instrument != nullptr) rejected.limits = limits_for(flaw, *proposal.instrument);
        return out.record(std::move(rejected), asker.id);
    }
    const Reception received = reception(proposal.order, proposal.instrument->phase);
    const bool rests = received == Reception::trades ? may_rest(proposal.order) : received == Reception::gathers;
    admit(out, proposal.order, *proposal.instrument, received);
    const model::OrderId id = proposal.order.id;
    out.record_made([&] { return model::OrderAccepted{std::move(proposal.order), rests}; }, asker.id);
    if (received == Reception::trades) start(out, *out.state().find(id));
}

}  // namespace venue::engine
