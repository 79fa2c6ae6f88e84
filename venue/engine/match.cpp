#include "venue/engine/match.hpp"

#include <algorithm>

#include "venue/engine/band.hpp"
#include "venue/engine/decide.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/lists.hpp"
#include "venue/engine/phases.hpp"
#include "venue/engine/reach.hpp"
#include "venue/engine/self_trade.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

using model::Order;
using model::OrderTraded;
using model::Quantity;

const KnownOrder* if_accepted(const Order& incoming, const KnownOrder* resting) {
    return resting != nullptr && accepts(incoming, resting->order.price) ? resting : nullptr;
}

/// The resting order that the incoming one matches next; null when there is none.
const KnownOrder* opponent(const State& state, const Order& incoming) {
    return if_accepted(incoming, state.book(incoming.instrument).front(opposite(incoming.side)));
}

/// Zero when the incoming order can't pay for one lot more.
Quantity matching_lots(const State& state, const Order& incoming, const Order& resting) {
    const Quantity wanted = std::min(incoming.leaves, displayed(resting));
    if (!pays_as_it_goes(incoming)) return wanted;
    return payable(incoming, state.instrument(incoming.instrument), resting.price, wanted, budget_of(state, incoming));
}

/// What a fill took out of a buyer's quote asset, or brought a seller before its fee.
model::Amount spent(const OrderTraded& traded, const model::Instrument& instrument) {
    if (traded.order.side == model::Side::sell) return traded.last_quote;
    return traded.last_quote + (traded.fee_asset == instrument.quote ? traded.fee : model::Amount{});
}

/// An iceberg that comes in shows a tranche of what it keeps; one that rests takes its next when it has shown its last.
void show(OrderTraded& traded) {
    Order& order = traded.order;
    if (!order.special || order.special->display == Quantity{}) return;
    Quantity& shown = order.special->displayed;
    const Quantity tranche = std::min(order.special->display, order.leaves);
    if (traded.incoming && !traded.in_auction) {
        shown = tranche;
        return;
    }
    // More than it shows is traded in an auction alone, where it keeps its place: it was the first of its level.
    shown -= std::min(shown, traded.last_quantity);
    const bool is_next = shown == Quantity{} && order.leaves != Quantity{};
    if (is_next) shown = tranche;
    traded.refreshed = is_next && !traded.in_auction;
}

/// Whether the incoming order would still find an opponent after matching that many lots of this one.
bool finds_another(const State& state, const Order& incoming, const KnownOrder& resting, Quantity lots) {
    if (incoming.leaves == lots) return false;
    if (resting.order.leaves > lots) return true;
    return if_accepted(incoming, state.book(incoming.instrument).after(resting)) != nullptr;
}

/// The order behind it trades next, and soon: nobody touched it since it came. The resting one leaves its participant's
/// list when it is filled.
void foresee_next(const State& state, const KnownOrder& resting) {
    state.orders.foresee_neighbours(resting);
    if (const KnownOrder* const next = state.book(resting.order.instrument).after(resting)) {
        OrderTable::foresee_whole(*next);
    }
}

/// Records both halves; true when the limit of fills was reached and the sweep must go on in a later command.
bool match(Recorder& out, const KnownOrder& incoming, const KnownOrder& resting, Quantity lots, bool at_limit) {
    const model::Instrument& instrument = out.state().instrument(incoming.order.instrument);
    const bool goes_on = at_limit && finds_another(out.state(), incoming.order, resting, lots);
    const model::Price price = resting.order.price;
    const model::MatchId match{out.next().value};
    const Fill taken{.price = price,
                     .lots = lots,
                     .rate = incoming.order.taker_rate,
                     .match = match,
                     .incoming = true,
                     .sweep_goes_on = goes_on};
    const Fill made{.price = price, .lots = lots, .rate = resting.order.maker_rate, .match = match};
    foresee_next(out.state(), resting);
    out.state().orders.expect(resting);
    out.record_made([&] { return half(instrument, incoming.order, taken); }, incoming.order.session);
    out.record_made([&] { return half(instrument, resting.order, made); }, resting.order.session);
    return goes_on;
}

/// Keeps two own orders from trading; true when the limit was reached and the sweep must go on in a later command.
bool part(Recorder& out, const KnownOrder& incoming, const KnownOrder& resting, model::SelfTrade rule, bool at_limit) {
    const Order newest = incoming.order;
    const Order oldest = resting.order;
    prevent(out, newest, oldest, rule);
    const bool is_open = incoming.order.state == model::OrderState::open;
    const bool goes_on = at_limit && is_open && opponent(out.state(), incoming.order) != nullptr;
    if (goes_on && !out.state().sweeping) out.record(model::SweepMarked{newest.id});
    return goes_on;
}

/// An order that trades cancels the others of its list before: true when that changed the book.
bool leaves_its_list(Recorder& out, const Order& incoming, const Order& resting) {
    if (!incoming.special && !resting.special) return false;
    if (cancel_the_others(out, incoming)) return true;
    return cancel_the_others(out, resting);
}

/// None when the order goes on to rest.
model::RejectReason why_it_stops(const State& state, const KnownOrder& incoming) {
    const Order& order = incoming.order;
    const KnownOrder* const next = state.book(order.instrument).front(opposite(order.side));
    const bool wants_more = next != nullptr && order.special && wants(order, next->order.price);
    if (!wants_more) return incoming.at_rest == 0 ? model::RejectReason::no_match_left : model::RejectReason::none;
    const bool is_protected = is_beyond(order.side, next->order.price, order.special->protection_end);
    return is_protected ? model::RejectReason::market_protection : model::RejectReason::band_reached;
}

