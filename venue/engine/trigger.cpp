#include "venue/engine/decide.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/lists.hpp"
#include "venue/engine/match.hpp"
#include "venue/engine/reach.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {

void decide(Recorder& out, const model::MoveTrails& asked) {
    const Triggers& triggers = out.state().triggers.at(asked.instrument);
    for (int moved = 0; moved < out.limits().moves && triggers.behind(); ++moved) {
        model::Order order = out.state().find(triggers.behind())->order;
        order.special->anchor = triggers.last();
        order.special->trigger = trigger_behind(*order.special, triggers.last());
        // Nobody is told: it follows from prices that everybody sees, and there may be thousands at each of them.
        out.record(model::OrderRestated{order, model::RejectReason::trail_moved, true});
    }
}

void decide(Recorder& out, const model::TriggerOrder& asked) {
    const KnownOrder* const known = out.state().find(asked.order);
    ensure(known != nullptr && waits(known->order), "only an order that waits is triggered");
    cancel_the_others(out, known->order);
    model::Order order = known->order;
    order.special->waits_for = model::WaitsFor::nothing;
    set_ends_now(out.state(), order);
    order.hold = hold_of(order, out.state().instrument(order.instrument));
    const model::SessionId session = order.session;
    out.record(model::OrderTriggered{order, may_rest(order)}, session);
    sweep(out, *out.state().find(asked.order));
}

}  // namespace venue::engine
