#include "tests/property/random_action.hpp"

namespace venue::test {
namespace {

struct Sender {
    const char* session;
    const char* participant;
};
constexpr Sender senders[] = {{"ALICE", "alice"}, {"ALICE2", "alice"}, {"BOB", "bob"}, {"CAROL", "carol"}};

}  // namespace

Action RandomActions::next() {
    Action action;
    const Sender& sender = senders[below(4)];
    action.session = sender.session;
    action.participant = sender.participant;
    choose_market(action);
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
    action.asset = action.buys ? "BTC" : "USD";
    if (is_wide() && one_in(3)) action.asset = "ETH";
    action.original = some_name();
    action.name = one_in(30) ? some_name() : new_name();
    if (action.kind == Kind::transfer) choose_transfer(action);
    const bool is_to_go_on = killed_.contains(action.participant) && one_in(6);
    if (is_to_go_on) action.kind = Kind::mass_cancel;
    if (action.kind == Kind::mass_cancel) choose_mass_cancel(action);
    if (action.kind == Kind::disconnect) choose_session_change(action);
    // A kill switch that is to be turned is in mind already.
    if (action.kind != Kind::mass_cancel && one_in(phases_[action.symbol] == model::Phase::continuous ? 50 : 20))
        choose_phase(action);
    const bool is_remembered = action.kind == Kind::mass_cancel || action.kind == Kind::phase;
    if (!is_remembered && one_in(!suspended_ && !limited_ ? 70 : 20)) choose_operation(action);
    const bool is_operation = action.kind == Kind::limit || action.kind == Kind::suspend;
    if (!is_remembered && !is_operation && one_in(50)) choose_revision(action);
    if (!is_remembered && !is_operation && one_in(100)) choose_bands(action);
    if (!is_remembered && !is_operation && one_in(200)) choose_cancel_all(action);
    if (is_wide() && !is_remembered && !is_operation && one_in(delisted_.empty() ? 120 : 20)) choose_listing(action);
    if (action.kind == Kind::place_list) choose_legs(action);
    if (action.kind == Kind::replace && last_list_ && one_in(6)) choose_leg_to_move(action);
    if (action.kind == Kind::cancel && last_list_ && one_in(12)) choose_list_to_cancel(action);
    if (is_wide()) name_market(action);
    return action;
}

void RandomActions::choose_market(Action& action) {
    action.symbol = symbols_.front();
    if (!is_wide()) return;
    action.symbol = symbols_[static_cast<std::size_t>(below(std::ssize(symbols_)))];
    if (one_in(3)) action.account = savings_of(action.participant);
    if (one_in(20)) action.account = one_in(2) ? action.participant : "bob";
}

/// Who changes an order mostly knows where it stands; and whoever comes later will know it.
void RandomActions::name_market(Action& action) {
    const bool changes = action.kind == Kind::cancel || action.kind == Kind::replace;
    const auto known = symbols_of_.find(action.original);
    if (changes && known != symbols_of_.end() && !one_in(30)) action.symbol = known->second;
    if (changes && !one_in(30)) action.account.clear();
    symbols_of_.try_emplace(action.name, action.symbol);
    for (Action& leg : action.legs) {
        if (one_in(60)) leg.symbol = symbols_.front();
        if (one_in(60)) leg.account.clear();
        symbols_of_.try_emplace(leg.name, leg.symbol);
    }
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
        if (one_in(4)) leg.milli_base = 10 * (1 + below(200));
        const bool is_first = list.legs.empty();
        const bool is_free = one_in(20) || (is_first && !list.cancels_others && one_in(3));
        if (!is_free) {
            leg.market = false;
            leg.time_in_force = one_in(3) ? model::TimeInForce::day : model::TimeInForce::gtc;
            leg.post_only = model::PostOnly::no;
            leg.min_milli_base = leg.expires_in = leg.cash_tenths = {};
            leg.peg = model::Peg::none;
            leg.waiting = {};
            leg.waits_for = model::WaitsFor::nothing;
            leg.offset_deci_ticks = leg.trigger_deci_ticks = leg.trail_deci_ticks = {};
            leg.deci_ticks = 10 * (leg.buys ? 94 + below(5) : 102 + below(5));
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
    if (moved.deci_ticks) moved.deci_ticks = 10 * (94 + below(13));
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
    if (is_narrow && one_in(20)) action.symbol = "NO-SUCH";
    if (!is_narrow || (is_wide() && one_in(3))) action.symbol.clear();
    if (!is_narrow) action.account.clear();
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
    if (one_in(phases_[action.symbol] == model::Phase::continuous ? 12 : 4))
        action.time_in_force = one_in(2) ? model::TimeInForce::at_open : model::TimeInForce::at_close;
    action.milli_base = 10 * (1 + below(one_in(10) ? 2'000 : 200));
    if (one_in(4)) action.milli_base = 1'000;  // Equal quantities meet more often than chance would have it.
    if (one_in(40)) action.milli_base = below(30) - 10;
    if (one_in(100)) action.milli_base = 10 * (model::quantity_lots_max + below(2));
    if (action.market && !one_in(10)) return;
    action.deci_ticks = 10 * (95 + below(11));
    if (one_in(40)) action.deci_ticks = below(30) - 10;
    if (one_in(100)) action.deci_ticks = 10 * (model::price_ticks_max + below(2));
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
        action.min_milli_base = 10 * (1 + below(action.milli_base > 0 ? action.milli_base / 8 + 1 : 9));
    if (one_in(300)) action.min_milli_base = below(40) - 20;
    if (one_in(rests ? 4 : 80))
        action.display_milli_base = 10 * (1 + below(action.milli_base > 0 ? action.milli_base / 10 + 1 : 9));
    if (one_in(200)) action.display_milli_base = below(40) - 20;
    if (one_in(is_new ? 5 : 60)) action.self_trade = static_cast<model::SelfTrade>(1 + below(4));
    if (one_in(is_new ? 8 : 60)) action.group = 1 + below(2);
    one_in(10) ? choose_peg(action) : choose_trigger(action);
    const bool by_cash = action.market && is_new ? one_in(2) : one_in(150);
    if (!by_cash) return;
    action.cash_tenths = 1 + below(one_in(4) ? 3'000'000 : 300'000);
    if (one_in(30)) action.cash_tenths = below(10) - 5;
    if (!one_in(20)) action.milli_base = 0;
}

void RandomActions::choose_peg(Action& action) {
    action.peg = one_in(2) ? model::Peg::primary : model::Peg::market;
    action.market = false;
    if (!one_in(20)) action.time_in_force = one_in(3) ? model::TimeInForce::day : model::TimeInForce::gtc;
    if (!one_in(20)) {
        action.post_only = model::PostOnly::no;
        action.min_milli_base = action.display_milli_base = action.expires_in = {};
    }
    if (!action.buys && one_in(2)) action.deci_ticks = {};
    if (one_in(2)) return;
    // Mostly away from what it follows, and now and then beyond it.
    const std::int64_t away = 10 * (below(6) - (one_in(3) ? 4 : 0));
    action.offset_deci_ticks = action.buys ? -away : away;
    if (one_in(30)) action.offset_deci_ticks = below(30);
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
            action.min_milli_base = action.display_milli_base = action.expires_in = {};
        }
        const bool needs_price = action.buys || action.waiting == model::OrderType::stop_limit;
        if (needs_price ? one_in(20) : one_in(2)) action.deci_ticks = {};
        if (needs_price && !action.deci_ticks && !one_in(5)) action.deci_ticks = 10 * (98 + below(8));
    }
    const bool trails = action.waiting == model::OrderType::trailing_stop;
    if (trails ? !one_in(20) && (action.kind == Kind::place || one_in(2)) : one_in(200)) {
        action.trail_in_bp = one_in(2);
        action.trail_deci_ticks = 10 * (1 + below(action.trail_in_bp ? 500 : 5));
        if (one_in(20)) action.trail_deci_ticks = below(30) - 10;
        if (one_in(50)) action.trail_deci_ticks = 100'000 + below(2) * 10;
    }
    if (trails ? one_in(40) : waits ? !one_in(20) && (action.kind == Kind::place || one_in(2)) : one_in(100)) {
        action.trigger_deci_ticks = 10 * (95 + below(11));
        if (one_in(30)) action.trigger_deci_ticks = below(30) - 10;
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

std::string savings_of(const std::string& participant) { return participant + "-savings"; }

std::string account_of(const Action& a) {
    if (a.account.empty() || a.account == a.participant) return a.participant;
    return a.account == savings_of(a.participant) ? a.account : "";
}

}  // namespace venue::test
