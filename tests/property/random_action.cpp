#include "tests/property/random_action.hpp"

namespace venue::test {
namespace {

using model::Decimal;

struct Sender {
    const char* session;
    const char* participant;
};
constexpr Sender senders[] = {{"ALICE", "alice"}, {"ALICE2", "alice"}, {"BOB", "bob"}, {"CAROL", "carol"}};

model::ClOrdId name_of(const std::string& text) { return model::ClOrdId(text); }

std::optional<model::Timestamp> after(model::Timestamp now, const std::optional<std::int64_t>& nanoseconds) {
    if (!nanoseconds) return {};
    return model::Timestamp{now.nanoseconds + *nanoseconds};
}

std::optional<Decimal> thousandths(const std::optional<std::int64_t>& count) {
    return count ? std::optional(model::times({1, 3}, *count)) : std::nullopt;
}

model::Box<model::AskedTerms> special_of(const Action& a, model::Timestamp now) {
    model::AskedTerms terms;
    terms.post_only = a.post_only;
    terms.outlives_session = a.outlives_session;
    terms.min_quantity = thousandths(a.min_milli_btc);
    terms.cash = thousandths(a.cash_deci_cents);
    terms.display = thousandths(a.display_milli_btc);
    terms.self_trade = a.self_trade;
    terms.self_trade_group = a.group;
    if (a.trigger_deci_usd) terms.trigger = model::times({1, 1}, *a.trigger_deci_usd);
    terms.waits_for = a.waits_for;
    if (a.trail_deci_usd) terms.trail = model::times({1, 1}, *a.trail_deci_usd);
    terms.trail_in_bp = a.trail_in_bp;
    terms.peg = a.peg;
    if (a.offset_deci_usd) terms.trail = model::times({1, 1}, *a.offset_deci_usd);
    terms.expires = after(now, a.expires_in);
    terms.valid_until = after(now, a.valid_for);
    model::Box<model::AskedTerms> special;
    if (terms != model::AskedTerms{}) special.emplace(terms);
    return special;
}

model::PlaceOrder placing(const Action& a, std::optional<Decimal> price, model::Timestamp now) {
    return {name_of(a.name),
            "",
            "BTC-USD",
            a.buys ? model::Side::buy : model::Side::sell,
            type_of(a),
            a.time_in_force,
            model::times({1, 3}, a.milli_btc),
            price,
            {},
            special_of(a, now)};
}

model::PlaceList list_of(const Action& a, model::Timestamp now) {
    model::PlaceList list{.id = name_of(a.list)};
    list.kind = a.cancels_others ? model::ListKind::one_cancels_others : model::ListKind::one_triggers_others;
    for (const Action& leg : a.legs) {
        const auto price = leg.deci_usd ? std::optional(Decimal{*leg.deci_usd, 1}) : std::nullopt;
        list.legs.push_back(placing(leg, price, now));
    }
    return list;
}

model::MassCancel mass_cancel_of(const Action& a) {
    model::MassCancel asked{name_of(a.name), "", a.symbol};
    if (a.only_buys) asked.side = *a.only_buys ? model::Side::buy : model::Side::sell;
    asked.kill_switch = a.kill_switch;
    return asked;
}

model::TransferFunds transfer_of(const Action& a) {
    const std::string savings = savings_of(a.participant);
    return {a.name,
            a.market ? savings : a.participant,
            a.market ? a.participant : savings,
            a.buys ? "BTC" : "USD",
            {a.milli_btc, 3}};
}

model::CommandBody limiting(const Action& a) {
    const auto& l = a.limits;
    const model::AskedLimits limits{model::times({1, 2}, l.lots), Decimal{l.notional_usd, 0},
                                    static_cast<std::int32_t>(l.open_orders),
                                    static_cast<std::int32_t>(l.fat_finger_bp)};
    if (!a.participant.empty()) return model::LimitParticipant{a.participant, "BTC-USD", limits};
    return model::ChangeInstrument{.symbol = "BTC-USD", .limits = limits};
}

}  // namespace

Action RandomActions::next() {
    Action action;
    const Sender& sender = senders[below(4)];
    action.session = sender.session;
    action.participant = sender.participant;
    action.later = (one_in(50) ? 30'000 : below(10)) * second;
    // Within the time for which what was told or moved isn't told or moved again, or at its end.
    if (one_in(4)) action.later = below(4) * 50'000'000;
    const std::int64_t dice = below(100);
    action.kind = dice < 55   ? Kind::place
                  : dice < 60 ? Kind::place_list
                  : dice < 75 ? Kind::cancel
                  : dice < 92 ? Kind::replace
                  : dice < 93 ? Kind::mass_cancel
                  : dice < 94 ? Kind::deposit
                  : dice < 95 ? Kind::disconnect
                  : dice < 98 ? Kind::transfer
                              : Kind::advance;
    choose_terms(action);
    choose_special_terms(action);
    action.original = some_name();
    action.name = one_in(30) ? some_name() : new_name();
    if (action.kind == Kind::transfer) choose_transfer(action);
    const bool is_to_go_on = killed_.contains(action.participant) && one_in(6);
    if (is_to_go_on) action.kind = Kind::mass_cancel;
    if (action.kind == Kind::mass_cancel) choose_mass_cancel(action);
    if (action.kind == Kind::disconnect) choose_session_change(action);
    // A kill switch that is to be turned is in mind already.
    if (action.kind != Kind::mass_cancel && one_in(phase_ == model::Phase::continuous ? 50 : 20)) choose_phase(action);
    const bool is_remembered = action.kind == Kind::mass_cancel || action.kind == Kind::phase;
    if (!is_remembered && one_in(suspended_.empty() && limited_.empty() ? 70 : 20)) choose_operation(action);
    const bool is_operation = action.kind == Kind::limit || action.kind == Kind::suspend;
    if (!is_remembered && !is_operation && one_in(50)) choose_revision(action);
    if (!is_remembered && !is_operation && one_in(100)) choose_bands(action);
    if (!is_remembered && !is_operation && one_in(200)) action.kind = Kind::cancel_all;
    if (action.kind == Kind::place_list) choose_legs(action);
    if (action.kind == Kind::replace && last_list_ && one_in(6)) choose_leg_to_move(action);
    if (action.kind == Kind::cancel && last_list_ && one_in(12)) choose_list_to_cancel(action);
    return action;
}

std::string RandomActions::new_name() {
    names_.push_back("n" + std::to_string(names_.size()));
    return names_.back();
}

/// Mostly of one side and one size, as who takes a profit or cuts a loss asks for it.
void RandomActions::choose_legs(Action& list) {
    list.cancels_others = one_in(2);
    if (!one_in(4)) list.list = last_list_ && one_in(20) ? last_list_->list : "of-" + list.name;
    for (std::int64_t i = one_in(20) ? 1 : 2 + below(2); i > 0; --i) {
        Action leg = list;
        leg.legs.clear();
        leg.kind = Kind::place;
        leg.name = one_in(40) ? some_name() : new_name();
        if (one_in(6)) leg.buys = !leg.buys;
        if (one_in(4)) leg.milli_btc = 10 * (1 + below(200));
        const bool is_first = list.legs.empty();
        const bool is_free = one_in(20) || (is_first && !list.cancels_others && one_in(3));
        if (!is_free) {
            leg.market = false;
            leg.time_in_force = one_in(3) ? model::TimeInForce::day : model::TimeInForce::gtc;
            leg.post_only = model::PostOnly::no;
            leg.min_milli_btc = leg.expires_in = leg.cash_deci_cents = {};
            leg.peg = model::Peg::none;
            leg.waiting = {};
            leg.waits_for = model::WaitsFor::nothing;
            leg.offset_deci_usd = leg.trigger_deci_usd = leg.trail_deci_usd = {};
            leg.deci_usd = 10 * (leg.buys ? 94 + below(5) : 102 + below(5));
            choose_trigger(leg);
        }
        list.legs.push_back(leg);
    }
    last_list_ = list;
}

/// To where the others of its list may be, or the rest of the book.
void RandomActions::choose_leg_to_move(Action& action) {
    Action moved = last_list_->legs[static_cast<std::size_t>(below(std::ssize(last_list_->legs)))];
    moved.kind = Kind::replace;
    moved.original = moved.name;
    moved.name = action.name;
    moved.later = action.later;
    if (moved.deci_usd) moved.deci_usd = 10 * (94 + below(13));
    action = moved;
}

/// By one of those that entered it, or by whoever else.
void RandomActions::choose_list_to_cancel(Action& action) {
    action.kind = Kind::cancel_list;
    action.list = last_list_->list;
    if (one_in(4)) return;
    action.session = last_list_->session;
    action.participant = last_list_->participant;
}

void RandomActions::choose_session_change(Action& action) {
    action.session = "CAROL";
    action.participant = "carol";
    if (one_in(2)) action.kind = Kind::log_on;
    if (one_in(2)) action.cancels = static_cast<model::CancelOnDisconnect>(below(3));
    using enum model::DisconnectReason;
    action.disconnect = one_in(4) ? declined : one_in(4) ? restart : dropped;
}

/// A kill switch that was turned on is turned off soon, so that there is something to see.
void RandomActions::choose_mass_cancel(Action& action) {
    const bool is_killed = killed_.contains(action.participant);
    if (is_killed || one_in(4)) action.kill_switch = is_killed ? model::KillSwitch::off : model::KillSwitch::on;
    const bool is_narrow = one_in(action.kill_switch == model::KillSwitch::as_it_is ? 2 : 20);
    if (is_narrow) action.symbol = one_in(20) ? "NO-SUCH" : "BTC-USD";
    if (is_narrow && one_in(2)) action.only_buys = one_in(2);
    const bool is_new = !names_.empty() && action.name == names_.back();
    if (is_narrow || !is_new) return;
    if (action.kill_switch == model::KillSwitch::on) killed_.insert(action.participant);
    if (action.kill_switch == model::KillSwitch::off) killed_.erase(action.participant);
}

/// Often the one before is asked for again, as whoever missed an answer does; now and then its id with other terms.
void RandomActions::choose_transfer(Action& action) {
    if (last_transfer_ && one_in(4)) {
        const std::int64_t later = action.later;
        action = *last_transfer_;
        action.later = later;
    }
    if (last_transfer_ && one_in(10)) action.name = last_transfer_->name;
    last_transfer_ = action;
}

void RandomActions::choose_terms(Action& action) {
    action.buys = one_in(2);
    action.market = one_in(8);
    action.time_in_force = std::vector{
        model::TimeInForce::gtc, model::TimeInForce::gtc, model::TimeInForce::day,
        model::TimeInForce::ioc, model::TimeInForce::fok, model::TimeInForce::gtd}[static_cast<std::size_t>(below(6))];
    if (one_in(phase_ == model::Phase::continuous ? 12 : 4))
        action.time_in_force = one_in(2) ? model::TimeInForce::at_open : model::TimeInForce::at_close;
    action.milli_btc = 10 * (1 + below(one_in(10) ? 2'000 : 200));
    if (one_in(4)) action.milli_btc = 1'000;  // Equal quantities meet more often than chance would have it.
    if (one_in(40)) action.milli_btc = below(30) - 10;
    if (one_in(100)) action.milli_btc = 10 * (model::quantity_lots_max + below(2));
    if (action.market && !one_in(10)) return;
    action.deci_usd = 10 * (95 + below(11));
    if (one_in(40)) action.deci_usd = below(30) - 10;
    if (one_in(100)) action.deci_usd = 10 * (model::price_ticks_max + below(2));
}

/// Most of them where they may stand, and now and then where they may not.
void RandomActions::choose_special_terms(Action& action) {
    const bool is_new = action.kind == Kind::place || action.kind == Kind::place_list;
    if (!is_new && action.kind != Kind::replace) return;
    if (one_in(30)) action.valid_for = (below(6) - 1) * second;
    const bool by_date = action.time_in_force == model::TimeInForce::gtd;
    if ((by_date && (is_new || one_in(3))) || one_in(60))
        action.expires_in = (below(40'000) - (one_in(20) ? 40'000 : -1)) * second;
    const bool rests = !action.market && action.time_in_force != model::TimeInForce::ioc &&
                       action.time_in_force != model::TimeInForce::fok;
    if (one_in(rests ? 6 : 80)) action.post_only = one_in(2) ? model::PostOnly::reject : model::PostOnly::reprice;
    action.outlives_session = one_in(is_new ? 8 : 80);
    if (one_in(is_new ? 12 : 80))
        action.min_milli_btc = 10 * (1 + below(action.milli_btc > 0 ? action.milli_btc / 8 + 1 : 9));
    if (one_in(300)) action.min_milli_btc = below(40) - 20;
    if (one_in(rests ? 4 : 80))
        action.display_milli_btc = 10 * (1 + below(action.milli_btc > 0 ? action.milli_btc / 10 + 1 : 9));
    if (one_in(200)) action.display_milli_btc = below(40) - 20;
    if (one_in(is_new ? 5 : 60)) action.self_trade = static_cast<model::SelfTrade>(1 + below(4));
    if (one_in(is_new ? 8 : 60)) action.group = 1 + below(2);
    one_in(10) ? choose_peg(action) : choose_trigger(action);
    const bool by_cash = action.market && is_new ? one_in(2) : one_in(150);
    if (!by_cash) return;
    action.cash_deci_cents = 1 + below(one_in(4) ? 3'000'000 : 300'000);
    if (one_in(30)) action.cash_deci_cents = below(10) - 5;
    if (!one_in(20)) action.milli_btc = 0;
}

void RandomActions::choose_peg(Action& action) {
    action.peg = one_in(2) ? model::Peg::primary : model::Peg::market;
    action.market = false;
    if (!one_in(20)) action.time_in_force = one_in(3) ? model::TimeInForce::day : model::TimeInForce::gtc;
    if (!one_in(20)) {
        action.post_only = model::PostOnly::no;
        action.min_milli_btc = action.display_milli_btc = action.expires_in = {};
    }
    if (!action.buys && one_in(2)) action.deci_usd = {};
    if (one_in(2)) return;
    // Mostly away from what it follows, and now and then beyond it.
    const std::int64_t away = 10 * (below(6) - (one_in(3) ? 4 : 0));
    action.offset_deci_usd = action.buys ? -away : away;
    if (one_in(30)) action.offset_deci_usd = below(30);
}

void RandomActions::choose_trigger(Action& action) {
    const bool waits = one_in(action.kind == Kind::place ? 7 : 15);
    if (waits) {
        constexpr model::OrderType types[] = {model::OrderType::stop, model::OrderType::stop_limit,
                                              model::OrderType::market_if_touched, model::OrderType::trailing_stop};
        action.waiting = types[below(4)];
        action.market = false;
        if (!one_in(10)) action.time_in_force = model::TimeInForce::gtc;
        if (!one_in(10)) {
            action.post_only = model::PostOnly::no;
            action.min_milli_btc = action.display_milli_btc = action.expires_in = {};
        }
        const bool needs_price = action.buys || action.waiting == model::OrderType::stop_limit;
        if (needs_price ? one_in(20) : one_in(2)) action.deci_usd = {};
        if (needs_price && !action.deci_usd && !one_in(5)) action.deci_usd = 10 * (98 + below(8));
    }
    const bool trails = action.waiting == model::OrderType::trailing_stop;
    if (trails ? !one_in(20) && (action.kind == Kind::place || one_in(2)) : one_in(200)) {
        action.trail_in_bp = one_in(2);
        action.trail_deci_usd = 10 * (1 + below(action.trail_in_bp ? 500 : 5));
        if (one_in(20)) action.trail_deci_usd = below(30) - 10;
        if (one_in(50)) action.trail_deci_usd = 100'000 + below(2) * 10;
    }
    if (trails ? one_in(40) : waits ? !one_in(20) && (action.kind == Kind::place || one_in(2)) : one_in(100)) {
        action.trigger_deci_usd = 10 * (95 + below(11));
        if (one_in(30)) action.trigger_deci_usd = below(30) - 10;
    }
    if (one_in(trails ? 40 : waits ? 4 : 200))
        action.waits_for = one_in(2) ? model::WaitsFor::rise : model::WaitsFor::fall;
}

model::OrderType type_of(const Action& action) {
    if (action.peg != model::Peg::none) return model::OrderType::pegged;
    if (action.waiting) return *action.waiting;
    return action.market ? model::OrderType::market : model::OrderType::limit;
}

std::string RandomActions::some_name() {
    if (names_.empty()) return "none";
    // Mostly a recent one: old orders are closed.
    const auto recent = static_cast<std::int64_t>(std::min<std::size_t>(names_.size(), one_in(10) ? 1'000 : 30));
    return names_[names_.size() - 1 - static_cast<std::size_t>(below(recent))];
}

bool is_sent(Kind kind) {
    using enum Kind;
    return kind == place || kind == place_list || kind == cancel_list || kind == cancel || kind == replace ||
           kind == mass_cancel;
}

model::CommandBody command_of(const Action& a, model::Timestamp now) {
    const auto price = a.deci_usd ? std::optional(Decimal{*a.deci_usd, 1}) : std::nullopt;
    const model::PlaceOrder order = placing(a, price, now);
    switch (a.kind) {
        case Kind::place:
            return order;
        case Kind::cancel:
            return model::CancelOrder{order.cl_ord_id, name_of(a.original), {}, order.symbol, order.side, {}};
        case Kind::replace:
            return model::ReplaceOrder{order.cl_ord_id,
                                       name_of(a.original),
                                       {},
                                       order.symbol,
                                       order.side,
                                       order.type,
                                       order.quantity,
                                       price,
                                       {},
                                       "",
                                       {},
                                       special_of(a, now)};
        case Kind::place_list:
            return list_of(a, now);
        case Kind::cancel_list:
            return model::CancelList{name_of(a.list)};
        case Kind::mass_cancel:
            return mass_cancel_of(a);
        case Kind::deposit:
            return model::DepositFunds{a.participant, a.buys ? "BTC" : "USD", {a.buys ? 1 : 100, 0}};
        case Kind::transfer:
            return transfer_of(a);
        case Kind::log_on:
        case Kind::disconnect:
        case Kind::phase:
            return model::ChangePhase{order.symbol, a.phase};
        case Kind::limit:
            return limiting(a);
        case Kind::bands:
            return model::ChangeInstrument{.symbol = order.symbol,
                                           .static_band_bp = a.bands.fixed_bp,
                                           .dynamic_band_bp = a.bands.dynamic_bp,
                                           .volatility_seconds = a.bands.volatility_seconds,
                                           .protection_bp = a.bands.protection_bp};
        case Kind::cancel_all:
            return model::CancelOrders{a.buys ? order.symbol : "", a.participant};
        case Kind::suspend:
            return model::Suspend{a.participant, a.market ? a.participant : "", a.suspends};
        case Kind::settle:
            return model::SettleReceivable{a.participant, a.buys ? "BTC" : "USD"};
        case Kind::revise:
        case Kind::advance:
            break;
    }
    return model::AdvanceTime{now};
}

std::string savings_of(const std::string& participant) { return participant + "-savings"; }

}  // namespace venue::test
