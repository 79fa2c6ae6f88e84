// Orders of one participant that must not trade with each other.
#pragma once

#include "venue/engine/recorder.hpp"

namespace venue::engine {

/// Two orders are each other's own when participant and group are the same.
bool are_own(const model::Order& one, const model::Order& other);

/// What the incoming order wants to become of a match with an own one; `allowed` when it may trade with it.
model::SelfTrade rule_of(const State& state, const model::Order& incoming);

/// Instead of a trade: cancels or decrements, as the rule says. One order at least is closed by it.
void prevent(Recorder& out, const model::Order& incoming, const model::Order& resting, model::SelfTrade rule);

}  // namespace venue::engine
