// Lists of orders: all are judged before the first is accepted.
#include <algorithm>

#include "venue/engine/decide.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/judge.hpp"
#include "venue/engine/limits.hpp"
#include "venue/engine/lists.hpp"
#include "venue/engine/match.hpp"
#include "venue/engine/phases.hpp"
#include "venue/engine/place.hpp"
#include "venue/engine/reach.hpp"
#include "venue/engine/triggers.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

using model::ListKind;
using model::ListRole;
using model::Order;
using model::PlaceList;
using model::PlaceOrder;
using model::RejectReason;

/// An order of a list that doesn't trade at once must be one that can lie in wait.
bool may_lie_in_wait(const PlaceOrder& leg) {
    const bool at_once = leg.time_in_force == model::TimeInForce::ioc || leg.time_in_force == model::TimeInForce::fok;
    const bool is_plain = leg.type == model::OrderType::limit || waits_for_a_price(leg.type);
    return is_plain && !at_once && leg.special.get().post_only == model::PostOnly::no &&
           !leg.special.get().min_quantity;
}

bool is_first(const PlaceList& list, const PlaceOrder& leg) { return &leg == &list.legs.front(); }

bool triggers(const PlaceList& list, const PlaceOrder& leg) {
    return list.kind == ListKind::one_triggers_others && is_first(list, leg);
}

bool is_dormant_at_first(const PlaceList& list, const PlaceOrder& leg) {
    return list.kind == ListKind::one_triggers_others && !is_first(list, leg);
}

bool fits(const PlaceList& list, const PlaceOrder& leg) {
    if (list.legs.size() < 2 || list.legs.size() > list_legs_max) return false;
    const PlaceOrder& first = list.legs.front();
    if (leg.symbol != first.symbol || leg.account != first.account) return false;
    const bool for_auction =
        leg.time_in_force == model::TimeInForce::at_open || leg.time_in_force == model::TimeInForce::at_close;
    return !for_auction && (triggers(list, leg) || may_lie_in_wait(leg));
}

bool has_a_name_twice(const PlaceList& list, const PlaceOrder& leg) {
    return std::ranges::count(list.legs, leg.cl_ord_id, &PlaceOrder::cl_ord_id) > 1;
}

bool is_known(const State& state, const model::Session& asker, const PlaceList& list) {
    return !list.id.empty() && !state.named_lists.find(asker.participant, list.id).empty();
}

/// Where one cancels the others, none may trade at once, with others or with each other: which one comes first would
/// decide.
bool would_trade(const PlaceList& list, const Proposal& proposal) {
    if (list.kind != ListKind::one_cancels_others || proposal.order.type != model::OrderType::limit) return false;
    if (proposal.opposite && wants(proposal.order, *proposal.opposite)) return true;
    return std::ranges::any_of(list.legs, [&](const PlaceOrder& other) {
        if (other.type != model::OrderType::limit || other.side == proposal.order.side || !other.price) return false;
        // One elsewhere is declined for that, and its price says nothing here.
        if (other.symbol != proposal.instrument->symbol) return false;
        const auto ticks = steps_of(*other.price, proposal.instrument->tick);
        return ticks && wants(proposal.order, {*ticks});
    });
}

/// Its funds are looked at when its time has come. Its price is looked at now, as that of an order that rests: where
/// the band moves meanwhile, it stays.
void make_dormant(Proposal& proposal) {
    if (!proposal.order.special) proposal.order.special.emplace();
    proposal.order.special->role = ListRole::dormant;
}

model::Flaw judge_leg(const State& state, const model::Session& asker, const PlaceList& list, const PlaceOrder& leg,
                      Proposal& proposal) {
    if (has_a_name_twice(list, leg)) return {RejectReason::duplicate_cl_ord_id};
    if (is_known(state, asker, list)) return {RejectReason::duplicate_list_id};
    if (!fits(list, leg)) return {RejectReason::list_invalid};
    const bool is_continuous = !proposal.instrument || proposal.instrument->phase == model::Phase::continuous;
    if (!is_continuous) return {RejectReason::phase_refuses};
    if (const model::Flaw flaw = judge(state, asker, leg, proposal)) return flaw;
    return would_trade(list, proposal) ? model::Flaw{RejectReason::post_only_would_trade} : model::Flaw{};
}

struct Draft {
    std::vector<Proposal> proposals;
    std::vector<model::Flaw> flaws;
    bool is_good = true;
};

/// Of the open orders that the next one is counted with. A trailing stop that says nothing else doesn't look like one
/// that waits, and is declined for that.
std::int32_t room_taken(const Draft& drafted) {
    const auto is_one = [](const Proposal& p) {
        return p.instrument != nullptr && (takes_room(p) || p.order.type == model::OrderType::trailing_stop);
    };
    return static_cast<std::int32_t>(std::ranges::count_if(drafted.proposals, is_one));
}

/// Likewise of the trailing stops.
std::size_t trailing_in(const Draft& drafted) {
    const auto is_one = [](const Proposal& p) { return p.order.type == model::OrderType::trailing_stop; };
    return static_cast<std::size_t>(std::ranges::count_if(drafted.proposals, is_one));
}

Draft draft(const State& state, const model::Session& asker, const PlaceList& asked, model::Timestamp now) {
    Draft drafted;
    for (const PlaceOrder& leg : asked.legs) {
        Proposal proposal = propose(state, asker, leg, now);
        if (is_dormant_at_first(asked, leg)) make_dormant(proposal);
        proposal.open_count += room_taken(drafted);
        proposal.trailing_count += trailing_in(drafted);
        proposal.own_trailing_count += trailing_in(drafted);
        drafted.flaws.push_back(judge_leg(state, asker, asked, leg, proposal));
        drafted.is_good = drafted.is_good && !drafted.flaws.back();
        drafted.proposals.push_back(std::move(proposal));
    }
    return drafted;
}

