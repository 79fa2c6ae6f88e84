// What a trade's price sets off in the naive venue.
#include "tests/property/naive_rules.hpp"

namespace venue::test {

NaiveOrder* NaiveVenue::due(const Instrument& in) {
    NaiveOrder* next = nullptr;
    for (const auto way : {model::WaitsFor::rise, model::WaitsFor::fall}) {
        for (NaiveOrder& order : orders_) {
            if (order.state != "open" || order.waits_for != way || !is_in(order, in)) continue;
            if (!is_reached(order, in.last)) continue;
            if (order.role == model::ListRole::dormant) continue;
            const bool sooner = next == nullptr || (way == model::WaitsFor::rise ? order.trigger < next->trigger
                                                                                 : order.trigger > next->trigger);
            if (sooner) next = &order;
        }
        if (next != nullptr) return next;
    }
    return next;
}

NaiveOrder* NaiveVenue::behind(const Instrument& in) {
    NaiveOrder* next = nullptr;
    for (const bool buys : {false, true}) {
        for (NaiveOrder& order : orders_) {
            const bool trails = order.type == model::OrderType::trailing_stop && order.state == "open" &&
                                order.waits_for != model::WaitsFor::nothing && order.role != model::ListRole::dormant;
            if (!trails || order.buys != buys || in.last == 0 || !is_in(order, in)) continue;
            const bool lags = order.anchor == 0 || (buys ? order.anchor > in.last : order.anchor < in.last);
            const bool sooner =
                next == nullptr || (order.anchor == 0 && next->anchor != 0) ||
                (next->anchor != 0 && (buys ? order.anchor > next->anchor : order.anchor < next->anchor));
            if (lags && sooner) next = &order;
        }
        if (next != nullptr) return next;
    }
    return next;
}

void NaiveVenue::trigger() {
    collect();
    follow();
    if (NaiveOrder* order = first_awake()) {
        activate(*order);
        return trigger();
    }
    for (const Instrument& in : instruments_) {
        if (in.phase == model::Phase::continuous && trigger(in)) return trigger();
    }
}

bool NaiveVenue::trigger(const Instrument& in) {
    while (NaiveOrder* order = behind(in)) {
        anchor_at(*order, in.last);
        lines_.push_back("OrderRestated: " + told(*order) + ", trail_moved, kept its place");
    }
    NaiveOrder* order = due(in);
    if (order == nullptr) return false;
    cancel_the_others(*order);
    order->waits_for = model::WaitsFor::nothing;
    set_ends(*order);
    order->rests = rests(*order);
    order->arrival = ++arrivals_;
    lines_.push_back("OrderTriggered to " + order->session + ": " + told(*order) + (order->rests ? ", rests" : ""));
    sweep(static_cast<std::size_t>(order - orders_.data()));
    return true;
}

}  // namespace venue::test
