// What the operator asks of the naive venue: limits, and who may trade.
#include <tuple>

#include "tests/property/naive_rules.hpp"

namespace venue::test {

void NaiveVenue::limit(const Action& a) {
    NaiveLimits& limits = limits_[a.participant];
    if (limits == a.limits) return;
    limits = a.limits;
    if (a.participant.empty()) look_at_all_pegs();
    lines_.push_back(a.participant.empty() ? "InstrumentChanged: BTC-USD" : "ParticipantChanged: " + a.participant);
    if (suspended_.contains(a.participant)) lines_.back() += " suspended";
}

/// Orders keep the ends that they came with.
void NaiveVenue::change_bands(const NaiveBands& bands) {
    const auto all = [this] {
        return std::tuple(fees_.static_band_bp, fees_.dynamic_band_bp, fees_.volatility_seconds, fees_.protection_bp);
    };
    const auto before = all();
    fees_.static_band_bp = bands.fixed_bp;
    fees_.dynamic_band_bp = bands.dynamic_bp;
    fees_.volatility_seconds = bands.volatility_seconds;
    fees_.protection_bp = bands.protection_bp;
    if (all() == before) return;
    look_at_all_pegs();
    lines_.emplace_back("InstrumentChanged: BTC-USD");
}

void NaiveVenue::suspend(const Action& a) {
    auto& those = a.market ? suspended_accounts_ : suspended_;
    const bool turns = a.suspends ? those.insert(a.participant).second : those.erase(a.participant) > 0;
    if (!turns) return;
    lines_.push_back((a.market ? "AccountChanged: " : "ParticipantChanged: ") + a.participant);
    if (!a.suspends) return;
    lines_.back() += " suspended";
    cancel_all_of(a.participant, "suspended_by_operator");
}

void NaiveVenue::cancel_all_of(const std::string& participant, const std::string& why) {
    int affected = 0;
    for (NaiveOrder& order : orders_) {
        if (order.participant != participant || order.state != "open") continue;
        cancel_for(order, why);
        ++affected;
    }
    lines_.push_back("MassCancelReported: " + std::to_string(affected));
}

std::string NaiveVenue::suspension(const std::string& participant) const {
    if (suspended_.contains(participant)) return "participant_suspended";
    return suspended_accounts_.contains(participant) ? "account_suspended" : "";
}

std::int64_t NaiveVenue::expected_price(const NaiveOrder& order) const {
    const auto others = queue(!order.buys);
    std::vector<std::int64_t> prices{last_, reference_, others.empty() ? 0 : others.front()->price};
    if (order.waits_for != model::WaitsFor::nothing) prices.insert(prices.begin(), order.trigger);
    const auto found = std::ranges::find_if(prices, [](std::int64_t price) { return price > 0; });
    return found == prices.end() ? 0 : *found;
}

std::string NaiveVenue::objection_to_limits(const Action& a, const NaiveOrder& proposed, bool is_new) const {
    std::set<std::string> broken;
    for (const std::string& whose : {std::string(), a.participant}) {
        const auto found = limits_.find(whose);
        if (found == limits_.end()) continue;
        const NaiveLimits& most = found->second;
        const std::int64_t own = proposed.peg == model::Peg::none ? proposed.price : proposed.limit;
        const std::int64_t expected = expected_price(proposed);
        const std::int64_t price = own > 0 ? own : expected;
        const Units worth = a.cash_deci_cents && is_new ? proposed.cash : value(price, proposed.quantity);
        if (!a.cash_deci_cents && most.lots > 0 && proposed.quantity > most.lots)
            broken.insert("1 quantity_above_limit");
        if (most.notional_usd > 0 && worth > Units{most.notional_usd} * 1'000'000)
            broken.insert("2 notional_above_limit");
        const std::int64_t beyond = proposed.buys ? proposed.price - expected : expected - proposed.price;
        const bool has_limit =
            proposed.type == model::OrderType::limit || proposed.type == model::OrderType::stop_limit;
        if (has_limit && expected > 0 && most.fat_finger_bp > 0 && beyond * 10'000 > expected * most.fat_finger_bp)
            broken.insert("3 price_far_from_last");
        const auto is_open = [&](const NaiveOrder& order) {
            return order.participant == a.participant && order.state == "open";
        };
        const bool stays = received(proposed, is_new) != "trades" || rests(proposed);
        const auto open = std::ranges::count_if(orders_, is_open) + room_in_list_;
        if (is_new && stays && most.open_orders > 0 && open >= most.open_orders)
            broken.insert("4 too_many_open_orders");
    }
    return broken.empty() ? "" : broken.begin()->substr(2);
}

}  // namespace venue::test