void report(Recorder& out, const PlaceList& asked, model::ListReported reported) {
    if (asked.id.empty()) return;
    reported.name = asked.id;
    out.record(std::move(reported), out.asker().id);
}

void reject(Recorder& out, const PlaceList& asked, const Draft& drafted) {
    model::ListReported reported;
    for (std::size_t i = 0; i < asked.legs.size(); ++i) {
        const model::Flaw flaw = drafted.flaws[i] ? drafted.flaws[i] : model::Flaw{RejectReason::list_rejected};
        out.record(rejection(drafted.proposals[i], asked.legs[i], flaw), out.asker().id);
        reported.orders.push_back({asked.legs[i].cl_ord_id, {}, flaw});
    }
    report(out, asked, std::move(reported));
}

/// The first of those that cost most, of its side.
bool holds_for_all(const Draft& drafted, std::size_t leg) {
    const auto cost = [&](std::size_t of) {
        return hold_of(drafted.proposals[of].order, *drafted.proposals[of].instrument);
    };
    for (std::size_t other = 0; other < drafted.proposals.size(); ++other) {
        if (drafted.proposals[other].order.side != drafted.proposals[leg].order.side) continue;
        if (cost(other) > cost(leg) || (other < leg && cost(other) == cost(leg))) return false;
    }
    return true;
}

ListRole role_of(const PlaceList& asked, const PlaceOrder& leg) {
    if (asked.kind == ListKind::one_cancels_others) return ListRole::cancels_others;
    return triggers(asked, leg) ? ListRole::triggers_others : ListRole::dormant;
}

void accept(Recorder& out, const PlaceList& asked, Draft& drafted) {
    const model::OrderId list{out.next().value};
    model::ListReported reported{{}, drafted.proposals.front().order.instrument, {}};
    for (std::size_t i = 0; i < asked.legs.size(); ++i) {
        Proposal& proposal = drafted.proposals[i];
        if (!proposal.order.special) proposal.order.special.emplace();
        proposal.order.special->role = role_of(asked, asked.legs[i]);
        proposal.order.special->list = list;
        proposal.order.special->list_name = asked.id;
        const Reception received =
            is_dormant(proposal.order) || waits(proposal.order) ? Reception::waits : Reception::trades;
        Order order = proposal.order;
        admit(out, order, *proposal.instrument, received);
        if (cancels_others(order) && !holds_for_all(drafted, i)) order.hold = {};
        const bool rests = received == Reception::trades && may_rest(order);
        reported.orders.push_back({order.cl_ord_id, order.leaves, {}});
        out.record(model::OrderAccepted{std::move(order), rests}, out.asker().id);
    }
    report(out, asked, std::move(reported));
}

}  // namespace

void decide(Recorder& out, const PlaceList& asked) {
    Draft drafted = draft(out.state(), out.asker(), asked, out.now());
    if (!drafted.is_good) return reject(out, asked, drafted);
    const model::OrderId first{out.next().value};
    accept(out, asked, drafted);
    const KnownOrder* const known = out.state().find(first);
    if (known == nullptr || asked.kind != ListKind::one_triggers_others || waits(known->order)) return;
    start(out, *known);
}

/// Nothing of the list is left that could depend on what is cancelled.
void decide(Recorder& out, const model::CancelList& asked) {
    const model::Session& asker = out.asker();
    const auto listed = out.state().named_lists.find(asker.participant, asked.id);
    for (const model::OrderId id : std::vector(listed.begin(), listed.end())) {
        const Order& order = out.state().find(id)->order;
        if (order.state != model::OrderState::open) continue;
        const model::SessionId other = order.session == asker.id ? model::SessionId{} : order.session;
        out.record(model::OrderCancelled{closed(order, model::OrderState::cancelled), RejectReason::list_cancelled, {}},
                   asker.id, other);
    }
}

void decide(Recorder& out, const model::ActivateLeg& asked) {
    const KnownOrder* const known = out.state().find(asked.order);
    ensure(known != nullptr && is_dormant(known->order), "only a dormant order comes alive");
    Order order = known->order;
    const model::Instrument& instrument = out.state().instrument(order.instrument);
    ensure(may_come_alive(instrument.phase), "an order comes alive in a phase that takes it");
    order.special->role = ListRole::none;
    order.special->list = {};
    if (waits(order) && trails(*order.special)) {
        const Triggers* const triggers = out.state().triggers_of(order.instrument);
        if (triggers != nullptr && triggers->has_no_room_for(order.participant)) {
            return cancel_unasked(out, known->order, RejectReason::too_many_pegged);
        }
        const model::Price last = triggers == nullptr ? model::Price{} : triggers->last();
        order.special->anchor = last;
        order.special->trigger = last == model::Price{} ? last : trigger_behind(*order.special, last);
    }
    order.hold = hold_of(order, instrument);
    if (order.hold > out.state().balance(order.account, hold_asset(order, instrument)).available) {
        return cancel_unasked(out, known->order, RejectReason::leg_not_covered);
    }
    const bool waiting = waits(order);
    if (!waiting) set_ends_now(out.state(), order);
    const model::SessionId session = order.session;
    out.record(model::OrderTriggered{std::move(order), !waiting && may_rest(known->order), RejectReason::leg_activated},
               session);
    if (!waiting && may_match(instrument.phase)) sweep(out, *known);
}

}  // namespace venue::engine
