#include "venue/engine/mass_cancel.hpp"

#include <iterator>
#include <vector>

#include "venue/engine/decide.hpp"
#include "venue/engine/judge.hpp"
#include "venue/engine/lists.hpp"
#include "venue/engine/match.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

using model::CancelScope;
using model::MassCancelling;
using model::Order;
using model::OrderId;

/// Orders of a participant that one command looks at, meant or not, for each that it may cancel.
constexpr int looks_per_cancel = 10;

/// What one command does of it.
struct Piece {
    int orders_max = 0;
    std::vector<OrderId> orders{};
    OrderId next{};  ///< Of a participant's orders: the first that wasn't looked at.
    bool is_last = false;
    [[nodiscard]] bool full() const { return std::ssize(orders) == orders_max; }
};

/// A participant's orders, the oldest first.
Piece piece_of_participant(const State& state, const MassCancelling& asked, int orders_max) {
    const auto participation = state.participations.find(asked.scope.participant);
    if (participation == state.participations.end()) return {.is_last = true};
    const KnownOrder* at = asked.next ? state.find(asked.next) : state.orders.first(participation->second.open);
    Piece piece{orders_max};
    for (int looks = 0; at != nullptr && !piece.full() && looks < looks_per_cancel * orders_max; ++looks) {
        if (is_meant(asked.scope, at->order)) piece.orders.push_back(at->order.id);
        at = state.orders.behind(*at);
    }
    if (at != nullptr) piece.next = at->order.id;
    piece.is_last = at == nullptr;
    return piece;
}

/// An instrument's orders: bids by their priority, then offers, then those that wait for a price as they come to be
/// due, then those that wait for an auction. Whoever was cancelled is gone, so each command begins at the front.
Piece piece_of_instrument(const State& state, const CancelScope& scope, int orders_max) {
    Piece piece{orders_max};
    const auto take = [&](const Order& order) {
        if (!piece.full() && is_meant(scope, order)) piece.orders.push_back(order.id);
        return !piece.full();
    };
    const Book& book = state.book(scope.instrument);
    for (const model::Side side : {model::Side::buy, model::Side::sell}) {
        if (scope.side && *scope.side != side) continue;
        for (const KnownOrder* at = book.front(side); at != nullptr && take(at->order);) at = book.after(*at);
    }
    if (const auto found = state.triggers.find(scope.instrument); found != state.triggers.end()) {
        found->second.each_once_while([&](OrderId waiting) { return take(state.find(waiting)->order); });
    }
    if (const auto found = state.auctions.find(scope.instrument); found != state.auctions.end()) {
        found->second.each_waiting_while([&](OrderId waiting) { return take(state.find(waiting)->order); });
    }
    const auto& names = state.list_names;
    for (auto at = names.lower_bound({scope.instrument, {}}); at != names.end() && !piece.full(); ++at) {
        if (at->first != scope.instrument) break;
        for (const OrderId leg : state.lists.at(at->second)) {
            const Order& order = state.find(leg)->order;
            if (is_dormant(order)) take(order);
        }
    }
    piece.is_last = !piece.full();
    return piece;
}

Piece next_piece(const State& state, const MassCancelling& asked, int orders_max) {
    return asked.scope.participant ? piece_of_participant(state, asked, orders_max)
                                   : piece_of_instrument(state, asked.scope, orders_max);
}

/// Whoever asked hears of it, and so does the order's own session.
void cancel(Recorder& out, const Order& order, const MassCancelling& asked) {
    const bool is_own = !asked.session || asked.session == order.session;
    out.record(model::OrderCancelled{closed(order, model::OrderState::cancelled), asked.reason, {}},
               is_own ? order.session : asked.session, is_own ? model::SessionId{} : order.session);
    if (order.special) end_list(out, order, asked.session);
}

/// The first order from that one on that doesn't end with the one that is about to.
OrderId next_without(const State& state, OrderId next, const Order& ending) {
    const KnownOrder* at = next ? state.find(next) : nullptr;
    while (at != nullptr && ends_with(at->order, ending)) at = state.orders.behind(*at);
    return at == nullptr ? OrderId{} : at->order.id;
}

void go_on(Recorder& out, MassCancelling going) {
    const Piece piece = next_piece(out.state(), going, out.limits().mass_cancels);
    going.next = piece.next;
    for (const OrderId id : piece.orders) {
        const Order& order = out.state().find(id)->order;
        // One that ended with its list isn't counted.
        if (order.state != model::OrderState::open) continue;
        if (order.special) going.next = next_without(out.state(), going.next, order);
        cancel(out, order, going);
        ++going.affected;
    }
    const bool is_last = piece.is_last || (going.scope.participant && !going.next);
    if (!is_last) return out.record(model::MassCancelMarked{going});
    const model::SessionId asker = going.session;
    out.record(model::MassCancelReported{std::move(going), {}}, asker);
}

