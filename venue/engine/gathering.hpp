// What folding keeps up to date of phases and auctions, beside the orders themselves.
#pragma once

#include <span>

#include "venue/engine/state.hpp"

namespace venue::engine {

/// Keeps in mind whether one of the instrument's orders is to be triggered now.
void review(State& state, model::InstrumentId instrument);

/// Keeps in mind when the instrument's pegged orders follow its best prices, if they may be behind them. Only in the
/// continuous phase do they follow.
void review_pegs(State& state, model::InstrumentId instrument);
/// The same, when what bounds their prices may have moved.
void review_all_pegs(State& state, model::InstrumentId instrument);
/// The same, when an event has changed one of the instrument's orders.
void review_pegs(State& state, const model::Order& changed);

/// Keeps in mind whether one of the instrument's dormant orders whose time has come may come alive in its phase.
void review_dormant(State& state, model::InstrumentId instrument);
void come_alive_later(State& state, model::InstrumentId instrument, std::span<const model::OrderId> legs);
void come_alive_no_more(State& state, const model::Order& leg);

/// An order that is for an auction alone begins to rest in it, or to wait for it; or does so no longer.
void take_part(State& state, const KnownOrder& known);
void withdraw(State& state, const model::Order& order);

/// An order comes to a book where orders gather, or leaves it: an indication is due when it is among those that cross.
void note_gathering(State& state, const Book& book, const model::Order& order);
void note_told(State& state, const model::IndicationChanged& told);

/// The reference data has the phase already.
void begin_phase(State& state, const model::Instrument& instrument);
/// The phase that is may end at another time than before.
void note_change(State& state, const model::Instrument& instrument);
void begin_uncross(State& state, const model::UncrossBegun& begun);

/// When the instrument's next indication is due, zero for never; a reader of snapshots says it again.
void set_indication_due(State& state, model::InstrumentId instrument, model::Timestamp due);

}  // namespace venue::engine
