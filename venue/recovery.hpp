// The start-up path, which is the recovery path: journal to engine.
#pragma once

#include <vector>

#include "venue/engine/engine.hpp"
#include "venue/fix/gateway.hpp"
#include "venue/journal/journal.hpp"

namespace venue {

/// Folds the whole journal and notes the state's hash, so that a later fold can be held against this one.
engine::Engine recover(journal::Journal& journal);

/// Notes the hash of the engine's state; nothing while the journal is empty. All of its events are durable.
void note_state_hash(const engine::Engine& engine, journal::Journal& journal);

/// Every session of the engine with its durable numbers. In an incarnation that has none yet it starts with none: it is
/// new, or a crash followed right upon its reset.
std::vector<fix::RestoredSession> sessions_to_restore(const engine::Engine& engine, journal::Journal& journal);

/// Disconnects for the sessions that were on when the venue ended.
std::vector<model::Request> disconnects_after_restart(const engine::Engine& engine);

}  // namespace venue
