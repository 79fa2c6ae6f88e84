#include "venue/engine/follow_up.hpp"

namespace venue::engine {

namespace {

/// Nearly always, and it is asked twice for each command.
bool is_nothing_left(const State& state) {
    const bool goes_on = state.sweeping || state.mass_cancelling || !state.uncrossing.empty() || !state.joining.empty();
    const bool has_consequences =
        !state.owing.empty() || !state.pegs_due.empty() || !state.awakening.empty() || !state.triggering.empty();
    return !goes_on && !has_consequences;
}

}  // namespace

std::optional<model::CommandBody> follow_up(const State& state) {
    if (is_nothing_left(state)) return {};
    if (state.sweeping) return model::ContinueSweep{state.sweeping};
    if (!state.uncrossing.empty()) return model::ContinueUncross{*state.uncrossing.begin()};
    if (state.mass_cancelling) return model::ContinueMassCancel{};
    if (!state.joining.empty()) return model::JoinAuction{*state.joining.begin()};
    if (const auto debt = state.payable_debt()) {
        const model::Reference& known = state.reference;
        return model::SettleReceivable{known.accounts.at(debt->first).name, known.assets.at(debt->second).code};
    }
    const bool pegs_follow = !state.pegs_due.empty() && state.pegs_due.begin()->first <= state.last_time;
    if (pegs_follow) return model::MovePegs{state.pegs_due.begin()->second};
    if (!state.awakening.empty()) {
        return model::ActivateLeg{*state.activating.at(*state.awakening.begin()).begin()};
    }
    if (!state.triggering.empty()) {
        const auto instrument = *state.triggering.begin();
        const Triggers& triggers = state.triggers.at(instrument);
        if (triggers.behind()) return model::MoveTrails{instrument};
        return model::TriggerOrder{triggers.due()};
    }
    return {};
}

}  // namespace venue::engine
