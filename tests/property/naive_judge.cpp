// Why the naive venue says no, in the order of judging.
#include "tests/property/naive_rules.hpp"

namespace venue::test {
namespace {

bool contradicts_itself(const Action& a) {
    const bool at_once = a.time_in_force == TimeInForce::ioc || a.time_in_force == TimeInForce::fok;
    const bool ends_at_once = at_once || type_of(a) != model::OrderType::limit;
    const bool trails = a.waiting == model::OrderType::trailing_stop;
    const bool for_auction = is_at_auction(a.time_in_force);
    const bool pegs = a.peg != model::Peg::none;
    if ((a.waiting || pegs) && (at_once || for_auction || a.min_milli_base)) return true;
    if (a.offset_deci_ticks && !pegs) return true;
    if (a.trail_deci_ticks && !trails) return true;
    if (trails && (a.trigger_deci_ticks || a.waits_for != model::WaitsFor::nothing)) return true;
    if (!a.waiting && (a.trigger_deci_ticks || a.waits_for != model::WaitsFor::nothing)) return true;
    const bool posts = a.post_only != model::PostOnly::no;
    if (posts && (ends_at_once || for_auction || a.min_milli_base)) return true;
    if (for_auction && (a.min_milli_base || a.cash_tenths)) return true;
    if (a.display_milli_base && ends_at_once) return true;
    if (a.cash_tenths && (!a.market || a.milli_base != 0 || a.min_milli_base)) return true;
    return a.expires_in && a.time_in_force != TimeInForce::gtd;
}

bool is_too_late(const Action& a) { return a.valid_for.value_or(0) < 0; }

}  // namespace

std::string NaiveVenue::objection_to_words(const Action& a) const {
    return find(a.participant, a.name) != nullptr ? "duplicate_cl_ord_id" : a.flaw;
}

std::string NaiveVenue::objection_to_sizes(const Action& a, const NaiveOrder& proposed, bool is_new) const {
    if (!a.cash_tenths) {
        if (a.milli_base <= 0) return "quantity_not_positive";
        if (a.milli_base % 10 != 0) return "quantity_too_precise";
        if (proposed.quantity > model::quantity_lots_max) return "quantity_too_large";
    }
    if (!is_new && proposed.quantity <= proposed.cum) return "quantity_not_above_filled";
    if (a.cash_tenths.value_or(1) <= 0) return "cash_invalid";
    const std::int64_t minimum = is_new ? a.min_milli_base.value_or(10) : 10;
    const bool fits = minimum > 0 && minimum % 10 == 0 && (minimum <= a.milli_base || !a.min_milli_base || !is_new);
    if (!fits) return "min_quantity_invalid";
    const std::int64_t tranche = a.display_milli_base.value_or(10);
    if (tranche <= 0 || tranche % 10 != 0 || (a.display_milli_base && tranche > proposed.quantity * 10))
        return "display_invalid";
    const bool too_small = proposed.display > 0 &&
                           proposed.display * 10'000 < proposed.quantity * instrument_of(proposed).fees.display_min_bp;
    return too_small ? "display_too_small" : "";
}

std::string NaiveVenue::objection_to_prices(const Action& a, const NaiveOrder& proposed, bool is_new) const {
    const bool pegs = a.peg != model::Peg::none;
    const bool trails = a.waiting == model::OrderType::trailing_stop;
    const auto& offset = trails ? a.trail_deci_ticks : a.offset_deci_ticks;
    const bool has_half_offset = proposed.peg != model::Peg::none && offset.value_or(0) % 10 != 0;
    if ((a.waiting || pegs) && a.buys && !a.deci_ticks) return "cap_missing";
    if (a.market && proposed.price == 0 && received(proposed, is_new) != "trades") return "band_missing";
    const bool may_lack_one = pegs || (a.waiting && *a.waiting != model::OrderType::stop_limit);
    if (!a.market && (a.deci_ticks || !may_lack_one)) {
        if (a.deci_ticks.value_or(0) <= 0) return "price_not_positive";
        if (*a.deci_ticks % 10 != 0) return "price_too_precise";
        if (*a.deci_ticks / 10 > model::price_ticks_max) return "price_too_large";
        if (has_half_offset) return "peg_offset_invalid";
        const auto [lower, upper] = band(instrument_of(proposed));
        const bool is_judged = upper > 0 && !asks_for_no_more(a, proposed, is_new);
        if (is_judged && (proposed.price < lower || proposed.price > upper)) return "price_outside_band";
    }
    if (has_half_offset) return "peg_offset_invalid";
    if (trails && proposed.peg == model::Peg::none && (is_new || a.trail_deci_ticks)) {
        const std::int64_t trail = a.trail_deci_ticks.value_or(0);
        if (trail <= 0 || trail % 10 != 0 || (a.trail_in_bp && trail > 100'000)) return "trail_invalid";
    }
    if (a.waiting && !trails && (is_new || a.trigger_deci_ticks)) {
        const std::int64_t trigger = a.trigger_deci_ticks.value_or(0);
        if (trigger <= 0 || trigger % 10 != 0) return "trigger_invalid";
    }
    if (pegs && proposed.price == 0) return "peg_without_reference";
    if (proposed.role == model::ListRole::dormant) return "";
    return is_reached(proposed, instrument_of(proposed).last) ? "trigger_reached" : "";
}

/// A smaller order, or a later end, at the price that it has.
bool NaiveVenue::asks_for_no_more(const Action& a, const NaiveOrder& proposed, bool is_new) const {
    if (is_new) return false;
    const NaiveOrder& before = *find(a.participant, a.original);
    const bool waits = proposed.waits_for != model::WaitsFor::nothing;
    const bool waits_on = proposed.trigger == before.trigger && proposed.trail == before.trail &&
                          proposed.trail_in_bp == before.trail_in_bp && a.trail_deci_ticks.value_or(0) % 10 == 0;
    if (waits && !waits_on) return false;
    return proposed.price == before.price && proposed.limit == before.limit && proposed.quantity <= before.quantity;
}

bool NaiveVenue::meets_its_list(const NaiveOrder& leg) const {
    if (leg.role != model::ListRole::cancels_others || leg.waits_for != model::WaitsFor::nothing) return false;
    return std::ranges::any_of(others_of(leg), [&](std::size_t other) {
        const NaiveOrder& order = orders_[other];
        return order.rests && order.buys != leg.buys && wants(leg, order.price);
    });
}

std::string NaiveVenue::objection(const Action& a, const NaiveOrder& proposed, bool is_new) const {
    if (is_new) {
        if (const std::string no = objection_to_words(a); !no.empty()) return no;
        if (killed_.contains(a.participant)) return "kill_switch_on";
        if (const std::string no = suspension(a.participant, proposed.account); !no.empty()) return no;
        if (is_too_late(a)) return "too_late";
        if (contradicts_itself(a)) return "terms_conflict";
    }
    if (is_new && a.market && a.deci_ticks) return "price_on_market_order";
    if (!is_listed(proposed)) return "unknown_symbol";
    if (received(proposed, is_new) == "refused") return "phase_refuses";
    if (proposed.account.empty()) return "unknown_account";
    if (const std::string no = objection_to_sizes(a, proposed, is_new); !no.empty()) return no;
    if (const std::string no = objection_to_prices(a, proposed, is_new); !no.empty()) return no;
    if (a.expires_in && *a.expires_in <= 0) return "expire_time_passed";
    const std::int64_t price = proposed.peg == model::Peg::none ? proposed.price : proposed.limit;
    if (price > 0 && value(price, proposed.quantity) > model::value_max.units) return "notional_too_large";
    if (!asks_for_no_more(a, proposed, is_new)) {
        if (const std::string no = objection_to_limits(a, proposed, is_new); !no.empty()) return no;
    }
    Units held_now = is_new ? 0 : hold(*find(a.participant, a.original));
    if (!is_new && proposed.role == model::ListRole::cancels_others) {
        for (const std::size_t other : others_of(proposed)) {
            if (orders_[other].buys == proposed.buys) held_now += hold(orders_[other]);
        }
    }
    NaiveOrder holding = proposed;
    holding.holds = true;  // Also one for which another held until now.
    if (hold(holding) > available(proposed.account, held_asset(proposed)) + held_now) return "insufficient_funds";
    const bool posts = proposed.post_only != model::PostOnly::no;
    if (posts && (proposed.price < 1 || would_trade(proposed))) return "post_only_would_trade";
    if (!is_new && meets_its_list(proposed)) return "post_only_would_trade";
    if (!a.cash_tenths) return "";
    const auto& limits = instrument_of(proposed).limits;
    for (const std::string& whose : {std::string(), a.participant}) {
        const auto found = limits.find(whose);
        const std::int64_t most = found == limits.end() ? 0 : found->second.lots;
        if (most > 0 && proposed.quantity > most) return "quantity_above_limit";
    }
    if (proposed.quantity == 0) return "cash_buys_nothing";
    return "";
}

std::string NaiveVenue::objection_to_change(const Action& a) const {
    if (const std::string no = objection_to_words(a); !no.empty()) return no;
    if (is_too_late(a)) return "too_late";
    const NaiveOrder* order = find(a.participant, a.original);
    if (order == nullptr) return "unknown_order";
    if (order->state != "open") return "order_closed";
    if (instrument_of(*order).symbol != a.symbol) return "symbol_mismatch";
    return order->buys == a.buys ? "" : "side_mismatch";
}

}  // namespace venue::test
