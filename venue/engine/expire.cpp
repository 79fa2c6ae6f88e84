#include "venue/engine/decide.hpp"
#include "venue/engine/match.hpp"

namespace venue::engine {

void decide(Recorder& out, const model::AdvanceTime& asked) {
    const auto& due = out.state().due;
    for (int happened = 0; happened < due_per_command_max && !due.empty(); ++happened) {
        const auto [time, id] = *due.begin();
        if (time > asked.until) return;
        const model::Order& order = out.state().find(id)->order;
        out.record(model::OrderExpired{closed(order, model::OrderState::expired)}, order.session);
    }
}

}  // namespace venue::engine
