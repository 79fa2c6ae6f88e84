#include "tests/unit/engine/small_venue.hpp"

#include <algorithm>
#include <utility>

#include "venue/engine/snapshot.hpp"

namespace venue::test {
namespace {

using namespace model;

struct Terms {
    Decimal quantity;
    std::optional<Decimal> price;
};

Terms read(const std::string& terms) {
    const auto at = terms.find(" @ ");
    if (at == std::string::npos) return {parse_decimal(terms).value(), {}};
    return {parse_decimal(terms.substr(0, at)).value(), parse_decimal(terms.substr(at + 3)).value()};
}

struct Line {
    const Reference& reference;

    const Instrument& instrument(const Order& order) const { return reference.instruments.at(order.instrument); }

    std::string quantity(const Order& order, Quantity lots) const {
        return to_text(times(instrument(order).lot, lots.lots));
    }
    std::string amount(AssetId asset, Amount amount) const {
        return to_text(amount, reference.assets.at(asset).ledger_digits);
    }
    std::string order(const Order& o) const {
        const AssetId held = o.side == Side::buy ? instrument(o).quote : instrument(o).base;
        return std::string(o.cl_ord_id.view()) + " " + std::string(name(o.state)) + " " + quantity(o, o.cum) + "/" +
               quantity(o, o.quantity) + " holds " + amount(held, o.hold) + special(o);
    }
    /// What of the special terms may differ from what was asked for.
    std::string special(const Order& o) const {
        const SpecialTerms& terms = o.special.get();
        std::string text;
        if (terms.peg != Peg::none || terms.post_only == PostOnly::reprice)
            text += " at " + to_text(times(instrument(o).tick, o.price.ticks));
        if (is_dormant(o) && o.state == OrderState::open) text += " dormant";
        if (waits(o) && o.state == OrderState::open)
            text += " waits for " + std::string(name(terms.waits_for)) + " to " +
                    to_text(times(instrument(o).tick, terms.trigger.ticks));
        if (terms.displayed != Quantity{}) text += " shows " + quantity(o, terms.displayed);
        if (terms.cash != Amount{}) text += " of cash " + amount(instrument(o).quote, terms.cash);
        return text;
    }

