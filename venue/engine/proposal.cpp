#include "venue/engine/proposal.hpp"

#include <algorithm>

#include "venue/engine/band.hpp"
#include "venue/engine/calendar.hpp"
#include "venue/engine/fee_tiers.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/lists.hpp"
#include "venue/engine/phases.hpp"
#include "venue/engine/reach.hpp"
#include "venue/engine/rights.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::engine {
namespace {

using model::Decimal;
using model::PostOnly;

std::optional<std::int64_t> lots_of(const Proposal& p, const std::optional<Decimal>& quantity) {
    return quantity ? steps_of(*quantity, p.instrument->lot) : std::nullopt;
}

/// The total, fills included. What is too much without them is left as it is.
std::optional<std::int64_t> total_of(const Proposal& p) {
    const auto lots = lots_of(p, p.quantity);
    return lots && *lots <= model::quantity_lots_max ? *lots + p.filled_besides.lots : lots;
}

std::optional<std::int64_t> ticks_of(const Proposal& p, const std::optional<Decimal>& price) {
    return price ? steps_of(*price, p.instrument->tick) : std::nullopt;
}

std::optional<std::int64_t> trail_of(const Proposal& p) {
    if (!p.asked->trail) return {};
    return steps_of(*p.asked->trail, p.asked->trail_in_bp ? Decimal{1, 0} : p.instrument->tick);
}

/// As far as prices go, so that no sum with one overflows. It is judged as it was asked for.
std::int64_t distance_of(const Proposal& p) {
    return std::clamp(p.trail.value_or(0), -model::price_ticks_max, model::price_ticks_max);
}

std::int32_t in_basis_points(const Proposal& p) {
    const std::int64_t trail = p.trail.value_or(0);
    return trail > 0 && trail <= model::basis_points ? static_cast<std::int32_t>(trail) : 0;
}

/// It begins at the last trade, and may begin anew when it is replaced.
void trail_behind(model::SpecialTerms& terms, model::Price last) {
    terms.anchor = last;
    terms.trigger = last == model::Price{} ? last : trigger_behind(terms, last);
}

/// Which way the price must go, where the request doesn't say it: a stop waits for what it fears, the other for what it
/// hopes.
model::WaitsFor awaited(const Proposal& p) {
    if (p.order.type == model::OrderType::trailing_stop) {
        return p.order.side == model::Side::buy ? model::WaitsFor::rise : model::WaitsFor::fall;
    }
    if (!p.asked->trigger) return model::WaitsFor::nothing;
    if (p.asked->waits_for != model::WaitsFor::nothing) return p.asked->waits_for;
    const bool is_touched = p.order.type == model::OrderType::market_if_touched;
    const bool buys = p.order.side == model::Side::buy;
    return buys != is_touched ? model::WaitsFor::rise : model::WaitsFor::fall;
}

/// An order that may only rest, and asked for it, moves one tick off the best price of the other side.
void move_off_the_touch(Proposal& p) {
    if (p.order.special.get().post_only != PostOnly::reprice || !p.opposite) return;
    if (p.order.price.ticks <= 0 || !wants(p.order, *p.opposite)) return;
    p.order.price.ticks = p.opposite->ticks + (p.order.side == model::Side::buy ? -1 : 1);
}

void show_tranche(model::Order& order) {
    if (order.special->display != model::Quantity{}) {
        order.special->displayed = std::min(order.special->display, order.leaves);
    }
}

/// What a replace says of the tranche; where it says nothing, a smaller order has no larger one than it is itself.
void change_display(Proposal& p, model::Quantity quantity) {
    p.display_lots = lots_of(p, p.asked->display);
    if (p.asked->display) {
        if (!p.order.special) p.order.special.emplace();
        p.order.special->display = {p.display_lots.value_or(0)};
    } else if (p.order.special) {
        p.order.special->display = std::min(p.order.special->display, quantity);
    }
}

/// A market order that gathers takes the worst price of the band, so that it is known what it may cost.
void take_worst_of_band(Proposal& p) {
    if (p.order.special.get().cash != model::Amount{}) return;
    if (reception(p.order, p.instrument->phase) == Reception::trades) return;
    const auto band = static_band(*p.instrument);
    if (band) p.order.price = worst_of(*band, p.order.side);
}

/// Its price is its limit alone. One that was there before stays as near as its limit lets it be to where it is while
/// there is nothing that it could follow.
void place_beside_the_touch(const State& state, Proposal& p) {
    // One without what it needs contradicts itself, and is declined for that.
    if (!p.order.special) return;
    const auto found = state.pegs.find(p.instrument->id);
    static const Pegs none;
    const Pegs& pegs = found == state.pegs.end() ? none : found->second;
    p.pegged_count = pegs.size();
    p.own_pegged_count = pegs.count_of(p.order.participant);
    model::SpecialTerms& terms = *p.order.special;
    terms.peg_limit = p.order.price;
    if (p.trail) terms.peg_offset = distance_of(p);
    p.order.price = pegged_price(p.order, *p.instrument, pegs.touch_in(state.book(p.instrument->id)));
    const bool stays = p.order.price == model::Price{} && p.replaced != nullptr;
    if (stays) p.order.price = price_within_limit(p.order, *p.instrument, p.replaced->price);
}

/// Of an order that is matched when it comes.
void set_ends_on_arrival(Proposal& p) {
    if (reception(p.order, p.instrument->phase) == Reception::trades) {
        set_ends(p.order, *p.instrument, p.band_center, p.opposite);
    } else {
        forget_ends(p.order);
    }
}

/// A replace also clears ends that are over. Most orders that come in have a limit, and no end but the dynamic band's.
bool may_have_ends(const Proposal& p) {
    if (p.instrument->dynamic_band_bp != 0 || p.instrument->protection_bp != 0 || p.order.id) return true;
    return p.instrument->static_band_bp != 0 && p.order.type != model::OrderType::limit;
}

/// How many trail already, where the order is to be one more.
void count_trailing(const Triggers& triggers, Proposal& p) {
    p.trailing_count = triggers.trailing_count();
    p.own_trailing_count = triggers.trailing_count_of(p.order.participant);
}

void measure(const State& state, Proposal& p) {
    const Book& book = state.book(p.instrument->id);
    p.lots = total_of(p);
    p.ticks = steps_of(p.price.value_or(Decimal{}), p.instrument->tick);
    p.spendable = state.balance(p.order.account, hold_asset(p.order, *p.instrument)).available + p.order.hold;
    if (p.order.special && cancels_others(p.order)) p.spendable += held_by_others(state, p.order);
    if (const auto* best = book.front(model::opposite(p.order.side))) p.opposite = best->order.price;
    // What is below zero is declined as it was asked for.
    p.order.quantity = {std::max<std::int64_t>(p.lots.value_or(0), 0)};
    p.order.leaves = p.order.quantity - p.order.cum;
    p.order.price = {p.ticks.value_or(0)};
    if (p.order.type == model::OrderType::market) take_worst_of_band(p);
    if (const auto* const triggers = state.triggers_of(p.instrument->id)) {
        p.last = triggers->last();
        p.band_center = triggers->band_center();
        if (p.order.type == model::OrderType::trailing_stop && !p.order.id) count_trailing(*triggers, p);
    }
    const bool begins = !p.order.id || p.asked->trail;
    if (begins && waits(p.order) && trails(*p.order.special)) trail_behind(*p.order.special, p.last);
    move_off_the_touch(p);
    if (may_have_ends(p)) set_ends_on_arrival(p);
    if (p.order.special) show_tranche(p.order);
    if (is_pegged(p.order)) place_beside_the_touch(state, p);
    if (p.order.special && cancels_others(p.order)) p.meets_its_list = would_meet_its_list(state, p.order);
    p.level_size = book.size_at(p.order.side, p.order.price);
    p.limits = limits_of(state, p.order.participant, *p.instrument);
    if (p.limits.open_orders != 0) p.open_count = state.open_count(p.order.participant, p.instrument->id);
    set_rates(state, *p.instrument, p.order);
}

model::Timestamp end_of(const Proposal& p) {
    switch (p.order.time_in_force) {
        case model::TimeInForce::day:
        case model::TimeInForce::at_open:
        case model::TimeInForce::at_close:
            return p.instrument == nullptr ? next_midnight(p.now) : next_day_end(*p.instrument, p.now);
        default:
            return p.asked->expires.value_or(model::Timestamp{});
    }
}

/// The terms that only some orders have; no box where there are none.
void take_special_terms(const State& state, Proposal& p) {
    p.min_lots = lots_of(p, p.asked->min_quantity);
    const auto digits = state.reference.assets.at(p.instrument->quote).ledger_digits;
    if (p.asked->cash) p.cash = amount_of(*p.asked->cash, digits);
    p.display_lots = lots_of(p, p.asked->display);
    p.trigger_ticks = ticks_of(p, p.asked->trigger);
    p.trail = trail_of(p);
    const bool pegs = is_pegged(p.order);
    const model::SpecialTerms terms{
        .post_only = p.asked->post_only,
        .min_quantity = {p.min_lots.value_or(0)},
        .cash = p.cash.value_or(model::Amount{}),
        .display = {p.display_lots.value_or(0)},
        .self_trade = p.asked->self_trade,
        .self_trade_group = p.asked->self_trade_group,
        .waits_for = awaited(p),
        .trigger = {p.trigger_ticks.value_or(0)},
        .trail_ticks = pegs || p.asked->trail_in_bp ? 0 : distance_of(p),
        .trail_bp = p.asked->trail_in_bp ? in_basis_points(p) : 0,
        .peg = p.asked->peg,
        .outlives_session = p.asked->outlives_session,
    };
    if (terms != model::SpecialTerms{}) p.order.special.emplace(terms);
}

/// Limits are reckoned by the price that an order waits for.
bool moves_its_trigger(const Proposal& p) {
    if (!waits(p.order)) return false;
    const model::SpecialTerms& before = *p.replaced->special;
    const model::SpecialTerms& after = *p.order.special;
    const bool is_another_trail = after.trail_ticks != before.trail_ticks || after.trail_bp != before.trail_bp;
    return after.trigger != before.trigger || is_another_trail || (p.asked->trail && !p.trail);
}

}  // namespace

