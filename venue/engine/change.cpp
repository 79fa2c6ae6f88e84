#include <algorithm>

#include "venue/engine/decide.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/judge.hpp"
#include "venue/engine/lists.hpp"
#include "venue/engine/match.hpp"

namespace venue::engine {
namespace {

template <class Request>
model::ChangeRejected rejection(const model::Session& asker, const Request& asked, const Change& change,
                                const model::Flaw& flaw) {
    model::ChangeRejected rejected;
    rejected.participant = asker.participant;
    rejected.is_replace = std::is_same_v<Request, model::ReplaceOrder>;
    rejected.cl_ord_id = asked.cl_ord_id;
    rejected.orig_cl_ord_id = asked.orig_cl_ord_id;
    rejected.flaw = flaw;
    if (change.known == nullptr) return rejected;
    rejected.order = change.known->order.id;
    rejected.state = change.known->order.state;
    rejected.cum = change.known->order.cum;
    return rejected;
}

/// The owning session, if it is another than the one that asked.
model::SessionId other_session(const model::Session& asker, const model::Order& order) {
    return order.session == asker.id ? model::SessionId{} : order.session;
}

/// A smaller quantity keeps the order's place: the participant gives up size and gains nothing. So does showing less;
/// and another end changes nothing for those behind. Any other replace goes to the back, or a small order could hold a
/// place for a large one; so does one that changes nothing.
bool keeps_place(const model::Order& before, const model::Order& after) {
    if (after.price != before.price || after.quantity > before.quantity) return false;
    if (after.special.get().peg_limit != before.special.get().peg_limit) return false;
    if (after.special.get().peg_offset != before.special.get().peg_offset) return false;
    const auto tranche = [](const model::Order& order) {
        const model::Quantity display = order.special.get().display;
        return display == model::Quantity{} ? order.quantity : display;
    };
    if (tranche(after) > tranche(before)) return false;
    const bool is_smaller = after.quantity < before.quantity;
    return is_smaller || tranche(after) < tranche(before) || after.expires != before.expires;
}

model::OrderReplaced replacement(Proposal& proposal, const model::Order& order) {
    model::OrderReplaced replaced{std::move(proposal.order), order.cl_ord_id, false};
    replaced.order.hold = hold_of(replaced.order, *proposal.instrument);
    replaced.kept_place = keeps_place(order, replaced.order);
    if (replaced.kept_place && replaced.order.special) {
        // Its tranche goes on as it is: only at the back is there a new one.
        model::Quantity& shown = replaced.order.special->displayed;
        shown = std::min(shown, displayed(order));
    }
    return replaced;
}

void decline(Recorder& out, const model::ReplaceOrder& asked, const Change& change, const model::Flaw& flaw) {
    model::ChangeRejected rejected = rejection(out.asker(), asked, change, flaw);
    if (change.known != nullptr) {
        rejected.limits = limits_for(flaw, out.state().instrument(change.known->order.instrument));
    }
    out.record(std::move(rejected), out.asker().id);
}

}  // namespace

void decide(Recorder& out, const model::CancelOrder& asked) {
    const model::Session& asker = out.asker();
    const Change change = identify(out.state(), asker, asked);
    if (const model::Flaw flaw = judge(out.state(), asker, asked, change)) {
        return out.record(rejection(asker, asked, change, flaw), asker.id);
    }
    const model::Order& order = change.known->order;
    const auto cancelled = [&] {
        return model::OrderCancelled{closed(order, model::OrderState::cancelled), model::RejectReason::by_request,
                                     asked.cl_ord_id};
    };
    out.record_made(cancelled, asker.id, other_session(asker, order));
    if (order.special) end_list(out, order, asker.id);
}

void decide(Recorder& out, const model::ReplaceOrder& asked) {
    const model::Session& asker = out.asker();
    const Change change = identify(out.state(), asker, asked);
    if (const auto flaw = judge(out.state(), asker, asked, change, out.now())) return decline(out, asked, change, flaw);
    const model::Order& order = change.known->order;
    Proposal proposal = propose(out.state(), asker, order, asked, out.now());
    if (const auto flaw = judge_terms(proposal)) return decline(out, asked, change, flaw);
    model::OrderReplaced replaced = replacement(proposal, order);
    if (order.special) make_largest_hold(out, replaced.order);
    out.record(std::move(replaced), asker.id, other_session(asker, order));
    if (order.special) pass_hold_on(out, order);
    if (change.known->at_rest != 0 && may_match(proposal.instrument->phase)) sweep(out, *change.known);
}

}  // namespace venue::engine
