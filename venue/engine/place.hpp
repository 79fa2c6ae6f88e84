// What becomes of a new order once it is judged.
#pragma once

#include "venue/engine/phases.hpp"
#include "venue/engine/proposal.hpp"
#include "venue/engine/recorder.hpp"

namespace venue::engine {

model::OrderRejected rejection(const Proposal& proposal, const model::PlaceOrder& asked, const model::Flaw& flaw);

/// The order as it is accepted by the next event.
model::Order acceptance(const Recorder& out, const Proposal& proposal, Reception received);

/// Lets an order that was just accepted trade, unless it asks for more than there is.
void start(Recorder& out, const KnownOrder& accepted);

}  // namespace venue::engine