void turn_cash_into_lots(const State& state, Proposal& p) {
    const model::Int128 most = model::value_max.units / p.instrument->base_per_lot.units;
    p.order.leaves = {static_cast<std::int64_t>(std::min<model::Int128>(most, model::quantity_lots_max))};
    p.order.quantity = p.order.leaves = reach(state, p.order, p.order.leaves);
}

bool asks_for_no_more(const Proposal& p) {
    if (p.replaced == nullptr || p.order.quantity > p.replaced->quantity || moves_its_trigger(p)) return false;
    return p.order.price == p.replaced->price && p.order.special.get().peg_limit == p.replaced->special.get().peg_limit;
}

model::AccountId account_of(const State& state, const model::Session& asker, std::string_view name) {
    if (name.empty()) return asker.account;
    const auto found = state.account_names.find(name);
    if (found == state.account_names.end()) return {};
    return state.reference.accounts.at(found->second).participant == asker.participant ? found->second
                                                                                       : model::AccountId{};
}

Proposal propose(const State& state, const model::Session& asker, const model::PlaceOrder& asked,
                 model::Timestamp now) {
    Proposal p;
    p.instrument = state.instrument(asked.symbol);
    p.asked = &asked.special.get();
    p.quantity = asked.quantity;
    p.price = asked.price;
    p.now = now;
    p.order.participant = asker.participant;
    p.order.account = account_of(state, asker, asked.account);
    p.order.session = asker.id;
    p.order.cl_ord_id = asked.cl_ord_id;
    p.order.side = asked.side;
    p.order.type = asked.type;
    p.order.time_in_force = asked.time_in_force;
    p.order.expires = end_of(p);
    if (p.instrument == nullptr) return p;
    p.order.instrument = p.instrument->id;
    if (asked.special) take_special_terms(state, p);
    measure(state, p);
    return p;
}

Proposal propose(const State& state, const model::Session& asker, const model::Order& replaced,
                 const model::ReplaceOrder& asked, model::Timestamp now) {
    Proposal p;
    p.instrument = &state.instrument(replaced.instrument);
    p.asked = &asked.special.get();
    p.quantity = asked.quantity;
    p.price = asked.price;
    p.now = now;
    p.order = replaced;
    if (asker.replace_quantity == model::ReplaceQuantity::open) p.filled_besides = replaced.cum;
    p.replaced = &replaced;
    p.order.cl_ord_id = asked.cl_ord_id;
    if (p.asked->expires) p.order.expires = *p.asked->expires;
    p.trigger_ticks = ticks_of(p, p.asked->trigger);
    p.trail = trail_of(p);
    if (p.trail && waits(p.order)) {
        p.order.special->trail_ticks = p.asked->trail_in_bp ? 0 : distance_of(p);
        p.order.special->trail_bp = p.asked->trail_in_bp ? in_basis_points(p) : 0;
    }
    if (p.trigger_ticks && waits(p.order)) p.order.special->trigger = {*p.trigger_ticks};
    change_display(p, {total_of(p).value_or(0)});
    measure(state, p);
    return p;
}

}  // namespace venue::engine
