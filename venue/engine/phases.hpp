// Which requests an instrument takes in which phase, and how one phase follows another.
#pragma once

#include <optional>

#include "venue/engine/recorder.hpp"

namespace venue::engine {

/// What becomes of an order that comes in.
enum class Reception : std::uint8_t {
    refused,
    trades,   ///< It is matched, and what may rest of it rests.
    gathers,  ///< It rests, and nothing is matched.
    waits     ///< Outside the book: for a price, or for its auction.
};

/// docs/trading-phases.md is this table. A replace is received as its order would be.
Reception reception(const model::Order& order, model::Phase phase);
/// Whether an order that is open may be replaced.
bool may_be_replaced(const model::Order& order, model::Phase phase);

/// Whether a dormant order of a list may come alive: it is a limit order or one that waits for a price, and these are
/// refused in the same phases.
bool may_come_alive(model::Phase phase);

/// Leads the instrument into the phase, by an uncross where the one that it is in ends with one.
void enter(Recorder& out, model::InstrumentId instrument, model::Phase next, model::Timestamp until);

/// Trading stops for an auction, because a price would go too far.
void interrupt(Recorder& out, const model::Instrument& instrument);

/// Its time has come.
void end_phase(Recorder& out, model::InstrumentId instrument);

}  // namespace venue::engine
