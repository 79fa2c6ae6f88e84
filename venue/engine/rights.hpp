// What the operator lets a participant do: limits of its own, and suspension.
#pragma once

#include "venue/engine/state.hpp"
#include "venue/model/command.hpp"

namespace venue::engine {

/// Part of the fold of whatever tells of them anew.
void note_rights(State& state, const model::Participant& participant);
void note_rights(State& state, const model::Account& account);

/// Why nothing but cancels is taken from the participant, or for the account; none where all is. The account may be
/// none.
model::Flaw suspension(const State& state, model::ParticipantId participant, model::AccountId account);

/// The instrument's limits, or tighter ones of the participant's own.
model::Limits limits_of(const State& state, model::ParticipantId participant, const model::Instrument& instrument);

}  // namespace venue::engine
