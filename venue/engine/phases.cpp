#include "venue/engine/phases.hpp"

#include "venue/engine/band.hpp"
#include "venue/engine/calendar.hpp"
#include "venue/engine/decide.hpp"
#include "venue/engine/equilibrium.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/mass_cancel.hpp"
#include "venue/engine/match.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

using model::Order;
using model::OrderType;
using model::Phase;
using model::TimeInForce;
using enum Reception;

/// The table's rows.
enum class Kind : std::uint8_t {
    limit,
    market,
    by_cash,
    at_once,
    minimum,
    post_only,
    for_price,
    at_open,
    at_close,
    pegged
};

struct Row {
    Reception in[model::all_phases.size()];  ///< By the phases' numbers.
};

constexpr Row table[] = {
    // continuous, closed, pre-open, opening, closing, volatility, halted, post-only
    {{trades, refused, gathers, gathers, gathers, gathers, refused, refused}},  // limit
    {{trades, refused, gathers, gathers, gathers, gathers, refused, refused}},  // market
    {{trades, refused, refused, refused, refused, refused, refused, refused}},  // by_cash
    {{trades, refused, refused, refused, refused, refused, refused, refused}},  // at_once
    {{trades, refused, refused, refused, refused, refused, refused, refused}},  // minimum
    {{trades, refused, refused, refused, refused, refused, refused, trades}},   // post_only
    {{waits, refused, waits, waits, waits, waits, refused, refused}},           // for_price
    {{refused, waits, gathers, gathers, refused, refused, refused, refused}},   // at_open
    {{waits, waits, waits, waits, gathers, waits, refused, refused}},           // at_close
    {{trades, refused, refused, refused, refused, refused, refused, refused}},  // pegged
};

Kind kind_of(const Order& order) {
    switch (order.time_in_force) {
        case TimeInForce::at_open:
            return Kind::at_open;
        case TimeInForce::at_close:
            return Kind::at_close;
        case TimeInForce::ioc:
        case TimeInForce::fok:
            return Kind::at_once;
        default:
            break;
    }
    if (order.type == OrderType::pegged) return Kind::pegged;
    if (order.special) {
        if (model::waits(order)) return Kind::for_price;
        if (order.special->cash != model::Amount{}) return Kind::by_cash;
        // The minimum is asked for on arrival only.
        if (!order.id && order.special->min_quantity != model::Quantity{}) return Kind::minimum;
        if (order.special->post_only != model::PostOnly::no) return Kind::post_only;
    }
    return order.type == OrderType::market ? Kind::market : Kind::limit;
}

Reception row_of(Kind kind, Phase phase) {
    return table[static_cast<std::size_t>(kind)].in[static_cast<std::size_t>(phase)];
}

bool ends_in_uncross(const State& state, const model::Instrument& instrument, Phase next) {
    const bool leads_there = may_match(next) || (next == Phase::closed && is_auction(instrument.phase));
    if (!leads_there || may_match(instrument.phase)) return false;
    const auto auction = state.auctions.find(instrument.id);
    return is_crossed(state.book(instrument.id)) || (auction != state.auctions.end() && auction->second.ending());
}

/// When a phase that begins now ends by itself: a halt never does.
model::Timestamp end_of(const model::Instrument& instrument, Phase phase, model::Timestamp now) {
    return phase == Phase::halted ? model::Timestamp{} : next_change(instrument, now);
}

}  // namespace

Reception reception(const Order& order, Phase phase) { return row_of(kind_of(order), phase); }

bool may_be_replaced(const Order& order, Phase phase) {
    // One at the market has nothing that could be replaced but its size, and its place goes by its age.
    return order.type != OrderType::market && reception(order, phase) != refused;
}

bool may_come_alive(Phase phase) {
    return row_of(Kind::limit, phase) != refused && row_of(Kind::for_price, phase) != refused;
}

void enter(Recorder& out, model::InstrumentId id, Phase next, model::Timestamp until) {
    const model::Instrument& instrument = out.state().instrument(id);
    if (!ends_in_uncross(out.state(), instrument, next)) return out.record(model::PhaseChanged{id, next, until});
    const Equilibrium found = equilibrium(out.state(), id);
    out.record(model::UncrossBegun{id, found.price, found.volume, next, until});
}

void interrupt(Recorder& out, const model::Instrument& instrument) {
    const std::int64_t span = std::int64_t{instrument.volatility_seconds} * 1'000'000'000;
    const model::Timestamp end{out.now().nanoseconds + span};
    const model::Timestamp change = next_change(instrument, out.now());
    const bool ends_before = change != model::Timestamp{} && change < end;
    enter(out, instrument.id, Phase::volatility_auction, ends_before ? change : end);
}

void end_phase(Recorder& out, model::InstrumentId id) {
    const model::Instrument& instrument = out.state().instrument(id);
    const model::Timestamp due = instrument.phase_until;
    const Phase next = scheduled_phase(instrument, due);
    enter(out, id, next, end_of(instrument, next, due));
}

void decide(Recorder& out, const model::ChangePhase& asked) {
    const model::Instrument* instrument = out.state().instrument(asked.symbol);
    if (instrument == nullptr) {
        return out.record(model::ConfigurationRejected{"The instrument " + asked.symbol + " is not known."});
    }
    const Phase next = asked.phase.value_or(scheduled_phase(*instrument, out.now()));
    if (asked.cancel_orders && next != Phase::halted) {
        return out.record(model::ConfigurationRejected{"Only a halt cancels orders."});
    }
    const model::InstrumentId id = instrument->id;
    if (next != instrument->phase) enter(out, id, next, end_of(*instrument, next, out.now()));
    if (asked.cancel_orders) cancel_for_operator(out, {.instrument = id});
}

namespace {

/// One at the market takes the end of the band as it is by now, or an uncross since would have left it behind others.
/// False when that isn't covered.
bool take_present_band(const State& state, Order& order) {
    const model::Instrument& instrument = state.instrument(order.instrument);
    const auto band = static_band(instrument);
    if (order.type != OrderType::market || !band) return true;
    const model::Amount before = order.hold;
    order.price = worst_of(*band, order.side);
    order.hold = hold_of(order, instrument);
    return order.hold - before <= state.balance(order.account, hold_asset(order, instrument)).available;
}

}  // namespace

void decide(Recorder& out, const model::JoinAuction& asked) {
    const State& state = out.state();
    const Phase phase = state.instrument(asked.instrument).phase;
    for (int joined = 0; joined < out.limits().moves; ++joined) {
        const model::OrderId next = state.auctions.at(asked.instrument).joining(phase);
        if (!next) return;
        Order order = state.find(next)->order;
        if (!take_present_band(state, order)) {
            cancel_unasked(out, state.find(next)->order, model::RejectReason::unpayable);
            continue;
        }
        // Nobody is told: it is what the order asked for.
        out.record(model::OrderRestated{std::move(order), model::RejectReason::joined_auction, false});
    }
}

}  // namespace venue::engine
