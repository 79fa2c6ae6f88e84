// Many of the naive venue's orders cancelled at once.
#include "tests/property/naive_rules.hpp"

namespace venue::test {
std::string NaiveVenue::objection_to_scope(const Action& a) const {
    const bool is_narrow = !a.symbol.empty() || !a.account.empty() || a.only_buys;
    if (is_narrow && a.kill_switch != model::KillSwitch::as_it_is) return "terms_conflict";
    if (!a.symbol.empty() && listed(a.symbol) == nullptr) return "unknown_symbol";
    return account_of(a).empty() ? "unknown_account" : "";
}

void NaiveVenue::mass_cancel(const Action& a) {
    const bool is_known = find(a.participant, a.name) != nullptr;
    const std::string no = is_known ? "duplicate_cl_ord_id" : objection_to_scope(a);
    const std::string reported = "MassCancelReported to " + a.session + ": " + a.name + " ";
    if (!no.empty()) return lines_.push_back(reported + no);
    const bool kills = a.kill_switch == model::KillSwitch::on;
    const bool turns = kills ? killed_.insert(a.participant).second
                             : a.kill_switch == model::KillSwitch::off && killed_.erase(a.participant) > 0;
    if (turns) lines_.push_back("KillSwitchTurned: " + a.participant + (kills ? " on" : " off"));
    int affected = 0;
    for (NaiveOrder& order : orders_) {
        if (order.participant != a.participant || order.state != "open") continue;
        if (a.only_buys && *a.only_buys != order.buys) continue;
        if (!a.symbol.empty() && !is_in(order, *listed(a.symbol))) continue;
        if (!a.account.empty() && order.account != a.account) continue;
        end(order, "cancelled");
        const std::string both = order.session == a.session ? "" : " and " + order.session;
        lines_.push_back("OrderCancelled to " + a.session + both + ": " + told(order) + ", " +
                         (kills ? "kill_switch_turned_on" : "mass_cancelled"));
        end_list(order, a.session);
        ++affected;
    }
    lines_.push_back(reported + std::to_string(affected));
}

void NaiveVenue::cancel_each(const std::vector<std::size_t>& orders, const std::string& why) {
    int affected = 0;
    for (const std::size_t order : orders) {
        if (orders_[order].state != "open") continue;  // It ended with its list.
        cancel_for(orders_[order], why);
        ++affected;
    }
    lines_.push_back("MassCancelReported: " + std::to_string(affected));
}

template <class Meant>
std::vector<std::size_t> NaiveVenue::open_orders(Meant meant) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < orders_.size(); ++i) {
        if (orders_[i].state == "open" && meant(orders_[i])) found.push_back(i);
    }
    return found;
}

void NaiveVenue::cancel_all(const Action& a) {
    const Instrument* in = listed(a.symbol);
    if (a.only_in_symbol && in == nullptr) return reject_unknown("instrument", a.symbol);
    if (a.participant.empty()) return cancel_each(all_in(*in), "cancelled_by_operator");
    const auto is_meant = [&](const NaiveOrder& order) {
        return order.participant == a.participant && (!a.only_in_symbol || is_in(order, *in));
    };
    cancel_each(open_orders(is_meant), "cancelled_by_operator");
}

void NaiveVenue::suspend(const Action& a) {
    const std::string& name = a.market ? account_of(a) : a.participant;
    auto& those = a.market ? suspended_accounts_ : suspended_;
    const bool turns = a.suspends ? those.insert(name).second : those.erase(name) > 0;
    if (!turns) return;
    lines_.push_back((a.market ? "AccountChanged: " : "ParticipantChanged: ") + name);
    if (!a.suspends) return;
    lines_.back() += " suspended";
    const auto is_meant = [&](const NaiveOrder& order) {
        return (a.market ? order.account : order.participant) == name;
    };
    cancel_each(open_orders(is_meant), "suspended_by_operator");
}

std::vector<std::size_t> NaiveVenue::all_in(const Instrument& in) const {
    std::vector<std::size_t> all;
    for (const bool bids : {true, false}) {
        for (const NaiveOrder* order : queue(in, bids)) all.push_back(static_cast<std::size_t>(order - orders_.data()));
    }
    const auto take = [&](auto meant, auto key) {
        auto some = open_orders([&](const NaiveOrder& order) { return is_in(order, in) && meant(order); });
        std::ranges::stable_sort(some, {}, [&](std::size_t i) { return key(orders_[i]); });
        all.insert(all.end(), some.begin(), some.end());
    };
    const auto by_age = [](const NaiveOrder&) { return 0; };
    const auto waits = [](const NaiveOrder& order) {
        return order.waits_for != model::WaitsFor::nothing && order.role != model::ListRole::dormant;
    };
    const auto rises = [](const NaiveOrder& order) { return order.waits_for == model::WaitsFor::rise; };
    take([&](const NaiveOrder& o) { return waits(o) && rises(o) && o.trigger != 0; },
         [](const NaiveOrder& o) { return o.trigger; });
    take([&](const NaiveOrder& o) { return waits(o) && !rises(o) && o.trigger != 0; },
         [](const NaiveOrder& o) { return -o.trigger; });
    take([&](const NaiveOrder& o) { return waits(o) && o.trigger == 0; }, [](const NaiveOrder& o) { return o.buys; });
    for (const auto auction : {TimeInForce::at_open, TimeInForce::at_close}) {
        take([&](const NaiveOrder& o) { return o.time_in_force == auction && !o.rests; }, by_age);
    }
    take([](const NaiveOrder& o) { return o.role == model::ListRole::dormant; }, by_age);
    return all;
}

}  // namespace venue::test
