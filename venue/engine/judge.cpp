#include "venue/engine/judge.hpp"

#include <cstdlib>
#include <iterator>
#include <utility>

#include "venue/engine/band.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/limits.hpp"
#include "venue/engine/phases.hpp"
#include "venue/engine/rights.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::engine {
namespace {

using model::Flaw;
using model::RejectReason;

/// An order that waits may be one at the market, within a price or without.
bool has_limit(const Proposal& p) {
    switch (p.order.type) {
        case model::OrderType::market:
            return false;
        case model::OrderType::limit:
        case model::OrderType::stop_limit:
            return true;
        case model::OrderType::stop:
        case model::OrderType::market_if_touched:
        case model::OrderType::trailing_stop:
        case model::OrderType::pegged:
            return p.price.has_value();
    }
    return false;
}

model::Decimal price_of(const Proposal& p) { return p.price.value_or(model::Decimal{}); }

model::Int128 whole_part(model::Decimal number) {
    while (number.scale-- > 0) number.digits /= 10;
    return number.digits;
}

/// Whether a number that has no count of steps is merely too large to be counted.
bool beyond(const model::Decimal& number, const model::Decimal& step, std::int64_t steps_max) {
    return whole_part(number) > whole_part(times(step, steps_max));
}

bool exceeds_value_max(model::Amount each, model::Int128 count) {
    model::Int128 value = 0;
    return __builtin_mul_overflow(each.units, count, &value) || value > model::value_max.units;
}

// The checks: each is true when the request fails it. Those further down rely on those above.

bool too_late(const model::AskedTerms& asked, model::Timestamp now) {
    return asked.valid_until && now > *asked.valid_until;
}
bool price_on_market_order(const Proposal& p) { return p.order.type == model::OrderType::market && p.price; }
bool unknown_symbol(const Proposal& p) { return p.instrument == nullptr; }
bool phase_refuses(const Proposal& p) {
    const model::Phase phase = p.instrument->phase;
    return p.order.id ? !may_be_replaced(p.order, phase) : reception(p.order, phase) == Reception::refused;
}
bool unknown_account(const Proposal& p) { return !p.order.account; }
bool quantity_not_positive(const Proposal& p) { return !p.asked->cash && p.quantity.digits <= 0; }
bool quantity_too_precise(const Proposal& p) {
    return !p.lots && !beyond(p.quantity, p.instrument->lot, model::quantity_lots_max);
}
bool quantity_too_large(const Proposal& p) {
    return !p.lots || *p.lots > model::quantity_lots_max || exceeds_value_max(p.instrument->base_per_lot, *p.lots) ||
           p.order.leaves > level_size_max - p.level_size;
}
bool cash_invalid(const Proposal& p) {
    if (!p.asked->cash) return false;
    return !p.cash || p.cash->units <= 0 || *p.cash > model::value_max;
}
bool min_quantity_invalid(const Proposal& p) {
    if (!p.asked->min_quantity) return false;
    return !p.min_lots || *p.min_lots <= 0 || *p.min_lots > *p.lots;
}
bool display_invalid(const Proposal& p) {
    if (!p.asked->display) return false;
    return !p.display_lots || *p.display_lots <= 0 || *p.display_lots > *p.lots;
}
bool display_too_small(const Proposal& p) {
    const std::int64_t shown = p.order.special.get().display.lots;
    return shown > 0 && shown * model::basis_points < *p.lots * p.instrument->display_min_bp;
}
bool price_not_positive(const Proposal& p) { return has_limit(p) && price_of(p).digits <= 0; }
bool price_too_precise(const Proposal& p) {
    return has_limit(p) && !p.ticks && !beyond(price_of(p), p.instrument->tick, model::price_ticks_max);
}
bool price_too_large(const Proposal& p) { return has_limit(p) && (!p.ticks || *p.ticks > model::price_ticks_max); }
bool notional_too_large(const Proposal& p) {
    const model::Price price = is_pegged(p.order) ? p.order.special.get().peg_limit : p.order.price;
    if (price == model::Price{}) return false;
    return exceeds_value_max(p.instrument->quote_per_tick_lot, model::Int128{price.ticks} * *p.lots);
}
bool price_outside_band(const Proposal& p) {
    if (p.instrument->static_band_bp == 0 || !has_limit(p) || asks_for_no_more(p)) return false;
    const auto band = static_band(*p.instrument);
    return band && !band->has(p.order.price);
}
/// A market order that gathers is held at the band's end.
bool band_missing(const Proposal& p) {
    const bool gathers = p.order.type == model::OrderType::market && p.order.price == model::Price{} &&
                         reception(p.order, p.instrument->phase) != Reception::trades;
    return gathers;
}
bool waits_for_a_price(const Proposal& p) { return model::waits_for_a_price(p.order.type); }
/// What a buy may cost must be known before it is triggered, or moves.
bool cap_missing(const Proposal& p) {
    return (waits_for_a_price(p) || is_pegged(p.order)) && p.order.side == model::Side::buy && !p.price;
}
bool peg_offset_invalid(const Proposal& p) {
    if (!is_pegged(p.order) || !p.asked->trail) return false;
    return !p.trail || std::abs(*p.trail) > model::price_ticks_max;
}
bool too_many_pegged(const Proposal& p) {
    if (p.order.type == model::OrderType::trailing_stop) {
        return p.trailing_count >= trailing_stops_max || p.own_trailing_count >= own_trailing_stops_max;
    }
    const bool is_too_many = p.pegged_count >= pegged_orders_max || p.own_pegged_count >= own_pegged_orders_max;
    return is_pegged(p.order) && is_too_many;
}
bool peg_without_reference(const Proposal& p) { return is_pegged(p.order) && p.order.price == model::Price{}; }
bool trail_invalid(const Proposal& p) {
    if (p.order.type != model::OrderType::trailing_stop || (p.order.id && !p.asked->trail)) return false;
    if (!p.trail || *p.trail <= 0) return true;
    return *p.trail > (p.asked->trail_in_bp ? model::basis_points : model::price_ticks_max);
}
bool trigger_invalid(const Proposal& p) {
    if (p.order.type == model::OrderType::trailing_stop) return false;
    if (!waits_for_a_price(p) || (p.order.id && !p.asked->trigger)) return false;
    return !p.trigger_ticks || *p.trigger_ticks <= 0 || *p.trigger_ticks > model::price_ticks_max;
}
/// What is dormant waits for no price: that it was reached is seen when it comes alive.
bool trigger_reached(const Proposal& p) { return !is_dormant(p.order) && is_reached(p.order.special.get(), p.last); }
bool expire_time_passed(const Proposal& p) { return p.asked->expires && *p.asked->expires <= p.now; }
bool insufficient_funds(const Proposal& p) { return hold_of(p.order, *p.instrument) > p.spendable; }
bool cash_buys_nothing(const Proposal& p) { return p.order.quantity == model::Quantity{}; }
/// Moved off the touch, it may have no price left that an order can have.
bool post_only_would_trade(const Proposal& p) {
    if (p.order.special.get().post_only == model::PostOnly::no || !p.opposite) return false;
    const std::int64_t ticks = p.order.price.ticks;
    return ticks <= 0 || ticks > model::price_ticks_max || wants(p.order, *p.opposite);
}
/// One of them would cancel the other and trade with nobody.
bool meets_its_list(const Proposal& p) { return p.meets_its_list; }
bool quantity_not_above_filled(const Proposal& p) { return p.order.quantity <= p.order.cum; }

bool unknown_order(const Change& c) { return c.known == nullptr; }
bool order_closed(const Change& c) { return c.known->order.state != model::OrderState::open; }
bool symbol_mismatch(const Change& c) { return c.symbol != c.listed_symbol; }
bool side_mismatch(const Change& c) { return c.side != c.known->order.side; }

template <class Subject>
struct Check {
    RejectReason reason;
    bool (*fails)(const Subject&);
};

// The tables. Their order is the order of judging: the first failed check is the answer.

constexpr Check<Proposal> new_order_checks[] = {
    {RejectReason::price_on_market_order, price_on_market_order},
    {RejectReason::unknown_symbol, unknown_symbol},
    {RejectReason::phase_refuses, phase_refuses},
    {RejectReason::unknown_account, unknown_account},
    {RejectReason::quantity_not_positive, quantity_not_positive},
    {RejectReason::quantity_too_precise, quantity_too_precise},
    {RejectReason::quantity_too_large, quantity_too_large},
    {RejectReason::cash_invalid, cash_invalid},
    {RejectReason::min_quantity_invalid, min_quantity_invalid},
    {RejectReason::display_invalid, display_invalid},
    {RejectReason::display_too_small, display_too_small},
    {RejectReason::cap_missing, cap_missing},
    {RejectReason::band_missing, band_missing},
    {RejectReason::price_not_positive, price_not_positive},
    {RejectReason::price_too_precise, price_too_precise},
    {RejectReason::price_too_large, price_too_large},
    {RejectReason::peg_offset_invalid, peg_offset_invalid},
    {RejectReason::price_outside_band, price_outside_band},
    {RejectReason::trigger_invalid, trigger_invalid},
    {RejectReason::trail_invalid, trail_invalid},
    {RejectReason::too_many_pegged, too_many_pegged},
    {RejectReason::peg_without_reference, peg_without_reference},
    {RejectReason::trigger_reached, trigger_reached},
    {RejectReason::expire_time_passed, expire_time_passed},
    {RejectReason::notional_too_large, notional_too_large},
    {RejectReason::quantity_above_limit, quantity_above_limit},
    {RejectReason::notional_above_limit, notional_above_limit},
    {RejectReason::price_far_from_last, price_far_from_last},
    {RejectReason::too_many_open_orders, too_many_open_orders},
    {RejectReason::insufficient_funds, insufficient_funds},
    {RejectReason::post_only_would_trade, post_only_would_trade},
};

/// Of what only the walk through the book tells.
constexpr Check<Proposal> lots_of_cash_checks[] = {
    {RejectReason::quantity_above_limit, quantity_above_limit},
    {RejectReason::cash_buys_nothing, cash_buys_nothing},
};

constexpr Check<Change> change_checks[] = {
    {RejectReason::unknown_order, unknown_order},
    {RejectReason::order_closed, order_closed},
    {RejectReason::symbol_mismatch, symbol_mismatch},
    {RejectReason::side_mismatch, side_mismatch},
};

constexpr Check<Proposal> new_terms_checks[] = {
    {RejectReason::phase_refuses, phase_refuses},
    {RejectReason::quantity_not_positive, quantity_not_positive},
    {RejectReason::quantity_too_precise, quantity_too_precise},
    {RejectReason::quantity_too_large, quantity_too_large},
    {RejectReason::quantity_not_above_filled, quantity_not_above_filled},
    {RejectReason::display_invalid, display_invalid},
    {RejectReason::display_too_small, display_too_small},
    {RejectReason::cap_missing, cap_missing},
    {RejectReason::price_not_positive, price_not_positive},
    {RejectReason::price_too_precise, price_too_precise},
    {RejectReason::price_too_large, price_too_large},
    {RejectReason::peg_offset_invalid, peg_offset_invalid},
    {RejectReason::price_outside_band, price_outside_band},
    {RejectReason::trigger_invalid, trigger_invalid},
    {RejectReason::trail_invalid, trail_invalid},
    {RejectReason::peg_without_reference, peg_without_reference},
    {RejectReason::trigger_reached, trigger_reached},
    {RejectReason::expire_time_passed, expire_time_passed},
    {RejectReason::notional_too_large, notional_too_large},
    {RejectReason::quantity_above_limit, quantity_above_limit},
    {RejectReason::notional_above_limit, notional_above_limit},
    {RejectReason::price_far_from_last, price_far_from_last},
    {RejectReason::insufficient_funds, insufficient_funds},
    {RejectReason::post_only_would_trade, post_only_would_trade},
    {RejectReason::post_only_would_trade, meets_its_list},
};

/// The table is known to the compiler, which puts the checks one behind the other instead of calling them.
template <const auto& checks, class Subject>
Flaw first_failed(const Subject& subject) {
    Flaw flaw;
    [&]<std::size_t... at>(std::index_sequence<at...>) {
        (void)((checks[at].fails(subject) && (flaw.reason = checks[at].reason, true)) || ...);
    }
    (std::make_index_sequence<std::size(checks)>{});
    return flaw;
}

/// What every request is judged by first: its name is new, and decode saw nothing wrong.
template <class Request>
Flaw judge_request(const State& state, const model::Session& asker, const Request& asked) {
    if (state.find(asker.participant, asked.cl_ord_id) != nullptr) return {RejectReason::duplicate_cl_ord_id};
    return asked.flaw;
}

bool is_killed(const State& state, const model::Session& asker) {
    return !state.killed.empty() && state.killed.contains(asker.participant);
}

/// Whether the request's terms fit together, whatever the venue's state. The tag is that of the term that is in the
/// way.
Flaw contradiction(const model::PlaceOrder& asked) {
    const bool waits = waits_for_a_price(asked.type);
    const bool pegs = asked.type == model::OrderType::pegged;
    const bool at_once =
        asked.time_in_force == model::TimeInForce::ioc || asked.time_in_force == model::TimeInForce::fok;
    const bool for_auction =
        asked.time_in_force == model::TimeInForce::at_open || asked.time_in_force == model::TimeInForce::at_close;
    if ((waits || pegs) && (at_once || for_auction)) return {RejectReason::terms_conflict, 59};
    if (pegs != (asked.special.get().peg != model::Peg::none)) return {RejectReason::terms_conflict, 18};
    if (!asked.special) return {};
    const model::AskedTerms& terms = *asked.special;
    const bool trails = asked.type == model::OrderType::trailing_stop;
    if (terms.trail && !trails && !pegs) return {RejectReason::terms_conflict, 211};
    if (terms.trail_in_bp && pegs) return {RejectReason::terms_conflict, 836};
    if (terms.trigger && (!waits || trails)) return {RejectReason::terms_conflict, 99};
    if (terms.waits_for != model::WaitsFor::nothing && (!waits || trails)) return {RejectReason::terms_conflict, 1109};
    if (terms.min_quantity && (waits || pegs || for_auction)) return {RejectReason::terms_conflict, 110};
    const bool rests = asked.type == model::OrderType::limit && asked.time_in_force != model::TimeInForce::ioc &&
                       asked.time_in_force != model::TimeInForce::fok;
    const bool posts = terms.post_only != model::PostOnly::no;
    const bool is_at_market = asked.type == model::OrderType::market;
    if (posts && (!rests || for_auction)) return {RejectReason::terms_conflict, 18};
    if (terms.display && !rests) return {RejectReason::terms_conflict, 111};
    if (terms.min_quantity && (posts || terms.cash)) return {RejectReason::terms_conflict, 110};
    if (terms.cash && (!is_at_market || for_auction || asked.quantity != model::Decimal{})) {
        return {RejectReason::terms_conflict, 152};
    }
    if (terms.expires && asked.time_in_force != model::TimeInForce::gtd) return {RejectReason::terms_conflict, 126};
    return {};
}

/// A replace that doesn't say what it follows may mean either of those that FIX calls pegged.
bool is_type_of(const model::Order& order, const model::ReplaceOrder& asked) {
    if (asked.type == order.type) return true;
    return asked.type == model::OrderType::trailing_stop && order.type == model::OrderType::pegged &&
           asked.special.get().peg == model::Peg::none;
}

/// What a replace names and can't change; the tags are OrdType's, TimeInForce's and Account's.
Flaw other_kind_of_order(const State& state, const model::Session& asker, const model::ReplaceOrder& asked,
                         const model::Order& order) {
    if (!is_type_of(order, asked)) return {RejectReason::type_mismatch, 40};
    if (asked.time_in_force.value_or(order.time_in_force) != order.time_in_force) {
        return {RejectReason::type_mismatch, 59};
    }
    const model::AskedTerms& terms = asked.special.get();
    const model::SpecialTerms& own = order.special.get();
    if (terms.expires && order.time_in_force != model::TimeInForce::gtd) return {RejectReason::type_mismatch, 126};
    if (terms.post_only != model::PostOnly::no && terms.post_only != own.post_only) {
        return {RejectReason::type_mismatch, 18};
    }
    if (terms.outlives_session && !own.outlives_session) return {RejectReason::type_mismatch, 18};
    if (terms.min_quantity) return {RejectReason::type_mismatch, 110};
    if (terms.cash) return {RejectReason::type_mismatch, 152};
    const bool has_trail = order.type == model::OrderType::trailing_stop;
    const bool pegs = order.type == model::OrderType::pegged;
    if (terms.trail && !pegs && !(has_trail && waits(order))) return {RejectReason::type_mismatch, 211};
    if (terms.trail_in_bp && pegs) return {RejectReason::type_mismatch, 836};
    if (terms.peg != model::Peg::none && terms.peg != own.peg) return {RejectReason::type_mismatch, 18};
    if (terms.trigger && (has_trail || !waits(order))) return {RejectReason::type_mismatch, 99};
    if (terms.display && order.type != model::OrderType::limit) return {RejectReason::type_mismatch, 111};
    if (terms.waits_for != model::WaitsFor::nothing && terms.waits_for != own.waits_for) {
        return {RejectReason::type_mismatch, 1109};
    }
    if (terms.self_trade_group != 0 && terms.self_trade_group != own.self_trade_group) {
        return {RejectReason::type_mismatch, 2362};
    }
    if (terms.self_trade != model::SelfTrade::allowed && terms.self_trade != own.self_trade) {
        return {RejectReason::type_mismatch, 2964};
    }
    const bool same_account = asked.account.empty() || account_of(state, asker, asked.account) == order.account;
    return same_account ? Flaw{} : Flaw{RejectReason::type_mismatch, 1};
}

}  // namespace