    std::string operator()(const OrderAccepted& e) const { return order(e.order) + (e.rests ? ", rests" : ""); }
    std::string operator()(const OrderRejected& e) const {
        return std::string(e.cl_ord_id.view()) + " " + std::string(name(e.flaw.reason));
    }
    std::string operator()(const OrderTraded& e) const {
        std::string text = order(e.order) + ", " + quantity(e.order, e.last_quantity) + " @ " +
                           to_text(times(instrument(e.order).tick, e.last_price.ticks)) + " as " +
                           (e.in_auction ? "crossed"
                            : e.incoming ? "incoming"
                                         : "resting");
        if (e.fee != Amount{})
            text += ", fee " + amount(e.fee_asset, e.fee) + " " + reference.assets.at(e.fee_asset).code;
        return text + (e.refreshed ? ", refreshed" : "") + (e.sweep_goes_on ? ", sweep goes on" : "");
    }
    std::string operator()(const OrderCancelled& e) const {
        return order(e.order) + ", " + std::string(name(e.reason)) +
               (e.request.empty() ? "" : " " + std::string(e.request.view()));
    }
    std::string operator()(const OrderExpired& e) const { return order(e.order); }
    std::string operator()(const OrderReplaced& e) const {
        return order(e.order) + ", was " + std::string(e.previous.view()) + (e.kept_place ? ", kept its place" : "");
    }
    std::string operator()(const OrderRestated& e) const {
        return order(e.order) + ", " + std::string(name(e.reason)) + (e.kept_place ? ", kept its place" : "");
    }
    std::string operator()(const OrderTriggered& e) const {
        const bool by_price = e.reason == RejectReason::triggered;
        return order(e.order) + (e.rests ? ", rests" : "") + (by_price ? "" : ", " + std::string(name(e.reason)));
    }
    std::string operator()(const SweepMarked& e) const { return std::to_string(e.order.value); }
    std::string operator()(const MassCancelMarked& e) const {
        return std::to_string(e.going_on.affected) + " so far, next " + std::to_string(e.going_on.next.value);
    }
    std::string operator()(const MassCancelReported& e) const {
        const std::string asked = e.done.cl_ord_id.empty() ? "" : std::string(e.done.cl_ord_id.view()) + " ";
        return asked + (e.flaw ? std::string(name(e.flaw.reason)) : std::to_string(e.done.affected));
    }
    std::string operator()(const ListReported& e) const {
        std::string text(e.name.view());
        for (const ListedOrder& listed : e.orders) {
            text += " " + std::string(listed.cl_ord_id.view()) + " ";
            text += listed.flaw ? std::string(name(listed.flaw.reason)) : std::to_string(listed.leaves.lots) + " lots";
        }
        return text;
    }
    std::string operator()(const PegsMoved& e) const {
        return std::to_string(e.bid.ticks) + " " + std::to_string(e.offer.ticks) + (e.next ? " goes on" : "");
    }
    std::string operator()(const KillSwitchTurned& e) const {
        return reference.participants.at(e.participant).name + (e.on ? " on" : " off");
    }
    std::string operator()(const ChangeRejected& e) const {
        return std::string(e.cl_ord_id.view()) + " " + std::string(name(e.flaw.reason));
    }
    std::string operator()(const SessionLoggedOn& e) const {
        return reference.sessions.at(e.session).comp_id + " incarnation " + std::to_string(e.incarnation.value);
    }
    std::string operator()(const SessionDisconnected& e) const {
        const std::string at = std::to_string(e.cancels_at.nanoseconds);
        return reference.sessions.at(e.session).comp_id + " " + std::string(name(e.reason)) +
               (e.cancels_at == Timestamp{} ? "" : ", cancels at " + at);
    }
    std::string operator()(const AssetAdded& e) const { return e.asset.code; }
    std::string operator()(const InstrumentListed& e) const { return e.instrument.symbol; }
    std::string operator()(const ParticipantAdded& e) const { return e.participant.name; }
    std::string operator()(const AccountOpened& e) const { return e.account.name; }
    std::string operator()(const SessionAdded& e) const { return e.session.comp_id; }
    std::string operator()(const FundsDeposited& e) const {
        return reference.accounts.at(e.account).name + " " + amount(e.asset, e.amount) + " " +
               reference.assets.at(e.asset).code;
    }
    std::string operator()(const ConfigurationRejected& e) const { return e.sentence; }
    template <class Revised>
    requires std::is_base_of_v<TradeRevision, Revised> std::string operator()(const Revised& e) const {
        const Instrument& of = instrument(e.order);
        std::string text =
            order(e.order) + ", " + quantity(e.order, e.traded) + " @ " + to_text(times(of.tick, e.last_price.ticks));
        if (e.last_quote != Amount{})
            text += ", " + amount(of.quote, e.last_quote) + " " + reference.assets.at(of.quote).code;
        if (e.fee != Amount{})
            text += ", fee " + amount(e.fee_asset, e.fee) + " " + reference.assets.at(e.fee_asset).code;
        const AssetId owed = owed_asset(e, of);
        if (e.owed != Amount{}) text += ", owes " + amount(owed, e.owed) + " " + reference.assets.at(owed).code;
        return text;
    }
    std::string operator()(const FeesSet& e) const {
        const std::string moved = tiers(e.changes);
        return std::to_string(e.schedule.tiers.size()) + " tiers until " + seconds(e.rolls_at) +
               (moved.empty() ? "" : ", " + moved.substr(0, moved.size() - 1));
    }
    std::string operator()(const FeesRolled& e) const { return tiers(e.changes) + "until " + seconds(e.rolls_at); }
    std::string tiers(const std::vector<TierChange>& changes) const {
        std::string text;
        for (const auto& [id, tier] : changes)
            text += reference.participants.at(id).name + " " + std::to_string(tier) + " ";
        return text;
    }
    std::string operator()(const ReceivableSettled& e) const {
        return reference.accounts.at(e.account).name + " " + amount(e.asset, e.amount) + " " +
               reference.assets.at(e.asset).code;
    }
    std::string operator()(const InstrumentChanged& e) const { return e.changed.symbol; }
    std::string operator()(const InstrumentDelisted& e) const { return listed(e.instrument).symbol; }
    std::string operator()(const ParticipantChanged& e) const {
        return e.changed.name + (e.changed.suspended ? " suspended" : "");
    }
    std::string operator()(const SessionChanged& e) const {
        return e.session.comp_id + " incarnation " + std::to_string(e.incarnation.value) +
               (e.session.disabled ? " disabled" : "");
    }
    std::string operator()(const AccountChanged& e) const {
        return e.changed.name + (e.changed.suspended ? " suspended" : "");
    }
    std::string seconds(Timestamp time) const { return std::to_string(time.nanoseconds / 1'000'000'000); }
    const Instrument& listed(InstrumentId id) const { return reference.instruments.at(id); }
    std::string operator()(const PhaseChanged& e) const {
        const std::string until = e.until == Timestamp{} ? "" : " until " + seconds(e.until);
        return listed(e.instrument).symbol + " " + std::string(name(e.phase)) + until;
    }
    std::string operator()(const UncrossBegun& e) const {
        return listed(e.instrument).symbol + " " + to_text(times(listed(e.instrument).lot, e.volume.lots)) + " @ " +
               to_text(times(listed(e.instrument).tick, e.price.ticks)) + ", then " + std::string(name(e.next));
    }
    std::string operator()(const IndicationChanged& e) const {
        const Instrument& of = listed(e.instrument);
        return of.symbol + " " + to_text(times(of.lot, e.volume.lots)) + " @ " +
               to_text(times(of.tick, e.price.ticks)) + ", surplus " + to_text(times(of.lot, e.surplus.lots));
    }
    std::string operator()(const FundsTransferred& e) const {
        return e.id + " " + reference.accounts.at(e.from).name + " to " + reference.accounts.at(e.to).name + " " +
               amount(e.asset, e.amount) + " " + reference.assets.at(e.asset).code;
    }
    std::string operator()(const TransferRejected& e) const { return e.id + " " + std::string(name(e.reason)); }
};

std::string levels(const std::vector<BookLevel>& side, const Instrument& instrument) {
    std::string text;
    for (const BookLevel& level : side) {
        text += " " + to_text(times(instrument.tick, level.price.ticks)) + ":" +
                to_text(times(instrument.lot, level.size.lots)) + "(" + std::to_string(level.order_count) + ")";
    }
    return text;
}

}  // namespace

SmallVenue::SmallVenue() : SmallVenue(Fees{}) {}

SmallVenue::SmallVenue(Fees fees) {
    handle(AddAsset{{{}, "BTC", 8, 8}});
    handle(AddAsset{{{}, "USD", 6, 2}});
    handle(listing("BTC-USD", fees));
    for (const std::string name : {"alice", "bob"}) {
        handle(AddParticipant{name, {}, fees.remembered});
        handle(OpenAccount{name, name});
    }
    handle(AddSession{"alice", "alice", "ALICE", "alice", "", ""});
    handle(AddSession{"alice", "alice", "ALICE2", "alice2", "", ""});
    handle(AddSession{"bob", "bob", "BOB", "bob", "", ""});
}

void SmallVenue::deposit(std::string account, std::string asset, std::string amount) {
    handle(DepositFunds{std::move(account), std::move(asset), parse_decimal(amount).value()});
}

std::vector<std::string> SmallVenue::buy(std::string session, std::string name, std::string terms,
                                         TimeInForce time_in_force) {
    return handle(order(std::move(name), Side::buy, std::move(terms), time_in_force), std::move(session));
}

std::vector<std::string> SmallVenue::sell(std::string session, std::string name, std::string terms,
                                          TimeInForce time_in_force) {
    return handle(order(std::move(name), Side::sell, std::move(terms), time_in_force), std::move(session));
}

std::vector<std::string> SmallVenue::cancel(std::string session, std::string name, std::string original, Side side) {
    return handle(CancelOrder{ClOrdId(name), ClOrdId(original), {}, "BTC-USD", side, {}}, std::move(session));
}

std::vector<std::string> SmallVenue::replace(std::string session, std::string name, std::string original,
                                             std::string terms, Side side) {
    const auto [quantity, price] = read(terms);
    return handle(ReplaceOrder{ClOrdId(name),
                               ClOrdId(original),
                               {},
                               "BTC-USD",
                               side,
                               price ? OrderType::limit : OrderType::market,
                               quantity,
                               price,
                               {}},
                  std::move(session));
}

std::vector<std::string> SmallVenue::handle(CommandBody body, std::string session_name) {
    Command command{{}, std::move(body)};
    if (!session_name.empty()) command.origin = {session(session_name), Incarnation{1}, 7};
    const std::size_t before = events_.size();
    engine.handle(command, now, events_);
    std::vector<std::string> lines;
    for (std::size_t i = before; i < events_.size(); ++i) lines.push_back(line(events_[i], engine.reference()));
    return lines;
}

std::vector<std::string> SmallVenue::settle(CommandBody body, std::string session_name) {
    std::vector<std::string> lines = handle(std::move(body), std::move(session_name));
    while (const auto next = engine.follow_up()) {
        for (std::string& line : handle(*next)) lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> SmallVenue::advance(Timestamp until) {
    std::vector<std::string> lines;
    for (auto due = engine.next_due(); due && *due <= until; due = engine.next_due()) {
        now = std::max(*due, now);
        for (std::string& line : settle(AdvanceTime{*due})) lines.push_back(std::move(line));
    }
    now = std::max(until, now);
    return lines;
}

bool SmallVenue::restart() {
    const auto as_live = [&](const engine::Engine& other) {
        return other.state_hash() == engine.state_hash() && other.reference() == engine.reference() &&
               other.next_due() == engine.next_due();
    };
    engine::Engine folded;
    for (const Event& event : events_) folded.fold(event);
    if (!as_live(folded)) return false;
    std::string bytes;
    engine::write_snapshot(folded, [&](std::string_view piece) { bytes.append(piece); });
    std::string_view rest = bytes;
    engine::Engine read = engine::read_snapshot([&] { return std::exchange(rest, {}); });
    const bool same = as_live(read);
    engine = std::move(read);
    return same;
}

std::string SmallVenue::funds(std::string account, std::string asset) const {
    const Asset& found = *engine.reference().asset(asset);
    const auto balance = engine.balance(engine.reference().account(account)->id, found.id);
    return to_text(balance.available, found.ledger_digits) + "+" + to_text(balance.held, found.ledger_digits);
}

model::ReviseTrade SmallVenue::latest_trade() const {
    model::ReviseTrade asked;
    for (const model::Event& event : events_) {
        const auto* const traded = std::get_if<model::OrderTraded>(&event.body);
        if (traded == nullptr) continue;
        if (traded->match != asked.match) asked.halves.clear();
        asked.match = traded->match;
        asked.halves.push_back(half_of(*traded, event.time));
    }
    return asked;
}

std::string SmallVenue::book(const std::string& symbol) const {
    const auto answer = engine.answer(BookQuestion{"", symbol}, session("ALICE"), now);
    const auto& found = std::get<BookAnswer>(answer);
    const Instrument& instrument = engine.reference().instruments.at(found.instrument);
    return "bids" + levels(found.bids, instrument) + " offers" + levels(found.offers, instrument);
}

SessionId SmallVenue::session(const std::string& name) const { return engine.reference().session(name)->id; }

ListInstrument listing(const std::string& symbol, const SmallVenue::Fees& fees, int price_digits) {
    return {.symbol = symbol,
            .base = symbol.substr(0, symbol.find('-')),
            .quote = symbol.substr(symbol.find('-') + 1),
            .tick = {1, price_digits},
            .lot = {1, 2},
            .maker_rate = fees.maker,
            .taker_rate = fees.taker,
            .fee_source = fees.source,
            .display_min_bp = fees.display_min_bp,
            .schedule = fees.schedule,
            .day_end = fees.day_end,
            .auction_rate = fees.auction,
            .reference_price = fees.reference_price,
            .static_band_bp = fees.static_band_bp,
            .dynamic_band_bp = fees.dynamic_band_bp,
            .volatility_seconds = fees.volatility_seconds,
            .protection_bp = fees.protection_bp};
}

PlaceOrder order(std::string name, Side side, std::string terms, TimeInForce time_in_force) {
    const auto [quantity, price] = read(terms);
    const OrderType type = price ? OrderType::limit : OrderType::market;
    return {ClOrdId(name), "", "BTC-USD", side, type, time_in_force, quantity, price, {}};
}

std::string line(const Event& event, const Reference& reference) {
    std::string text(name(event.body));
    if (event.session) text += " to " + reference.sessions.at(event.session).comp_id;
    if (event.other_session) text += " and " + reference.sessions.at(event.other_session).comp_id;
    return text + ": " + std::visit(Line{reference}, event.body);
}

}  // namespace venue::test
