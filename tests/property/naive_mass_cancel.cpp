// Many of the naive venue's orders cancelled at once.
#include "tests/property/naive_rules.hpp"

namespace venue::test {
namespace {

std::string objection_to_scope(const Action& a) {
    const bool is_narrow = !a.symbol.empty() || a.only_buys;
    if (is_narrow && a.kill_switch != model::KillSwitch::as_it_is) return "terms_conflict";
    return a.symbol.empty() || a.symbol == "BTC-USD" ? "" : "unknown_symbol";
}

}  // namespace

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
        end(order, "cancelled");
        const std::string both = order.session == a.session ? "" : " and " + order.session;
        lines_.push_back("OrderCancelled to " + a.session + both + ": " + told(order) + ", " +
                         (kills ? "kill_switch_turned_on" : "mass_cancelled"));
        end_list(order, a.session);
        ++affected;
    }
    lines_.push_back(reported + std::to_string(affected));
}

}  // namespace venue::test
