// What the operator asks of the naive venue: limits, and who may trade.
#include "tests/property/naive_rules.hpp"

namespace venue::test {

void NaiveVenue::operate(const Action& a) {
    if (a.kind == Kind::suspend) return suspend(a);
    if (a.kind == Kind::cancel_all) return cancel_all(a);
    if (a.kind == Kind::list) return relist(a.symbol);
    if (a.kind == Kind::settle && account_of(a).empty()) return reject_unknown("account", "");
    if (a.kind == Kind::settle) return settle(account_of(a), a.asset);
    const std::size_t number = number_of(a.symbol);
    const bool is_known = number < instruments_.size();
    if (a.kind == Kind::delist) return is_known ? delist(instruments_[number]) : delist_unlisted(a.symbol);
    if (a.kind != Kind::phase && a.kind != Kind::limit && a.kind != Kind::bands && a.kind != Kind::schedule) return;
    if (!is_known) return reject_unknown("instrument", a.symbol);
    Instrument& in = instruments_[number];
    if (a.kind == Kind::phase) change_phase(in, a.phase);
    if (a.kind == Kind::limit) limit(in, a);
    if (a.kind == Kind::bands) change_bands(in, a.bands);
    if (a.kind == Kind::schedule) change_schedule(in, a);
}

void NaiveVenue::reject_unknown(const std::string& what, const std::string& name) {
    lines_.push_back("ConfigurationRejected: The " + what + " " + name + " is not known.");
}

/// To ask again for what is so has no effect.
void NaiveVenue::relist(const std::string& symbol) {
    NaiveInstrument asked(symbol, known(symbol).listed_with);
    const Instrument* before = listed(symbol);
    if (before == nullptr) {
        instruments_.push_back(std::move(asked));
        lines_.push_back("InstrumentListed: " + symbol);
        return;
    }
    const auto limits = before->limits.find("");
    const bool is_so = before->fees == asked.fees && before->schedule.empty() && before->day_end == 0 &&
                       (limits == before->limits.end() || limits->second == NaiveLimits{});
    if (!is_so) lines_.push_back("ConfigurationRejected: The instrument " + symbol + " exists already.");
}

void NaiveVenue::delist_unlisted(const std::string& symbol) {
    if (std::ranges::find(instruments_, symbol, &Instrument::symbol) == instruments_.end())
        reject_unknown("instrument", symbol);
}

void NaiveVenue::delist(Instrument& in) {
    if (std::ranges::count(priced_by_, in.symbol) > 0) {
        lines_.push_back("ConfigurationRejected: Fees by volume are priced by " + in.symbol +
                         "; set them without it first.");
        return;
    }
    in.delisted = true;
    in.phase = model::Phase::closed;
    in.phase_until = 0;
    in.told_at = in.indication_due = -1;
    lines_.push_back("InstrumentDelisted: " + in.symbol);
    cancel_each(all_in(in), "instrument_delisted");
}

/// The phase goes on until the next change; an interruption no longer than it would have, a halt until it is ended.
void NaiveVenue::change_schedule(Instrument& in, const Action& a) {
    const bool is_another = in.schedule != a.schedule;
    if (!is_another && in.day_end == a.day_end) return;
    in.schedule = a.schedule;
    in.day_end = a.day_end;
    const std::int64_t next = next_change(in, now_);
    const bool interrupts = in.phase == model::Phase::volatility_auction && in.phase_until != 0;
    const bool ends_before = interrupts && (next == 0 || in.phase_until < next);
    if (is_another && !ends_before) in.phase_until = in.phase == model::Phase::halted ? 0 : next;
    look_at_all_pegs(in);
    lines_.push_back("InstrumentChanged: " + in.symbol);
}

void NaiveVenue::limit(Instrument& in, const Action& a) {
    NaiveLimits& limits = in.limits[a.participant];
    if (limits == a.limits) return;
    limits = a.limits;
    if (a.participant.empty()) look_at_all_pegs(in);
    lines_.push_back(a.participant.empty() ? "InstrumentChanged: " + in.symbol
                                           : "ParticipantChanged: " + a.participant);
    if (suspended_.contains(a.participant)) lines_.back() += " suspended";
}

/// Orders keep the ends that they came with.
void NaiveVenue::change_bands(Instrument& in, const NaiveBands& bands) {
    const NaiveFees before = in.fees;
    in.fees.static_band_bp = bands.fixed_bp;
    in.fees.dynamic_band_bp = bands.dynamic_bp;
    in.fees.volatility_seconds = bands.volatility_seconds;
    in.fees.protection_bp = bands.protection_bp;
    if (in.fees == before) return;
    look_at_all_pegs(in);
    lines_.push_back("InstrumentChanged: " + in.symbol);
}

std::string NaiveVenue::suspension(const std::string& participant, const std::string& account) const {
    if (suspended_.contains(participant)) return "participant_suspended";
    return suspended_accounts_.contains(account) ? "account_suspended" : "";
}

std::int64_t NaiveVenue::expected_price(const NaiveOrder& order) const {
    const auto others = queue_for(order);
    const Instrument& in = instrument_of(order);
    std::vector<std::int64_t> prices{in.last, in.reference, others.empty() ? 0 : others.front()->price};
    if (order.waits_for != model::WaitsFor::nothing) prices.insert(prices.begin(), order.trigger);
    const auto found = std::ranges::find_if(prices, [](std::int64_t price) { return price > 0; });
    return found == prices.end() ? 0 : *found;
}

std::string NaiveVenue::objection_to_limits(const Action& a, const NaiveOrder& proposed, bool is_new) const {
    std::set<std::string> broken;
    const auto& limits = instrument_of(proposed).limits;
    for (const std::string& whose : {std::string(), a.participant}) {
        const auto found = limits.find(whose);
        if (found == limits.end()) continue;
        const NaiveLimits& most = found->second;
        const std::int64_t own = proposed.peg == model::Peg::none ? proposed.price : proposed.limit;
        const std::int64_t expected = expected_price(proposed);
        const std::int64_t price = own > 0 ? own : expected;
        const Units worth = a.cash_tenths && is_new ? proposed.cash : value(price, proposed.quantity);
        if (!a.cash_tenths && most.lots > 0 && proposed.quantity > most.lots) broken.insert("1 quantity_above_limit");
        if (most.notional > 0 && worth > Units{most.notional} * 1'000'000) broken.insert("2 notional_above_limit");
        const std::int64_t beyond = proposed.buys ? proposed.price - expected : expected - proposed.price;
        const bool has_limit =
            proposed.type == model::OrderType::limit || proposed.type == model::OrderType::stop_limit;
        if (has_limit && expected > 0 && most.fat_finger_bp > 0 && beyond * 10'000 > expected * most.fat_finger_bp)
            broken.insert("3 price_far_from_last");
        const auto is_open = [&](const NaiveOrder& order) {
            return order.participant == a.participant && order.state == "open" &&
                   order.instrument == proposed.instrument;
        };
        const bool stays = received(proposed, is_new) != "trades" || rests(proposed);
        const auto open = std::ranges::count_if(orders_, is_open) + room_in_list_;
        if (is_new && stays && most.open_orders > 0 && open >= most.open_orders)
            broken.insert("4 too_many_open_orders");
    }
    return broken.empty() ? "" : broken.begin()->substr(2);
}

}  // namespace venue::test
