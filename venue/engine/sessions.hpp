// Which sessions are on, and what waits for those that are lost. Part of the fold of whatever tells of them.
#pragma once

#include "venue/engine/state.hpp"
#include "venue/model/event.hpp"

namespace venue::engine {

void note_session(State& state, const model::SessionLoggedOn& event);
void note_session(State& state, const model::SessionDisconnected& event);

/// The lost session's orders are being cancelled, once. It may be none.
void wait_no_more(State& state, model::SessionId lost);

/// Whose orders wait at `cancels_at`, and which of them stay: what wasn't noted is as the rule says, which nothing
/// could change at that time.
void note_wait(SessionState& session, std::optional<bool> spares_good_till, const model::DisconnectRule& rule);

}  // namespace venue::engine
