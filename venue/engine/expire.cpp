#include "venue/engine/decide.hpp"
#include "venue/engine/mass_cancel.hpp"
#include "venue/engine/match.hpp"

namespace venue::engine {

void decide(Recorder& out, const model::AdvanceTime& asked) {
    const State& state = out.state();
    for (int happened = 0; happened < due_per_command_max; ++happened) {
        const auto next = state.next_due();
        if (!next || *next > asked.until) return;
        const bool is_order = !state.due.empty() && state.due.begin()->first == *next;
        // What comes after a mass cancel waits for a command of its own: this one may have to go on first.
        if (!is_order) return cancel_orders_of_the_lost(out);
        const model::Order& order = state.find(state.due.begin()->second)->order;
        out.record(model::OrderExpired{closed(order, model::OrderState::expired)}, order.session);
    }
}

}  // namespace venue::engine