MassCancelling understood(const State& state, const model::Session& asker, const model::MassCancel& asked) {
    MassCancelling going;
    going.scope = scope_of(state, asker, asked.account, asked.symbol, asked.side);
    going.reason = asked.kill_switch == model::KillSwitch::on ? model::RejectReason::kill_switch_turned_on
                                                              : model::RejectReason::mass_cancelled;
    going.session = asker.id;
    going.cl_ord_id = asked.cl_ord_id;
    going.symbol = asked.symbol;
    return going;
}

/// The catalogue's order of judging. The tag is that of PartyActionType.
model::Flaw judge(const State& state, const model::MassCancel& asked, const CancelScope& scope) {
    if (state.find(scope.participant, asked.cl_ord_id) != nullptr) return {model::RejectReason::duplicate_cl_ord_id};
    if (asked.flaw) return asked.flaw;
    const bool is_narrow = asked.side || !asked.symbol.empty() || !asked.account.empty();
    if (is_narrow && asked.kill_switch != model::KillSwitch::as_it_is) {
        return {model::RejectReason::terms_conflict, 2329};
    }
    if (!asked.symbol.empty() && !scope.instrument) return {model::RejectReason::unknown_symbol};
    if (!asked.account.empty() && !scope.account) return {model::RejectReason::unknown_account};
    return {};
}

}  // namespace

CancelScope scope_of(const State& state, const model::Session& asker, std::string_view account, std::string_view symbol,
                     std::optional<model::Side> side) {
    CancelScope scope;
    scope.participant = asker.participant;
    if (!account.empty()) scope.account = account_of(state, asker, account);
    if (const auto* instrument = state.instrument(symbol)) scope.instrument = instrument->id;
    scope.side = side;
    return scope;
}

bool is_meant(const CancelScope& scope, const Order& order) {
    if (scope.account && order.account != scope.account) return false;
    if (scope.session && order.session != scope.session) return false;
    if (scope.instrument && order.instrument != scope.instrument) return false;
    if (scope.side && order.side != *scope.side) return false;
    const bool is_good_till =
        order.time_in_force == model::TimeInForce::gtc || order.time_in_force == model::TimeInForce::gtd;
    if (scope.spares_outliving && order.special && order.special->outlives_session) return false;
    return !(scope.spares_good_till && is_good_till);
}

void mass_cancel(Recorder& out, MassCancelling asked) {
    ensure(!out.state().mass_cancelling, "one mass cancel is over before the next begins");
    ensure(asked.scope.participant || asked.scope.instrument, "a mass cancel names a participant or an instrument");
    go_on(out, std::move(asked));
}

void cancel_for_operator(Recorder& out, const CancelScope& scope) {
    MassCancelling asked;
    asked.scope = scope;
    asked.reason = model::RejectReason::cancelled_by_operator;
    mass_cancel(out, std::move(asked));
}

std::string objection(const State& state, std::string_view symbol, std::string_view participant) {
    if (symbol.empty() && participant.empty()) return "An instrument or a participant must be named.";
    if (!symbol.empty() && state.instrument(symbol) == nullptr) {
        return "The instrument " + std::string(symbol) + " is not known.";
    }
    if (!participant.empty() && state.reference.participant(participant) == nullptr) {
        return "The participant " + std::string(participant) + " is not known.";
    }
    return {};
}

void decide(Recorder& out, const model::CancelOrders& asked) {
    const State& state = out.state();
    if (std::string no = objection(state, asked.symbol, asked.participant); !no.empty()) {
        return out.record(model::ConfigurationRejected{std::move(no)});
    }
    CancelScope scope;
    if (!asked.symbol.empty()) scope.instrument = state.instrument(asked.symbol)->id;
    if (!asked.participant.empty()) scope.participant = state.reference.participant(asked.participant)->id;
    cancel_for_operator(out, scope);
}

void decide(Recorder& out, const model::MassCancel& asked) {
    const model::Session& asker = out.asker();
    MassCancelling going = understood(out.state(), asker, asked);
    if (const model::Flaw flaw = judge(out.state(), asked, going.scope)) {
        return out.record(model::MassCancelReported{std::move(going), flaw}, asker.id);
    }
    const bool turns_on = asked.kill_switch == model::KillSwitch::on;
    const bool turns = asked.kill_switch != model::KillSwitch::as_it_is;
    if (turns && turns_on != out.state().killed.contains(asker.participant)) {
        out.record(model::KillSwitchTurned{asker.participant, turns_on});
    }
    mass_cancel(out, std::move(going));
}

void decide(Recorder& out, const model::ContinueMassCancel&) {
    ensure(out.state().mass_cancelling.has_value(), "only an unfinished mass cancel goes on");
    go_on(out, *out.state().mass_cancelling);
}

}  // namespace venue::engine
