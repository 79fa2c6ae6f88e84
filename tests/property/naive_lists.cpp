// The naive venue's lists of orders.
#include "tests/property/naive_rules.hpp"

namespace venue::test {
namespace {

bool may_lie_in_wait(const Action& leg) {
    const bool at_once = leg.time_in_force == TimeInForce::ioc || leg.time_in_force == TimeInForce::fok;
    const bool is_plain = leg.waiting || type_of(leg) == model::OrderType::limit;
    return is_plain && !at_once && leg.post_only == model::PostOnly::no && !leg.min_milli_base;
}

}  // namespace

std::string NaiveVenue::objection_to_leg(const Action& list, const Action& leg, const NaiveOrder& order) const {
    if (std::ranges::count(list.legs, leg.name, &Action::name) > 1) return "duplicate_cl_ord_id";
    const bool is_known =
        std::ranges::any_of(orders_, [&](const NaiveOrder& known) { return is_of_list(known, list); });
    if (is_known) return "duplicate_list_id";
    if (list.legs.size() < 2) return "list_invalid";
    const bool is_first = &leg == &list.legs.front();
    if (leg.symbol != list.legs.front().symbol || leg.account != list.legs.front().account) return "list_invalid";
    const bool triggers = is_first && !list.cancels_others;
    if (is_at_auction(leg.time_in_force) || !(triggers || may_lie_in_wait(leg))) return "list_invalid";
    const bool is_continuous = !is_listed(order) || instrument_of(order).phase == model::Phase::continuous;
    if (!is_continuous) return "phase_refuses";
    if (const std::string no = objection(leg, order, true); !no.empty()) return no;
    if (!list.cancels_others || leg.waiting) return "";
    if (would_trade(order)) return "post_only_would_trade";
    const bool meets = std::ranges::any_of(list.legs, [&](const Action& other) {
        const bool is_limit = type_of(other) == model::OrderType::limit && other.deci_ticks;
        if (!is_limit || *other.deci_ticks % 10 != 0 || other.symbol != leg.symbol) return false;
        return other.buys != order.buys && wants(order, *other.deci_ticks / 10);
    });
    return meets ? "post_only_would_trade" : "";
}

void NaiveVenue::place_list(const Action& a, std::int64_t now) {
    std::vector<NaiveOrder> orders;
    std::vector<std::string> objections;
    for (const Action& leg : a.legs) {
        NaiveOrder order = proposed(leg, now);
        order.list = orders_.size() + 1;
        order.list_name = a.list;
        order.role = a.cancels_others ? model::ListRole::cancels_others
                     : orders.empty() ? model::ListRole::triggers_others
                                      : model::ListRole::dormant;
        objections.push_back(objection_to_leg(a, leg, order));
        if (is_listed(order) && (received(order, true) != "trades" || rests(order))) ++room_in_list_;
        orders.push_back(order);
    }
    room_in_list_ = 0;
    if (std::ranges::any_of(objections, [](const std::string& no) { return !no.empty(); })) {
        for (std::size_t i = 0; i < orders.size(); ++i) {
            if (objections[i].empty()) objections[i] = "list_rejected";
            lines_.push_back("OrderRejected to " + a.session + ": " + orders[i].names[0] + " " + objections[i]);
        }
        return report_list(a, objections);
    }
    for (NaiveOrder& order : orders) {
        order.holds = true;
        for (const NaiveOrder& other : orders) {
            if (&other == &order || other.buys != order.buys) continue;
            // Alone, each would hold what it costs.
            NaiveOrder one = order;
            NaiveOrder another = other;
            one.role = another.role = model::ListRole::none;
            if (hold(another) > hold(one) || (hold(another) == hold(one) && &other < &order)) order.holds = false;
        }
    }
    const std::size_t first = orders_.size();
    list_size_ = orders.size();
    std::vector<std::string> sizes;
    for (const NaiveOrder& order : orders) {
        accept(order);
        sizes.push_back(std::to_string(order.leaves()) + " lots");
    }
    list_size_ = 0;
    report_list(a, sizes);
    if (!a.cancels_others) start(first);
}

void NaiveVenue::report_list(const Action& list, const std::vector<std::string>& outcomes) {
    if (list.list.empty()) return;
    std::string line = "ListReported to " + list.session + ": " + list.list;
    for (std::size_t i = 0; i < outcomes.size(); ++i) line += " " + list.legs[i].name + " " + outcomes[i];
    lines_.push_back(line);
}

/// By its name, whatever its orders have to do with each other by now.
bool NaiveVenue::is_of_list(const NaiveOrder& order, const Action& asked) {
    return !asked.list.empty() && order.list_name == asked.list && order.participant == asked.participant;
}

void NaiveVenue::cancel_list(const Action& a) {
    for (NaiveOrder& order : orders_) {
        if (order.state != "open" || !is_of_list(order, a)) continue;
        end(order, "cancelled");
        const std::string both = order.session == a.session ? "" : " and " + order.session;
        lines_.push_back("OrderCancelled to " + a.session + both + ": " + told(order) + ", list_cancelled");
    }
}

std::vector<std::size_t> NaiveVenue::others_of(const NaiveOrder& leg) const {
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < orders_.size(); ++i) {
        const NaiveOrder& other = orders_[i];
        const bool is_other = other.names[0] != leg.names[0] || other.participant != leg.participant;
        if (leg.list != 0 && other.list == leg.list && other.state == "open" && is_other) others.push_back(i);
    }
    // While a list comes in, those behind are on their way.
    if (others.empty() && list_size_ > 1 && leg.list != 0) others.push_back(orders_.size());
    return others;
}