model::Box<model::PriceLimits> limits_for(const Flaw& flaw, const model::Instrument& instrument) {
    model::Box<model::PriceLimits> limits;
    if (flaw.reason != RejectReason::price_outside_band) return limits;
    const auto band = static_band(instrument);
    limits.emplace({times(instrument.tick, band->lower.ticks), times(instrument.tick, band->upper.ticks)});
    return limits;
}

Flaw judge(const State& state, const model::Session& asker, const model::PlaceOrder& asked, Proposal& proposal) {
    if (const Flaw flaw = judge_request(state, asker, asked)) return flaw;
    if (is_killed(state, asker)) return {RejectReason::kill_switch_on};
    if (const Flaw flaw = suspension(state, asker.participant, proposal.order.account)) return flaw;
    if (too_late(asked.special.get(), proposal.now)) return {RejectReason::too_late};
    if (const Flaw flaw = contradiction(asked)) return flaw;
    if (const Flaw flaw = first_failed<new_order_checks>(proposal); flaw || !proposal.cash) return flaw;
    turn_cash_into_lots(state, proposal);
    return first_failed<lots_of_cash_checks>(proposal);
}

Flaw judge(const State& state, const model::Session& asker, const model::CancelOrder& asked, const Change& change) {
    if (const Flaw flaw = judge_request(state, asker, asked)) return flaw;
    return first_failed<change_checks>(change);
}

Flaw judge(const State& state, const model::Session& asker, const model::ReplaceOrder& asked, const Change& change,
           model::Timestamp now) {
    if (const Flaw flaw = judge_request(state, asker, asked)) return flaw;
    if (const Flaw flaw = suspension(state, asker.participant, {})) return flaw;
    if (too_late(asked.special.get(), now)) return {RejectReason::too_late};
    if (const Flaw flaw = first_failed<change_checks>(change)) return flaw;
    if (const Flaw flaw = suspension(state, asker.participant, change.known->order.account)) return flaw;
    return other_kind_of_order(state, asker, asked, change.known->order);
}

Flaw judge_terms(const Proposal& replaced) { return first_failed<new_terms_checks>(replaced); }

}  // namespace venue::engine
