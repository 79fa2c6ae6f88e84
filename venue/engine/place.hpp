// What becomes of a new order once it is judged.
#pragma once

#include "venue/engine/phases.hpp"
#include "venue/engine/proposal.hpp"
#include "venue/engine/recorder.hpp"

namespace venue::engine {

model::OrderRejected rejection(const Proposal& proposal, const model::PlaceOrder& asked, const model::Flaw& flaw);

/// Makes a proposed order what the next event accepts.
void admit(const Recorder& out, model::Order& order, const model::Instrument& instrument, Reception received);

/// Lets an order that was just accepted trade, unless it asks for more than there is.
void start(Recorder& out, const KnownOrder& accepted);

}  // namespace venue::engine
