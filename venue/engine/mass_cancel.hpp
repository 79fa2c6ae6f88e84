// Orders that are cancelled together, as many in one command as the limit allows; the rest goes on as a follow-up.
#pragma once

#include "venue/engine/recorder.hpp"

namespace venue::engine {

/// Begins to cancel, whoever asked: its scope, the reason and who hears of it are said. At its end, which may be at
/// once, a MassCancelReported tells how many there were. None may be going on; nothing else may be recorded behind it.
void mass_cancel(Recorder& out, model::MassCancelling asked);

/// Begins to cancel because the venue's operator wants it.
void cancel_for_operator(Recorder& out, const model::CancelScope& scope);

/// The participant's orders, or those of one of its accounts, an instrument and a side where they are named. A name
/// that isn't known names none.
model::CancelScope scope_of(const State& state, const model::Session& asker, std::string_view account,
                            std::string_view symbol, std::optional<model::Side> side);

/// Whether everything that the scope names applies to the order; a participant's scope is asked about its orders alone.
bool is_meant(const model::CancelScope& scope, const model::Order& order);

/// Why orders of that instrument, that participant or that participant in that instrument can't be cancelled; empty
/// when they can. An empty name is none.
std::string objection(const State& state, std::string_view symbol, std::string_view participant);

/// Begins with the orders of the session, or its participant, that was lost first of those that aren't back.
void cancel_orders_of_the_lost(Recorder& out);

}  // namespace venue::engine
