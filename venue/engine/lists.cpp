#include "venue/engine/lists.hpp"

#include <algorithm>
#include <vector>

#include "venue/engine/funds.hpp"
#include "venue/engine/match.hpp"

namespace venue::engine {
namespace {

using model::Order;
using model::OrderId;

/// The other open orders of its list, by their ids.
std::vector<OrderId> others_of(const State& state, const Order& leg) {
    std::vector<OrderId> others;
    const auto list = state.lists.find(leg.special->list);
    if (list == state.lists.end()) return others;
    for (const OrderId id : list->second) {
        if (id != leg.id) others.push_back(id);
    }
    return others;
}

bool others_depend_on(const Order& leg) {
    const model::ListRole role = leg.special.get().role;
    return role == model::ListRole::cancels_others || role == model::ListRole::triggers_others;
}

/// Of the others on its side, the one that costs most; null when there is none.
const Order* largest_other(const State& state, const Order& leg) {
    const Order* largest = nullptr;
    const model::Instrument& instrument = state.instrument(leg.instrument);
    for (const OrderId id : others_of(state, leg)) {
        const Order& other = state.find(id)->order;
        if (other.side != leg.side) continue;
        if (largest == nullptr || hold_of(other, instrument) > hold_of(*largest, instrument)) largest = &other;
    }
    return largest;
}

/// Nobody is told: what an order holds is no part of a report.
void restate_hold(Recorder& out, Order order, model::Amount hold) {
    if (order.hold == hold) return;
    order.hold = hold;
    out.record(model::OrderRestated{std::move(order), model::RejectReason::hold_moved, true});
}

/// Whoever asked for what ends them hears of it, and so does each order's own session.
void cancel_all(Recorder& out, const std::vector<OrderId>& orders, model::SessionId asker = {}) {
    for (const OrderId id : orders) {
        const Order& order = out.state().find(id)->order;
        const model::SessionId owner = order.session;
        const bool is_own = !asker || asker == owner;
        out.record(
            model::OrderCancelled{closed(order, model::OrderState::cancelled), model::RejectReason::list_ended, {}},
            is_own ? owner : asker, is_own ? model::SessionId{} : owner);
    }
}

}  // namespace

bool cancel_the_others(Recorder& out, const Order& leg) {
    if (!cancels_others(leg)) return false;
    const std::vector<OrderId> others = others_of(out.state(), leg);
    cancel_all(out, others);
    // What it was about to meet may have been cancelled with them: then it rests by itself.
    if (!others.empty()) restate_hold(out, leg, hold_of(leg, out.state().instrument(leg.instrument)));
    return !others.empty();
}

void end_list(Recorder& out, const Order& leg, model::SessionId asker) {
    if (others_depend_on(leg)) cancel_all(out, others_of(out.state(), leg), asker);
}

bool ends_with(const Order& other, const Order& leg) {
    return others_depend_on(leg) && other.special && other.special->role != model::ListRole::none &&
           other.special->list == leg.special->list;
}

bool would_meet_its_list(const State& state, const Order& leg) {
    if (waits(leg)) return false;
    return std::ranges::any_of(others_of(state, leg), [&](OrderId id) {
        const KnownOrder& other = *state.find(id);
        return other.at_rest != 0 && other.order.side != leg.side && wants(leg, other.order.price);
    });
}

model::Amount held_by_others(const State& state, const Order& leg) {
    model::Amount held;
    for (const OrderId id : others_of(state, leg)) {
        const Order& other = state.find(id)->order;
        if (other.side == leg.side) held += other.hold;
    }
    return held;
}

void make_largest_hold(Recorder& out, Order& after) {
    if (!cancels_others(after)) return;
    const Order* const other = largest_other(out.state(), after);
    if (other == nullptr) return;
    if (hold_of(*other, out.state().instrument(after.instrument)) > after.hold) {
        after.hold = {};
    } else {
        for (const OrderId id : others_of(out.state(), after)) {
            const Order& holder = out.state().find(id)->order;
            if (holder.side == after.side) restate_hold(out, holder, {});
        }
    }
}

void pass_hold_on(Recorder& out, const Order& leg) {
    if (!cancels_others(leg) || leg.hold != model::Amount{}) return;
    const Order* const other = largest_other(out.state(), leg);
    if (other == nullptr) return;
    restate_hold(out, *other, hold_of(*other, out.state().instrument(leg.instrument)));
}

}  // namespace venue::engine
