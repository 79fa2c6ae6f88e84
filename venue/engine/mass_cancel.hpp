// Orders that are cancelled together, as many in one command as the limit allows; the rest goes on as a follow-up.
#pragma once

#include "venue/engine/recorder.hpp"

namespace venue::engine {

/// Begins to cancel, whoever asked: its scope, the reason and who hears of it are said. At its end, which may be at
/// once, a MassCancelReported tells how many there were. None may be going on; nothing else may be recorded behind it.
void mass_cancel(Recorder& out, model::MassCancelling asked);

/// Begins with the orders of the session, or its participant, that was lost first of those that aren't back.
void cancel_orders_of_the_lost(Recorder& out);

}  // namespace venue::engine
