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

NaiveOrder* NaiveVenue::first_due() {
    NaiveOrder* first = nullptr;
    for (NaiveOrder& order : orders_) {
        if (order.state != "open" || order.expires == 0) continue;
        if (first == nullptr || order.expires < first->expires) first = &order;
    }
    return first;
}

std::string NaiveVenue::first_lost() const {
    std::string first;
    for (const auto& [name, session] : sessions_) {
        if (session.on || session.cancels_at == 0) continue;
        if (first.empty() || session.cancels_at < sessions_.at(first).cancels_at) first = name;
    }
    return first;
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

/// When that order expires, or the first of those sessions cancels, whichever comes first; zero for neither.
std::int64_t NaiveVenue::first_moment(const NaiveOrder* order) const {
    const std::string lost = first_lost();
    const std::int64_t expires = order == nullptr ? 0 : order->expires;
    const std::int64_t cancels = lost.empty() ? 0 : sessions_.at(lost).cancels_at;
    return expires == 0 || (cancels != 0 && cancels < expires) ? cancels : expires;
}

/// True when a phase was due to end before that moment, and is to end now.
bool NaiveVenue::end_phase_before(std::int64_t moment) {
    std::int64_t before = indication_due_ < 0 ? due_by_ : std::min(due_by_, indication_due_);
    if (moment != 0) before = std::min(before, moment);
    if (phase_until_ == 0 || phase_until_ > before) return false;
    enter(model::Phase::continuous);
    trigger();
    return true;
}

/// Likewise of an indication.
bool NaiveVenue::indicate_before(std::int64_t moment) {
    const std::int64_t before = moment == 0 ? due_by_ : std::min(due_by_, moment);
    if (indication_due_ < 0 || indication_due_ > before) return false;
    indicate();
    return true;
}

/// Likewise of pegged orders; of one moment they come last.
bool NaiveVenue::follow_before(std::int64_t moment) {
    if (phase_ != model::Phase::continuous || !is_behind() || pegs_due() > due_by_) return false;
    if (moment != 0 && moment <= pegs_due()) return false;
    follow_on();
    trigger();
    return true;
}

/// Likewise of a day of fees; of one moment it comes first.
bool NaiveVenue::roll_fees_before(std::int64_t moment) {
    std::vector<std::int64_t> moments{due_by_};
    if (moment != 0) moments.push_back(moment);
    if (indication_due_ >= 0) moments.push_back(indication_due_);
    if (phase_until_ != 0) moments.push_back(phase_until_);
    if (phase_ == model::Phase::continuous && is_behind()) moments.push_back(pegs_due());
    if (fees_due_ == 0 || fees_due_ > std::ranges::min(moments)) return false;
    std::string changes;
    for (const std::string name : {"alice", "bob", "carol"}) {
        volumes_[name].push_front(0);
        if (std::exchange(tiers_[name], tier(name)) != tiers_[name])
            changes += " " + name + " " + std::to_string(tiers_[name]);
    }
    fees_due_ += day;
    lines_.push_back("FeesRolled:" + changes + " until " + std::to_string(fees_due_ / second));
    return true;
}

std::size_t NaiveVenue::tier(const std::string& participant) const {
    const auto& days = volumes_.at(participant);
    Units sum = 0;
    for (std::size_t ago = 1; ago < days.size() && ago <= 30; ++ago) sum += days[ago];
    const auto is_reached = [&](const auto& tier) { return sum >= Units{tier[0]} * 1'000'000; };
    return static_cast<std::size_t>(std::ranges::count_if(fees_.tiers, is_reached));
}

void NaiveVenue::set_rates(NaiveOrder& order) const {
    order.maker = fees_.maker;
    order.taker = fees_.taker;
    const auto found = tiers_.find(order.participant);
    if (found == tiers_.end() || found->second == 0) return;
    order.maker = std::min(order.maker, fees_.tiers[found->second - 1][1]);
    order.taker = std::min(order.taker, fees_.tiers[found->second - 1][2]);
}

void NaiveVenue::expire() {
    for (;;) {
        NaiveOrder* const order = first_due();
        const std::int64_t moment = first_moment(order);
        if (roll_fees_before(moment)) continue;
        if (end_phase_before(moment) || indicate_before(moment) || follow_before(moment)) continue;
        if (moment == 0 || moment > due_by_) return;
        if (order == nullptr || order->expires > moment) {
            cancel_orders_of(first_lost());
            trigger();
            continue;
        }
        end(*order, "expired");
        lines_.push_back("OrderExpired to " + order->session + ": " + told(*order));
        end_list(*order);
    }
}

}  // namespace venue::test
