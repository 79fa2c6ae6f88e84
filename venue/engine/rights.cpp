#include "venue/engine/rights.hpp"

namespace venue::engine {
namespace {

template <class Id>
void keep(std::set<Id>& some, Id id, bool is_one) {
    if (is_one) {
        some.insert(id);
    } else {
        some.erase(id);
    }
}

}  // namespace

void note_rights(State& state, const model::Participant& participant) {
    keep(state.suspended_participants, participant.id, participant.suspended);
    keep(state.limited_participants, participant.id, !participant.limits.empty());
}

void note_rights(State& state, const model::Account& account) {
    keep(state.suspended_accounts, account.id, account.suspended);
}

model::Flaw suspension(const State& state, model::ParticipantId participant, model::AccountId account) {
    if (state.suspended_participants.empty() && state.suspended_accounts.empty()) return {};
    if (state.suspended_participants.contains(participant)) return {model::RejectReason::participant_suspended};
    if (state.suspended_accounts.contains(account)) return {model::RejectReason::account_suspended};
    return {};
}

model::Limits limits_of(const State& state, model::ParticipantId participant, const model::Instrument& instrument) {
    if (state.limited_participants.empty() || !state.limited_participants.contains(participant)) {
        return instrument.limits;
    }
    const auto& own = state.participant(participant).limits;
    const auto found = own.find(instrument.id);
    return found == own.end() ? instrument.limits : tighter(instrument.limits, found->second);
}

}  // namespace venue::engine