/// One that waited for a price and is at the market since.
bool was_triggered(const KnownOrder& incoming) {
    return incoming.at_rest == 0 && waits_for_a_price(incoming.order.type) && !waits(incoming.order);
}

/// It goes on as a market order in the auction: at its own price, or the worst of the static band, or how far it could
/// have traded.
void gather(Recorder& out, const KnownOrder& triggered, const model::Instrument& instrument) {
    Order order = triggered.order;
    const auto band = static_band(instrument);
    if (order.price == model::Price{}) order.price = band ? worst_of(*band, order.side) : order.special->band_end;
    order.type = model::OrderType::market;
    order.special->band_end = order.special->protection_end = {};
    const model::SessionId session = order.session;
    out.record(model::OrderRestated{std::move(order), model::RejectReason::joined_auction, false}, session);
}

/// Its rest is cancelled; but where it would trade outside the band and there are auctions for that, one begins, and
/// what can rest takes part, and who waited for its price. One that does nothing but stop begins none, or it could do
/// so again and again at no cost; neither does one that met nothing but own orders where nobody traded since the last
/// such auction began.
void stop(Recorder& out, const KnownOrder& incoming, model::RejectReason reason) {
    const model::Instrument& instrument = out.state().instrument(incoming.order.instrument);
    const bool waited = was_triggered(incoming);
    const bool takes_part = incoming.at_rest != 0 || waited;
    const Triggers* const triggers = out.state().triggers_of(instrument.id);
    const bool has_center = triggers != nullptr && triggers->band_center() != model::Price{};
    const bool interrupts = reason == model::RejectReason::band_reached && instrument.volatility_seconds != 0 &&
                            has_center && (takes_part || incoming.order.cum != Quantity{});
    if (!interrupts || !takes_part) cancel_unasked(out, incoming.order, reason);
    if (out.state().sweeping == incoming.order.id) out.record(model::SweepMarked{});
    if (!interrupts) return;
    interrupt(out, instrument);
    if (waited) gather(out, incoming, instrument);
}

}  // namespace

void sweep(Recorder& out, const KnownOrder& incoming) {
    const model::SelfTrade own_rule = rule_of(out.state(), incoming.order);
    for (int matches = 1; incoming.order.state == model::OrderState::open; ++matches) {
        const KnownOrder* resting = opponent(out.state(), incoming.order);
        if (resting == nullptr) break;
        const bool at_limit = matches >= out.limits().fills;
        if (own_rule != model::SelfTrade::allowed && are_own(incoming.order, resting->order)) {
            // Where one of them is only cancelled, its list ends with it.
            if (own_rule == model::SelfTrade::decrement && leaves_its_list(out, incoming.order, resting->order))
                continue;
            if (part(out, incoming, *resting, own_rule, at_limit)) return;
            continue;
        }
        const Quantity lots = matching_lots(out.state(), incoming.order, resting->order);
        if (lots == Quantity{}) return cancel_unasked(out, incoming.order, model::RejectReason::unpayable);
        if (leaves_its_list(out, incoming.order, resting->order)) continue;
        if (match(out, incoming, *resting, lots, at_limit)) return;
    }
    if (incoming.order.state == model::OrderState::open) {
        if (const auto reason = why_it_stops(out.state(), incoming); reason != model::RejectReason::none) {
            return stop(out, incoming, reason);
        }
    }
    // It went on, met nothing but own orders, and no trade told that this was the end of it.
    if (out.state().sweeping == incoming.order.id) out.record(model::SweepMarked{});
}

OrderTraded half(const model::Instrument& instrument, const Order& before, const Fill& fill) {
    OrderTraded traded;
    traded.match = fill.match;
    traded.incoming = fill.incoming;
    traded.sweep_goes_on = fill.sweep_goes_on;
    traded.last_price = fill.price;
    traded.last_quantity = fill.lots;
    traded.last_base = base_value(instrument, fill.lots);
    traded.last_quote = quote_value(instrument, fill.price, fill.lots);
    traded.fee_asset = fee_asset(before, instrument);
    traded.in_auction = fill.in_auction;
    const model::Amount value = traded.fee_asset == instrument.base ? traded.last_base : traded.last_quote;
    traded.fee = fee_of(before, fill.rate, value);

    Order& order = traded.order;
    order = before;
    order.fee_exact += times(value, fill.rate);
    order.fee_charged += traded.fee;
    order.cum += fill.lots;
    order.leaves -= fill.lots;
    order.cum_value += traded.last_quote;
    if (order.special && order.special->cash != model::Amount{}) order.special->cash -= spent(traded, instrument);
    if (order.leaves == Quantity{}) order.state = model::OrderState::filled;
    order.hold = hold_of(order, instrument);
    show(traded);
    return traded;
}

bool may_rest(const Order& order) {
    const bool has_limit = order.type == model::OrderType::limit || order.type == model::OrderType::stop_limit ||
                           order.type == model::OrderType::pegged;
    return has_limit && order.time_in_force != model::TimeInForce::ioc &&
           order.time_in_force != model::TimeInForce::fok;
}

void cancel_unasked(Recorder& out, const Order& order, model::RejectReason reason) {
    const auto cancelled = [&] {
        return model::OrderCancelled{closed(order, model::OrderState::cancelled), reason, {}};
    };
    out.record_made(cancelled, order.session);
    if (order.special) end_list(out, order);
}

Order closed(const Order& order, model::OrderState state) {
    Order after = order;
    after.state = state;
    after.leaves = {};
    after.hold = {};
    if (after.special) after.special->displayed = {};
    return after;
}

void decide(Recorder& out, const model::ContinueSweep& asked) {
    ensure(out.state().sweeping == asked.order, "only an unfinished sweep goes on");
    sweep(out, *out.state().find(asked.order));
}

}  // namespace venue::engine
