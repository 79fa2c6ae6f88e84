// Orders that were entered together, and what one of them means for the others.
#pragma once

#include "venue/engine/recorder.hpp"

namespace venue::engine {

/// Of a list in which one cancels the others, only the one that may cost most holds anything: once, and for each asset
/// by itself, so that a list with both sides has two such orders.
inline bool cancels_others(const model::Order& order) {
    return order.special && order.special->role == model::ListRole::cancels_others;
}

/// Before it trades, is decremented or triggered: what its list has beside it is cancelled, and it holds what it costs
/// by itself. True when there was any.
bool cancel_the_others(Recorder& out, const model::Order& leg);

/// Behind its end, unless it was filled: of whatever kind its list is, the others that depend on it are cancelled.
/// Whoever asked for that is named, if anybody did: another session of the participant's hears of them all.
void end_list(Recorder& out, const model::Order& leg, model::SessionId asker = {});

/// Whether the end of one of them, unless it was filled, ends the other one with it.
bool ends_with(const model::Order& other, const model::Order& leg);

/// Whether a leg that is matched would meet another one at rest.
bool would_meet_its_list(const State& state, const model::Order& leg);

/// What the other orders of its list and side hold, which it may hold in their place.
model::Amount held_by_others(const State& state, const model::Order& leg);

/// Before a replace: `after` holds what it costs if that is the most of its list and side, in place of whoever does.
void make_largest_hold(Recorder& out, model::Order& after);
/// Behind it: if it doesn't, the order that costs most does.
void pass_hold_on(Recorder& out, const model::Order& leg);

}  // namespace venue::engine
