#include "venue/engine/fold.hpp"

#include "venue/engine/equilibrium.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/gathering.hpp"
#include "venue/engine/rights.hpp"
#include "venue/engine/sessions.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

KnownOrder& known(State& state, model::OrderId id) {
    KnownOrder* const found = state.orders.find(id);
    ensure(found != nullptr, "an order event follows the order's acceptance");
    return *found;
}

Book& book_of(State& state, const model::Order& order) { return state.book(order.instrument); }

void forget_oldest(State& state, Participation& participation) {
    KnownOrder& forgotten = state.orders.at(participation.closed.front().place);
    participation.name_count -= 1 + forgotten.earlier_names.size();
    participation.closed.pop_front();
    state.named_lists.remove(forgotten.order);
    state.orders.remove(forgotten);
}

/// Since when the first of them is closed at the latest: of one whose time wasn't noted, since one behind it was.
model::Timestamp first_closed_by(const std::deque<ClosedOrder>& closed) {
    if (closed.front().at != model::Timestamp{}) return closed.front().at;
    const auto has_none = [](const ClosedOrder& each) { return each.at == model::Timestamp{}; };
    const auto noted = std::ranges::partition_point(closed, has_none);
    return noted == closed.end() ? model::Timestamp{} : noted->at;
}

/// No more than two with each that is closed: so those of a busy day go in time, and no command takes long. What the
/// present command closed stays, because the command may still look at it.
void forget_some(State& state, const model::Remembered& remembered, Participation& participation) {
    const auto count = static_cast<std::size_t>(remembered.at_most());
    const model::Timestamp since{state.last_time.nanoseconds - remembered.seconds * std::int64_t{1'000'000'000}};
    for (int i = 0; i < 2; ++i) {
        const model::Timestamp oldest = participation.closed.front().at;
        const bool is_old = remembered.seconds != 0 && first_closed_by(participation.closed) < since;
        const bool is_too_many = participation.closed.size() > count && oldest < state.last_time;
        if (!is_old && !is_too_many) return;
        forget_oldest(state, participation);
    }
}

void rename(State& state, KnownOrder& renamed, const model::ClOrdId& name) {
    const std::size_t before = renamed.earlier_names.size();
    state.orders.rename(renamed, name);
    state.participation(renamed.order.participant).name_count += renamed.earlier_names.size() - before;
}

void close(State& state, KnownOrder& closing) {
    const model::Order& order = closing.order;
    ensure(order.leaves == model::Quantity{} && order.hold == model::Amount{}, "a closed order holds nothing");
    if (order.expires != model::Timestamp{}) state.due.erase({order.expires, order.id});
    Participation& participation = state.participation(order.participant);
    state.orders.unlink(participation.open, closing);
    --participation.open_count(order.instrument);
    // A journal that somebody wrote by hand may know its orders' participants by their numbers alone.
    const model::Participant* const participant = state.known_participant(order.participant);
    const auto remembered = participant == nullptr ? model::Remembered{} : participant->remembered;
    participation.closed.push_back({closing.place, remembered.seconds == 0 ? model::Timestamp{} : state.last_time});
    forget_some(state, remembered, participation);
}

/// Returns what the account has then of the asset that the order pays with.
const Balance& move_hold(State& state, const model::Order& order, model::Amount before) {
    Balance& balance = state.balances.at(order.account, hold_asset(order, state.instrument(order.instrument)));
    balance.held += order.hold - before;
    balance.available -= order.hold - before;
    ensure(balance.held.units >= 0, "a hold is released once");
    return balance;
}

void ensure_paid(const Balance& balance) {
    ensure(balance.available.units >= 0, "no participant's balance is ever negative");
}

void await(State& state, const model::Order& order) {
    if (!waits(order) || is_dormant(order) || order.state != model::OrderState::open) return;
    state.triggers[order.instrument].add(order);
    review(state, order.instrument);
}

void await_no_more(State& state, const model::Order& order) {
    if (!waits(order) || is_dormant(order)) return;
    state.triggers[order.instrument].remove(order);
    review(state, order.instrument);
}

/// The first was priced by the touch as it is.
void follow(State& state, const model::Order& order) {
    if (!is_pegged(order) || order.state != model::OrderState::open) return;
    ensure(is_within_limit(order), "a pegged order stays within its limit");
    const auto [entry, is_first] = state.pegs.try_emplace(order.instrument);
    Pegs& pegs = entry->second;
    pegs.add(order);
    if (is_first) pegs.set_priced(pegs.touch_in(book_of(state, order)), {});
}

/// The last one that goes takes with it by what prices the others were priced, and when.
void change_peg(State& state, const model::Order& before, const model::Order& after) {
    if (!is_pegged(before)) return;
    const auto pegs = state.pegs.find(before.instrument);
    pegs->second.remove(before);
    follow(state, after);
    if (pegs->second.size() != 0) return;
    state.pegs_due.erase({pegs->second.due(), before.instrument});
    state.pegs.erase(pegs);
}

void join_list(State& state, const model::Order& order) {
    state.named_lists.add(order);
    if (order.special->role != model::ListRole::none) state.add_to_list(order);
}

/// Of a list whose first order was filled the others come alive, one after the other.
void leave_list(State& state, const model::Order& before, const model::Order& after) {
    const model::SpecialTerms& terms = *before.special;
    const bool leaves = after.state != model::OrderState::open || after.special.get().role != terms.role;
    if (terms.role == model::ListRole::none || !leaves) return;
    const bool triggers = terms.role == model::ListRole::triggers_others && after.state == model::OrderState::filled;
    state.take_from_list(before);
    if (triggers && state.lists.contains(terms.list)) {
        come_alive_later(state, before.instrument, state.lists.at(terms.list));
    }
    if (is_dormant(before)) come_alive_no_more(state, before);
}

void take_over(State& state, KnownOrder& changing, const model::Order& after) {
    ensure(changing.order.state == model::OrderState::open, "a closed order changes no more");
    move_hold(state, after, changing.order.hold);
    if (changing.at_rest != 0) {
        Book& book = book_of(state, after);
        if (book.gathers()) note_gathering(state, book, changing.order);
        if (after.state == model::OrderState::open) {
            book.resize(changing, after);
        } else {
            book.remove(changing);
        }
    }
    await_no_more(state, changing.order);
    if (is_for_auction(changing.order)) withdraw(state, changing.order);
    change_peg(state, changing.order, after);
    if (changing.order.special) leave_list(state, changing.order, after);
    changing.order = after;
    await(state, after);
    if (is_for_auction(after) && after.state == model::OrderState::open) take_part(state, changing);
    if (after.state != model::OrderState::open) close(state, changing);
}

void reschedule(State& state, const model::Order& before, const model::Order& after) {
    if (before.expires == after.expires) return;
    state.due.erase({before.expires, before.id});
    if (after.expires != model::Timestamp{}) state.due.emplace(after.expires, after.id);
}

void take_out_of_book(State& state, KnownOrder& leaving) {
    Book& book = book_of(state, leaving.order);
    if (book.gathers()) note_gathering(state, book, leaving.order);
    book.remove(leaving);
}

/// To the back of its level.
void put_into_book(State& state, KnownOrder& arriving) {
    Book& book = book_of(state, arriving.order);
    book.append(arriving);
    if (book.gathers()) note_gathering(state, book, arriving.order);
    if (is_for_auction(arriving.order)) {
        withdraw(state, arriving.order);
        take_part(state, arriving);
    }
}

void credit(State& state, model::AccountId account, model::AssetId asset, model::Amount amount) {
    state.balances.at(account, asset).available += amount;
}

/// Of a trade's half, or of what comes to it. Returns what the account has of base and of quote then.
template <class Half>
std::pair<Balance&, Balance&> move_value(State& state, const Half& traded, const model::Instrument& instrument) {
    const model::Order& order = traded.order;
    credit(state, model::fee_account, traded.fee_asset, traded.fee);
    const auto balances = state.balances.both(order.account, instrument.base, instrument.quote);
    auto& [base, quote] = balances;
    const bool buys = order.side == model::Side::buy;
    base.available += buys ? traded.last_base : -traded.last_base;
    quote.available += buys ? -traded.last_quote : traded.last_quote;
    (traded.fee_asset == instrument.base ? base : quote).available -= traded.fee;
    return balances;
}

void settle(State& state, const model::OrderTraded& traded) {
    const model::Instrument& instrument = state.instrument(traded.order.instrument);
    const auto& [base, quote] = move_value(state, traded, instrument);
    if (!state.reference.fees.tiers.empty()) state.volumes.count(traded, instrument.quote);
    ensure_paid(base);
    ensure_paid(quote);
}

struct Folding {
    State& state;
    model::Sequence sequence;

    void operator()(const model::OrderAccepted& e) const {
        const model::Order& order = e.order;
        KnownOrder& accepted = state.orders.add(order);
        Participation& participation = state.participation(order.participant);
        ++participation.name_count;
        state.orders.link(participation.open, accepted);
        ++participation.open_count(order.instrument);
        ensure_paid(move_hold(state, order, {}));
        if (e.rests) {
            put_into_book(state, accepted);
        } else if (is_for_auction(order)) {
            take_part(state, accepted);
        }
        await(state, order);
        follow(state, order);
        if (order.special) join_list(state, order);
        if (order.expires != model::Timestamp{}) state.due.emplace(order.expires, order.id);
    }
    void operator()(const model::OrderTraded& e) const {
        KnownOrder& trading = known(state, e.order.id);
        if (e.refreshed) book_of(state, e.order).remove(trading);
        take_over(state, trading, e.order);
        if (e.refreshed) book_of(state, e.order).append(trading);
        settle(state, e);
        if (e.incoming) {
            state.begun_triggers(e.order.instrument).set_last(e.last_price);
            review(state, e.order.instrument);
        }
        if (e.incoming) state.sweeping = e.sweep_goes_on ? e.order.id : model::OrderId{};
    }
    void operator()(const model::OrderCancelled& e) const {
        take_over(state, known(state, e.order.id), e.order);
        if (state.sweeping == e.order.id) state.sweeping = {};
    }
    void operator()(const model::OrderExpired& e) const { take_over(state, known(state, e.order.id), e.order); }
    void operator()(const model::OrderReplaced& e) const {
        KnownOrder& replaced = known(state, e.order.id);
        const bool moves = !e.kept_place && replaced.at_rest != 0;
        if (moves) take_out_of_book(state, replaced);
        rename(state, replaced, e.order.cl_ord_id);
        reschedule(state, replaced.order, e.order);
        take_over(state, replaced, e.order);
        ensure_paid(state.balance(e.order.account, hold_asset(e.order, state.instrument(e.order.instrument))));
        if (moves) put_into_book(state, replaced);
    }
    void operator()(const model::OrderRestated& e) const {
        KnownOrder& restated = known(state, e.order.id);
        if (restated.at_rest != 0 && !e.kept_place) take_out_of_book(state, restated);
        take_over(state, restated, e.order);
        if (!e.kept_place) put_into_book(state, restated);
    }
    void operator()(const model::OrderTriggered& e) const {
        KnownOrder& triggered = known(state, e.order.id);
        take_over(state, triggered, e.order);
        if (e.rests) put_into_book(state, triggered);
    }
    void operator()(const model::SweepMarked& e) const { state.sweeping = e.order; }
    void operator()(const model::MassCancelMarked& e) const {
        state.mass_cancelling = e.going_on;
        wait_no_more(state, e.going_on.lost);
    }
    void operator()(const model::MassCancelReported& e) const {
        state.mass_cancelling.reset();
        wait_no_more(state, e.done.lost);
    }
    void operator()(const model::PegsMoved& e) const {
        const auto pegs = state.pegs.find(e.instrument);
        if (pegs == state.pegs.end()) return;
        state.pegs_due.erase({pegs->second.due(), e.instrument});
        pegs->second.set_priced({e.bid, e.offer}, e.next);
        pegs->second.set_followed_at(state.last_time);
        review_pegs(state, e.instrument);
    }
    void operator()(const model::KillSwitchTurned& e) const {
        if (e.on) {
            state.killed.insert(e.participant);
        } else {
            state.killed.erase(e.participant);
        }
    }
    void operator()(const model::SessionLoggedOn& e) const { note_session(state, e); }
    void operator()(const model::SessionDisconnected& e) const { note_session(state, e); }
    void operator()(const model::SessionChanged& e) const { state.sessions[e.session.id].incarnation = e.incarnation; }
    void operator()(const model::InstrumentListed& e) const {
        state.symbols[e.instrument.symbol] = e.instrument.id;
        state.add_book(e.instrument.id);
        begin_phase(state, e.instrument);
    }
    void operator()(const model::InstrumentDelisted& e) const {
        const model::Instrument& instrument = state.instrument(e.instrument);
        state.symbols.erase(instrument.symbol);
        begin_phase(state, instrument);
        review_pegs(state, e.instrument);
    }
    void operator()(const model::ParticipantChanged& e) const { note_rights(state, e.changed); }
    void operator()(const model::AccountChanged& e) const { note_rights(state, e.changed); }
    void operator()(const model::PhaseChanged& e) const {
        const bool is_matched = may_match(e.phase);
        ensure(!is_matched || !is_crossed(state.book(e.instrument)), "nothing is crossed where orders are matched");
        begin_phase(state, state.instrument(e.instrument));
        if (e.phase == model::Phase::volatility_auction) forget_band_center(e.instrument);
        review_pegs(state, e.instrument);
        review_dormant(state, e.instrument);
    }
    /// What is traded next is what the band is around from then on.
    void forget_band_center(model::InstrumentId instrument) const {
        const auto triggers = state.triggers.find(instrument);
        if (triggers != state.triggers.end()) triggers->second.set_band_center({});
    }
    void operator()(const model::UncrossBegun& e) const {
        begin_uncross(state, e);
        review_all_pegs(state, e.instrument);
    }
    void operator()(const model::InstrumentChanged& e) const {
        note_change(state, state.instrument(e.changed.id));
        review_all_pegs(state, e.changed.id);
    }
    void operator()(const model::IndicationChanged& e) const { note_told(state, e); }
    void operator()(const model::AccountOpened& e) const { state.account_names[e.account.name] = e.account.id; }
    void operator()(const model::SessionAdded& e) const { state.sessions[e.session.id] = {model::Incarnation{1}}; }
    void operator()(const model::FundsDeposited& e) const {
        credit(state, e.account, e.asset, e.amount);
        credit(state, model::external_account, e.asset, -e.amount);
    }
    void operator()(const model::FundsTransferred& e) const {
        credit(state, e.from, e.asset, -e.amount);
        credit(state, e.to, e.asset, e.amount);
        ensure_paid(state.balance(e.from, e.asset));
        state.transfers[e.participant].remember(sequence, e);
    }
    void operator()(const model::TradeBusted& e) const { revise(e, {}); }
    void operator()(const model::TradeCorrected& e) const { revise(e, e.last_price); }
    void revise(const model::TradeRevision& e, model::Price price) const {
        const model::Instrument& instrument = state.instrument(e.order.instrument);
        // What is open of it, and what that holds, stays.
        if (KnownOrder* const revised = state.orders.find(e.order.id)) revised->order = e.order;
        move_value(state, e, instrument);
        count_revision(state, e, instrument.quote);
        const model::AssetId asset = owed_asset(e, instrument);
        if (e.owed != model::Amount{}) owe(e.order.account, asset, e.owed);
        ensure_paid(state.balance(e.order.account, asset));
        state.revised.remember(e.match, price);
    }
    void operator()(const model::FeesSet& e) const {
        const bool was_none = state.fees_due == model::Timestamp{};
        state.fees_due = e.rolls_at;
        if (was_none || e.schedule.tiers.empty()) state.volumes.begin(sequence);
    }
    void operator()(const model::FeesRolled& e) const {
        state.fees_due = e.rolls_at;
        state.volumes.begin_day();
    }
    void operator()(const model::ReceivableSettled& e) const { owe(e.account, e.asset, -e.amount); }
    void owe(model::AccountId account, model::AssetId asset, model::Amount amount) const {
        credit(state, account, asset, amount);
        credit(state, model::receivable_account, asset, -amount);
        model::Amount& owed = state.owing[{account, asset}];
        owed += amount;
        ensure(owed.units >= 0, "what is owed is settled once");
        if (owed == model::Amount{}) state.owing.erase({account, asset});
    }
    // The other kinds change reference data alone, or nothing.
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

void fold(State& state, const model::Event& event) {
    ensure(event.sequence.value == state.last_sequence.value + 1, "events are folded in order and without a gap");
    ensure(event.time >= state.last_time, "time never goes back");
    state.last_sequence = event.sequence;
    state.last_time = event.time;
    model::fold(state.reference, event);
    std::visit(Folding{state, event.sequence}, event.body);
    if (state.pegs.empty()) return;
    if (const model::Order* const order = order_of(event.body)) review_pegs(state, *order);
}

}  // namespace venue::engine
