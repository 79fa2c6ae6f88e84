// What becomes due in the naive venue: orders that expire, and those of sessions that were lost.
#include "tests/property/naive_rules.hpp"

namespace venue::test {

void NaiveVenue::log_on(const Action& a) {
    sessions_.at(a.session).on = true;
    lines_.push_back("SessionLoggedOn: " + a.session + " incarnation 1");
}

void NaiveVenue::disconnect(const Action& a, std::int64_t now) {
    NaiveSession& session = sessions_.at(a.session);
    const bool restarts = a.disconnect == model::DisconnectReason::restart;
    if (!session.on && !(restarts && session.cancels_at != 0)) return;
    session.on = false;
    if (a.disconnect != model::DisconnectReason::declined) {
        const bool cancels = session.rule.cancels != model::CancelOnDisconnect::off;
        session.cancels_at = cancels ? now + session.rule.grace_ms / 1'000 : 0;
    }
    const std::string at = ", cancels at " + std::to_string(session.cancels_at * 1'000'000'000);
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
        if (session.rule.cancels == model::CancelOnDisconnect::session && order.session != lost) continue;
        const bool good_till = order.time_in_force == TimeInForce::gtc || order.time_in_force == TimeInForce::gtd;
        if (session.rule.spares_good_till && good_till) continue;
        cancel_for(order, "session_disconnected");
        ++affected;
    }
    lines_.push_back("MassCancelReported: " + std::to_string(affected));
}

/// True when a phase was due to end before that order and before now.
bool NaiveVenue::end_phase_before(const NaiveOrder* order, std::int64_t now) {
    std::int64_t before = indication_due_ < 0 ? now : std::min(now, indication_due_ / 10);
    if (order != nullptr) before = std::min(before, order->expires);
    if (const std::string lost = first_lost(); !lost.empty()) before = std::min(before, sessions_.at(lost).cancels_at);
    if (phase_until_ == 0 || phase_until_ > before) return false;
    enter(model::Phase::continuous);
    trigger();
    return true;
}

/// True when an indication was due before that order and before now.
bool NaiveVenue::indicate_before(const NaiveOrder* order, std::int64_t now) {
    std::int64_t before = now;
    if (order != nullptr) before = std::min(before, order->expires);
    if (const std::string lost = first_lost(); !lost.empty()) before = std::min(before, sessions_.at(lost).cancels_at);
    if (indication_due_ < 0 || indication_due_ > before * 10) return false;
    indicate();
    return true;
}

void NaiveVenue::expire(std::int64_t now) {
    for (;;) {
        NaiveOrder* order = first_due();
        if (end_phase_before(order, now) || indicate_before(order, now)) continue;
        const std::string lost = first_lost();
        if (order != nullptr && order->expires > now) order = nullptr;
        const std::int64_t cancels_at = lost.empty() ? now + 1 : sessions_.at(lost).cancels_at;
        if (order == nullptr && cancels_at > now) return;
        if (order == nullptr || order->expires > cancels_at) {
            cancel_orders_of(lost);
            trigger();
            continue;
        }
        end(*order, "expired");
        lines_.push_back("OrderExpired to " + order->session + ": " + told(*order));
        end_list(*order);
    }
}

}  // namespace venue::test
