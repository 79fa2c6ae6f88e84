// What becomes due in the naive venue: orders that expire, and those of sessions that were lost.
#include "tests/property/naive_rules.hpp"

namespace venue::test {

void NaiveVenue::log_on(const Action& a) {
    NaiveSession& session = sessions_.at(a.session);
    session.on = true;
    session.chosen = a.cancels;
    lines_.push_back("SessionLoggedOn: " + a.session + " incarnation 1");
}

void NaiveVenue::disconnect(const Action& a) {
    NaiveSession& session = sessions_.at(a.session);
    const bool restarts = a.disconnect == model::DisconnectReason::restart;
    if (!session.on && !(restarts && session.cancels_at != 0)) return;
    if (a.disconnect != model::DisconnectReason::declined) {
        if (session.on) session.cancels = session.chosen.value_or(session.rule.cancels);
        const bool cancels = session.cancels != model::CancelOnDisconnect::off;
        session.cancels_at = cancels ? now_ + session.rule.grace_ms * (second / 1'000) : 0;
    }
    session.on = false;
    const std::string at = ", cancels at " + std::to_string(session.cancels_at);
    lines_.push_back("SessionDisconnected: " + a.session + " " + std::string(name(a.disconnect)) +
                     (session.cancels_at == 0 ? "" : at));
}

void NaiveVenue::cancel_orders_of(const std::string& lost) {
    NaiveSession& session = sessions_.at(lost);
    session.cancels_at = 0;
    int affected = 0;
    for (NaiveOrder& order : orders_) {
        if (order.participant != session.participant || order.state != "open") continue;
        if (session.cancels == model::CancelOnDisconnect::session && order.session != lost) continue;
        const bool good_till = order.time_in_force == TimeInForce::gtc || order.time_in_force == TimeInForce::gtd;
        if (order.outlives_session || (session.rule.spares_good_till && good_till)) continue;
        cancel_for(order, "session_disconnected");
        ++affected;
    }
    lines_.push_back("MassCancelReported: " + std::to_string(affected));
}

std::optional<NaiveVenue::Due> NaiveVenue::first_due() const {
    std::vector<Due> all;
    if (fees_due_ != 0) all.push_back({fees_due_, Happening::fees});
    for (std::size_t i = 0; i < instruments_.size(); ++i) {
        const Instrument& in = instruments_[i];
        if (in.phase_until != 0) all.push_back({in.phase_until, Happening::phase, i});
        if (in.indication_due >= 0) all.push_back({in.indication_due, Happening::indication, i});
        if (is_behind(in)) all.push_back({pegs_due(in), Happening::pegs, i});
    }
    for (std::size_t i = 0; i < orders_.size(); ++i) {
        const NaiveOrder& order = orders_[i];
        if (order.state == "open" && order.expires != 0) all.push_back({order.expires, Happening::order, i});
    }
    std::size_t number = 0;
    for (const auto& [name, session] : sessions_) {
        if (!session.on && session.cancels_at != 0) all.push_back({session.cancels_at, Happening::session, number});
        ++number;
    }
    const auto first = std::ranges::min_element(all);
    return first == all.end() || first->moment > due_by_ ? std::nullopt : std::optional(*first);
}

void NaiveVenue::expire(NaiveOrder& order) {
    end(order, "expired");
    lines_.push_back("OrderExpired to " + order.session + ": " + told(order));
    end_list(order);
}

/// Orders and days of fees end one behind the other; all else is over, with what follows from it, before the next.
void NaiveVenue::expire() {
    while (const auto due = first_due()) {
        if (due->what == Happening::fees) roll_fees();
        if (due->what == Happening::order) expire(orders_[due->which]);
        if (due->what == Happening::phase) end_phase(instruments_[due->which]);
        if (due->what == Happening::indication) indicate(instruments_[due->which]);
        if (due->what == Happening::pegs) follow_on(instruments_[due->which]);
        if (due->what == Happening::session) {
            cancel_orders_of(std::next(sessions_.begin(), static_cast<std::ptrdiff_t>(due->which))->first);
        }
        if (due->what != Happening::fees && due->what != Happening::order) trigger();
    }
}

void NaiveVenue::roll_fees() {
    ++fee_day_;
    std::string changes;
    for (const auto& [name, volumes] : volumes_) {
        if (std::exchange(tiers_[name], tier(name)) != tiers_[name])
            changes += " " + name + " " + std::to_string(tiers_[name]);
    }
    fees_due_ += day;
    lines_.push_back("FeesRolled:" + changes + " until " + std::to_string(fees_due_ / second));
}

Units NaiveVenue::worth(const std::string& asset, Units units) const {
    if (asset == "USD") return units;
    for (const std::string& symbol : priced_by_) {
        const Instrument& in = *listed(symbol);
        if (in.base == asset) return value(in.last, static_cast<std::int64_t>(units / lot_units));
    }
    return 0;
}

std::size_t NaiveVenue::tier(const std::string& participant) const {
    Units sum = 0;
    for (const auto& [asset, days] : volumes_.at(participant)) {
        Units in_asset = 0;
        for (const auto& [then, volume] : days) in_asset += then < fee_day_ && then >= fee_day_ - 30 ? volume : 0;
        if (in_asset > 0) sum += worth(asset, in_asset);
    }
    const auto is_reached = [&](const auto& tier) { return sum >= Units{tier[0]} * 1'000'000; };
    return static_cast<std::size_t>(std::ranges::count_if(tiers_of_fees_, is_reached));
}

void NaiveVenue::set_rates(NaiveOrder& order) const {
    const NaiveFees& fees = instrument_of(order).fees;
    order.maker = fees.maker;
    order.taker = fees.taker;
    const auto found = tiers_.find(order.participant);
    if (found == tiers_.end() || found->second == 0) return;
    order.maker = std::min(order.maker, tiers_of_fees_[found->second - 1][1]);
    order.taker = std::min(order.taker, tiers_of_fees_[found->second - 1][2]);
}

}  // namespace venue::test