bool NaiveVenue::cancel_the_others(NaiveOrder& leg) {
    if (leg.role != model::ListRole::cancels_others) return false;
    const auto others = others_of(leg);
    for (const std::size_t other : others) {
        end(orders_[other], "cancelled");
        lines_.push_back("OrderCancelled to " + orders_[other].session + ": " + told(orders_[other]) + ", list_ended");
    }
    if (!others.empty()) give_hold(leg, true);
    return !others.empty();
}

void NaiveVenue::end_list(const NaiveOrder& leg, const std::string& asker) {
    if (leg.role != model::ListRole::cancels_others && leg.role != model::ListRole::triggers_others) return;
    for (const std::size_t other : others_of(leg)) {
        end(orders_[other], "cancelled");
        const std::string& owner = orders_[other].session;
        const std::string both = asker.empty() || asker == owner ? owner : asker + " and " + owner;
        lines_.push_back("OrderCancelled to " + both + ": " + told(orders_[other]) + ", list_ended");
    }
}

NaiveOrder* NaiveVenue::first_awake() {
    for (const Instrument& in : instruments_) {
        for (NaiveOrder& order : orders_) {
            if (is_in(order, in) && is_awake(order)) return &order;
        }
    }
    return nullptr;
}

bool NaiveVenue::is_awake(const NaiveOrder& order) const {
    const bool is_dormant = order.state == "open" && order.role == model::ListRole::dormant;
    return is_dormant && received(order, true) != "refused" && orders_[order.list - 1].state == "filled";
}

void NaiveVenue::activate(NaiveOrder& order) {
    NaiveOrder awake = order;
    awake.role = model::ListRole::none;
    awake.list = 0;
    if (hold(awake) > available(order.account, held_asset(order))) return cancel_for(order, "leg_not_covered");
    order = awake;
    if (order.type == model::OrderType::trailing_stop) anchor_at(order, instrument_of(order).last);
    const bool waits = order.waits_for != model::WaitsFor::nothing;
    if (!waits) set_ends(order);
    order.rests = rests(order) && !waits;
    order.arrival = ++arrivals_;
    lines_.push_back("OrderTriggered to " + order.session + ": " + told(order) + (order.rests ? ", rests" : "") +
                     ", leg_activated");
    note_gathering(order);
    if (!waits && may_match(instrument_of(order).phase)) sweep(static_cast<std::size_t>(&order - orders_.data()));
}

NaiveOrder* NaiveVenue::largest_other(const NaiveOrder& leg) {
    NaiveOrder* largest = nullptr;
    Units most = 0;
    for (const std::size_t i : others_of(leg)) {
        NaiveOrder alone = orders_[i];
        alone.role = model::ListRole::none;
        if (alone.buys != leg.buys || (largest != nullptr && hold(alone) <= most)) continue;
        largest = &orders_[i];
        most = hold(alone);
    }
    return largest;
}

void NaiveVenue::give_hold(NaiveOrder& order, bool holds) {
    if (order.holds == holds) return;
    order.holds = holds;
    lines_.push_back("OrderRestated: " + told(order) + ", hold_moved, kept its place");
}

void NaiveVenue::make_largest_hold(NaiveOrder& changed) {
    if (changed.role != model::ListRole::cancels_others) return;
    const NaiveOrder* largest = largest_other(changed);
    if (largest == nullptr) return;
    NaiveOrder alone = changed;
    NaiveOrder other = *largest;
    alone.role = other.role = model::ListRole::none;
    changed.holds = hold(alone) >= hold(other);
    if (!changed.holds) return;
    for (const std::size_t i : others_of(changed)) {
        if (orders_[i].buys == changed.buys) give_hold(orders_[i], false);
    }
}

void NaiveVenue::pass_hold_on(NaiveOrder& leg) {
    if (leg.role != model::ListRole::cancels_others || leg.holds) return;
    if (NaiveOrder* largest = largest_other(leg)) give_hold(*largest, true);
}

}  // namespace venue::test
