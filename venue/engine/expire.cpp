// What time alone brings about.
#include "venue/engine/decide.hpp"
#include "venue/engine/equilibrium.hpp"
#include "venue/engine/fee_tiers.hpp"
#include "venue/engine/lists.hpp"
#include "venue/engine/mass_cancel.hpp"
#include "venue/engine/match.hpp"
#include "venue/engine/phases.hpp"

namespace venue::engine {
namespace {

template <class Due>
bool is_due(const Due& due, model::Timestamp time) {
    return !due.empty() && due.begin()->first <= time;
}

void indicate(Recorder& out, model::InstrumentId instrument) {
    const Equilibrium found = equilibrium(out.state(), instrument);
    out.record(model::IndicationChanged{instrument, found.price, found.volume, found.surplus});
}

void expire(Recorder& out, model::OrderId id) {
    const model::Order& order = out.state().find(id)->order;
    out.record(model::OrderExpired{closed(order, model::OrderState::expired)}, order.session);
    if (order.special) end_list(out, order);
}

}  // namespace

void decide(Recorder& out, const model::AdvanceTime& asked) {
    const State& state = out.state();
    for (int happened = 0; happened < due_per_command_max; ++happened) {
        const auto next = state.next_due();
        if (!next || *next > asked.until) return;
        if (state.fees_due != model::Timestamp{} && state.fees_due <= *next) {
            roll_fees(out);
            continue;
        }
        // What ends at a moment takes part in the auction that ends at that moment. What follows from a change of phase
        // comes before anything else.
        if (is_due(state.phases_due, *next)) return end_phase(out, state.phases_due.begin()->second);
        // It takes as long as levels cross, which may be the whole book: so it is a command of its own.
        if (is_due(state.indications_due, *next)) return indicate(out, state.indications_due.begin()->second);
        if (is_due(state.due, *next)) {
            expire(out, state.due.begin()->second);
            continue;
        }
        // What comes after a mass cancel waits for a command of its own: this one may have to go on first. So may
        // pegged orders, which follow what the moment brought about.
        if (is_due(state.lost, *next)) return cancel_orders_of_the_lost(out);
        return decide(out, model::MovePegs{state.pegs_due.begin()->second});
    }
}

}  // namespace venue::engine
