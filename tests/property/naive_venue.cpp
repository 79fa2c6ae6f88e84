#include "tests/property/naive_venue.hpp"

#include "tests/property/naive_rules.hpp"

namespace venue::test {
namespace {

model::WaitsFor awaited(const Action& a) {
    const bool trails = a.waiting == model::OrderType::trailing_stop;
    if (trails) return a.buys ? model::WaitsFor::rise : model::WaitsFor::fall;
    if (!a.trigger_deci_ticks || a.waits_for != model::WaitsFor::nothing) {
        return a.trigger_deci_ticks ? a.waits_for : model::WaitsFor::nothing;
    }
    const bool hopes = a.waiting == model::OrderType::market_if_touched;
    if (a.buys) return hopes ? model::WaitsFor::fall : model::WaitsFor::rise;
    return hopes ? model::WaitsFor::rise : model::WaitsFor::fall;
}

bool is_another_kind(const Action& a, const NaiveOrder& order) {
    if (a.offset_deci_ticks && order.peg == model::Peg::none) return true;
    // FIX calls both pegged, and a replace need not say which it means.
    const bool says_either = a.waiting == model::OrderType::trailing_stop && a.peg == model::Peg::none;
    const bool is_either = says_either && order.peg != model::Peg::none;
    if (is_either && a.trail_in_bp && a.trail_deci_ticks) return true;
    if (a.peg != order.peg && !is_either) return true;
    if ((type_of(a) != order.type && !is_either) || a.cash_tenths || a.min_milli_base) return true;
    const bool trails = order.type == model::OrderType::trailing_stop;
    if (a.trail_deci_ticks && !is_either && (!trails || order.waits_for == model::WaitsFor::nothing)) return true;
    if (a.trigger_deci_ticks && trails) return true;
    if (a.trigger_deci_ticks && order.waits_for == model::WaitsFor::nothing) return true;
    if (a.display_milli_base && order.type != model::OrderType::limit) return true;
    if (a.waits_for != model::WaitsFor::nothing && a.waits_for != order.waits_for) return true;
    if (a.post_only != model::PostOnly::no && a.post_only != order.post_only) return true;
    if (a.outlives_session && !order.outlives_session) return true;
    if (a.self_trade != model::SelfTrade::allowed && a.self_trade != order.self_trade) return true;
    if (a.group != 0 && a.group != order.group) return true;
    return a.expires_in && order.time_in_force != TimeInForce::gtd;
}

}  // namespace

std::vector<std::string> NaiveVenue::act(const Action& action, std::int64_t now) {
    lines_.clear();
    now_ = now;
    due_by_ = action.until == 0 ? now : action.until;
    if (action.kind == Kind::place) place(action, now);
    if (action.kind == Kind::place_list) place_list(action, now);
    if (action.kind == Kind::cancel_list) cancel_list(action);
    if (action.kind == Kind::cancel) cancel(action);
    if (action.kind == Kind::replace) replace(action, now);
    if (action.kind == Kind::mass_cancel) mass_cancel(action);
    if (action.kind == Kind::log_on) log_on(action);
    if (action.kind == Kind::disconnect) disconnect(action);
    if (action.kind == Kind::advance) expire();
    if (action.kind == Kind::revise) revise(action);
    if (action.kind == Kind::transfer) transfer(action);
    if (action.kind == Kind::deposit) deposit(account_of(action), action.asset, Units{100'000'000});
    if (action.kind == Kind::deposit) told_until_ = now_;
    operate(action);
    trigger();
    if (action.kind == Kind::deposit) lines_.clear();
    return lines_;
}

NaiveOrder NaiveVenue::proposed(const Action& a, std::int64_t now) {
    NaiveOrder order;
    order.participant = a.participant;
    order.account = account_of(a);
    order.session = a.session;
    order.instrument = number_of(a.symbol);
    order.names = {a.name};
    order.buys = a.buys;
    order.market = a.market;
    order.time_in_force = a.time_in_force;
    order.type = type_of(a);
    if (!is_listed(order)) return order;
    order.price = a.deci_ticks.value_or(0) / 10;
    order.quantity = a.milli_base / 10;
    order.waits_for = awaited(a);
    order.trigger = a.trigger_deci_ticks.value_or(0) / 10;
    order.trail = a.trail_deci_ticks.value_or(0) / 10;
    order.trail_in_bp = a.trail_in_bp;
    if (order.type == model::OrderType::trailing_stop) anchor_at(order, instrument_of(order).last);
    order.peg = a.peg;
    order.offset = a.offset_deci_ticks.value_or(0) / 10;
    const bool for_the_day = a.time_in_force == TimeInForce::day || is_at_auction(a.time_in_force);
    order.expires = for_the_day ? end_of_day(instrument_of(order), now) : now + a.expires_in.value_or(-now);
    order.arrival = ++arrivals_;
    set_rates(order);
    order.post_only = a.post_only;
    order.outlives_session = a.outlives_session;
    order.self_trade = a.self_trade;
    order.group = a.group;
    order.minimum = a.min_milli_base.value_or(0) % 10 == 0 ? a.min_milli_base.value_or(0) / 10 : 0;
    order.cash = order.cash_left = Units{a.cash_tenths.value_or(0)} * 1'000;
    set_ends(order);
    if (order.cash > 0) order.quantity = reach(order, model::quantity_lots_max);
    const std::string becomes = received(order, true);
    order.rests = becomes == "gathers" || (becomes == "trades" && rests(order));
    take_worst_of_band(order, true);
    move_off_the_touch(order);
    peg(order, order.price, 0);
    set_ends(order);
    order.display = a.display_milli_base.value_or(0) / 10;
    order.displayed = std::min(order.display, order.quantity);
    return order;
}

void NaiveVenue::accept(NaiveOrder order) {
    const bool is_dormant = order.role == model::ListRole::dormant;
    if (is_dormant) order.rests = false;
    if (!is_dormant && !order.rests && received(order, true) == "trades") order.expires = 0;
    orders_.push_back(order);
    lines_.push_back("OrderAccepted to " + order.session + ": " + told(order) + (order.rests ? ", rests" : ""));
    note_gathering(order);
    if (order.peg != model::Peg::none) price_pegs_by_touch(instrument_of(order));
}

void NaiveVenue::start(std::size_t index) {
    NaiveOrder& order = orders_[index];
    if (received(order, true) != "trades") return;
    const bool whole = order.time_in_force == TimeInForce::fok;
    const std::int64_t least = whole ? order.quantity : order.minimum;
    if (reach(order, order.quantity) >= least) return sweep(index);
    cancel_for(order, whole ? "fok_not_fillable" : "min_quantity_not_fillable");
}

void NaiveVenue::place(const Action& a, std::int64_t now) {
    const NaiveOrder order = proposed(a, now);
    if (const std::string no = objection(a, order, true); !no.empty()) {
        lines_.push_back("OrderRejected to " + a.session + ": " + a.name + " " + no);
        return;
    }
    accept(order);
    start(orders_.size() - 1);
}

void NaiveVenue::cancel(const Action& a) {
    if (const std::string no = objection_to_change(a); !no.empty()) {
        lines_.push_back("ChangeRejected to " + a.session + ": " + a.name + " " + no);
        return;
    }
    auto& order = const_cast<NaiveOrder&>(*find(a.participant, a.original));
    end(order, "cancelled");
    const std::string both = order.session == a.session ? "" : " and " + order.session;
    lines_.push_back("OrderCancelled to " + a.session + both + ": " + told(order) + ", by_request " + a.name);
    end_list(order, a.session);
}

void NaiveVenue::replace(const Action& a, std::int64_t now) {
    std::string no = objection_to_words(a);
    if (no.empty() && suspended_.contains(a.participant)) no = "participant_suspended";
    if (no.empty()) no = objection_to_change(a);
    NaiveOrder changed;
    if (no.empty()) changed = *find(a.participant, a.original);
    if (no.empty()) no = suspension(a.participant, changed.account);
    if (no.empty() && !a.account.empty() && account_of(a) != changed.account) no = "type_mismatch";
    if (no.empty() && is_another_kind(a, changed)) no = "type_mismatch";
    if (no.empty()) {
        changed.price = a.deci_ticks.value_or(0) / 10;
        const auto session = sessions_.find(a.session);
        const bool asks_for_open = session != sessions_.end() && session->second.asks_for_open;
        changed.quantity = a.milli_base / 10 + (asks_for_open ? changed.cum : 0);
        if (a.trail_deci_ticks) {
            changed.trail = *a.trail_deci_ticks / 10;
            changed.trail_in_bp = a.trail_in_bp;
            anchor_at(changed, instrument_of(changed).last);
        }
        if (a.trigger_deci_ticks && *a.trigger_deci_ticks % 10 == 0) changed.trigger = *a.trigger_deci_ticks / 10;
        if (a.expires_in) changed.expires = now + *a.expires_in;
        move_off_the_touch(changed);
        if (a.offset_deci_ticks) changed.offset = *a.offset_deci_ticks / 10;
        if (a.trail_deci_ticks && changed.peg != model::Peg::none) changed.offset = *a.trail_deci_ticks / 10;
        peg(changed, changed.price, find(a.participant, a.original)->price);
        set_ends(changed);
        set_rates(changed);
        changed.display =
            a.display_milli_base ? *a.display_milli_base / 10 : std::min(changed.display, changed.quantity);
        no = objection(a, changed, false);
    }
    if (!no.empty()) {
        lines_.push_back("ChangeRejected to " + a.session + ": " + a.name + " " + no);
        return;
    }
    auto& order = const_cast<NaiveOrder&>(*find(a.participant, a.original));
    const std::int64_t tranche = order.display > 0 ? order.display : order.quantity;
    const std::int64_t next_tranche = changed.display > 0 ? changed.display : changed.quantity;
    const bool more = changed.quantity > order.quantity || next_tranche > tranche;
    const bool less = changed.quantity < order.quantity || next_tranche < tranche || changed.expires != order.expires;
    const bool same = changed.price == order.price && changed.limit == order.limit && changed.offset == order.offset;
    const bool kept = same && less && !more;
    changed.displayed = std::min(changed.display, changed.leaves());
    if (kept && changed.display > 0) changed.displayed = std::min(changed.displayed, order.shown());
    const std::string was = order.names.back();
    note_gathering(order);
    make_largest_hold(changed);
    order = changed;
    note_gathering(order);
    order.names.push_back(a.name);
    if (!kept) order.arrival = ++arrivals_;
    const std::string both = order.session == a.session ? "" : " and " + order.session;
    lines_.push_back("OrderReplaced to " + a.session + both + ": " + told(order) + ", was " + was +
                     (kept ? ", kept its place" : ""));
    pass_hold_on(order);
    if (order.rests && may_match(instrument_of(order).phase)) sweep(static_cast<std::size_t>(&order - orders_.data()));
}

void NaiveVenue::transfer(const Action& a) {
    const std::string from = a.market ? savings_of(a.participant) : a.participant;
    const std::string to = a.market ? a.participant : savings_of(a.participant);
    const Units units = Units{a.milli_base} * (a.asset == "USD" ? 1'000 : 100'000);
    const std::string words = from + " to " + to + " " + to_text(model::times({1, 3}, a.milli_base)) + " " + a.asset;
    const auto before = transfers_.find({a.participant, a.name});
    std::string no;
    if (units <= 0) no = "transfer_not_positive";
    if (no.empty() && before != transfers_.end() && before->second == words) return;
    if (no.empty() && before != transfers_.end()) no = "transfer_id_used";
    if (no.empty() && suspended_.contains(a.participant)) no = "participant_suspended";
    if (no.empty() && suspended_accounts_.contains(from)) no = "account_suspended";
    if (no.empty() && owes(from)) no = "transfer_account_owes";
    if (no.empty() && units > available(from, a.asset)) no = "transfer_not_covered";
    if (!no.empty()) {
        lines_.push_back("TransferRejected: " + a.name + " " + no);
        return;
    }
    total(from, a.asset) -= units;
    total(to, a.asset) += units;
    transfers_[{a.participant, a.name}] = words;
    lines_.push_back("FundsTransferred: " + a.name + " " + words);
}

void NaiveVenue::end(NaiveOrder& order, const std::string& state) {
    note_gathering(order);
    order.state = state;
    forget_pegs(instrument_of(order));
}

std::vector<const NaiveOrder*> NaiveVenue::queue(const Instrument& in, bool bids) const {
    std::vector<const NaiveOrder*> side;
    for (const NaiveOrder& order : orders_) {
        if (order.buys == bids && order.rests && order.leaves() > 0 && is_in(order, in)) side.push_back(&order);
    }
    std::ranges::sort(side, [&](const NaiveOrder* a, const NaiveOrder* b) {
        if (a->price != b->price) return bids ? a->price > b->price : a->price < b->price;
        return a->arrival < b->arrival;
    });
    return side;
}

NaiveOrder* NaiveVenue::best_for(const NaiveOrder& incoming) {
    const auto side = queue_for(incoming);
    if (side.empty() || !crosses(incoming, side.front()->price)) return nullptr;
    return const_cast<NaiveOrder*>(side.front());
}

const NaiveOrder* NaiveVenue::find(const std::string& participant, const std::string& name) const {
    for (const NaiveOrder& order : orders_) {
        if (order.participant == participant && std::ranges::count(order.names, name) > 0) return &order;
    }
    return nullptr;
}

Units NaiveVenue::hold(const NaiveOrder& order) const {
    if (order.state != "open") return 0;
    if (order.role == model::ListRole::dormant) return 0;
    if (order.role == model::ListRole::cancels_others && !order.holds && !others_of(order).empty()) return 0;
    if (order.market && order.price == 0) {
        return order.buys || order.cash == 0 ? order.cash_left : lot_units * order.leaves();
    }
    if (!order.buys) return lot_units * order.leaves();
    if (order.leaves() == 0) return 0;
    const Units worth = value(order.peg == model::Peg::none ? order.price : order.limit, order.leaves());
    return instrument_of(order).fees.in_quote
               ? worth + fee(order, std::max<std::int64_t>({order.maker, order.taker, 0}), worth)
               : worth;
}

Units NaiveVenue::cost(const NaiveOrder& buy, Units worth) const {
    return instrument_of(buy).fees.in_quote ? worth + fee(buy, buy.taker, worth) : worth;
}

std::string NaiveVenue::told(const NaiveOrder& order) const {
    const Instrument& in = instrument_of(order);
    return order.names.back() + " " + order.state + " " + in_base(order.cum) + "/" + in_base(order.quantity) +
           " holds " + in_units(held_asset(order), hold(order)) +
           (order.post_only == model::PostOnly::reprice || order.peg != model::Peg::none
                ? " at " + in.price(order.price)
                : "") +
           (order.state == "open" && order.role == model::ListRole::dormant ? " dormant" : "") +
           (order.state == "open" && order.waits_for != model::WaitsFor::nothing
                ? " waits for " + std::string(name(order.waits_for)) + " to " + in.price(order.trigger)
                : "") +
           (order.display > 0 && order.state == "open" ? " shows " + in_base(order.displayed) : "") +
           (order.cash_left > 0 ? " of cash " + in_units(in.quote, order.cash_left) : "");
}

Units NaiveVenue::held(const std::string& account, const std::string& asset) const {
    Units sum = 0;
    for (const NaiveOrder& order : orders_) {
        if (order.account == account && held_asset(order) == asset) sum += hold(order);
    }
    return sum;
}

Units NaiveVenue::available(const std::string& account, const std::string& asset) const {
    const auto found = totals_.find({account, asset});
    return (found == totals_.end() ? 0 : found->second) - held(account, asset);
}

std::size_t NaiveVenue::number_of(const std::string& symbol) const {
    for (std::size_t i = 0; i < instruments_.size(); ++i) {
        if (instruments_[i].symbol == symbol && !instruments_[i].delisted) return i;
    }
    return instruments_.size();
}

const NaiveInstrument* NaiveVenue::listed(const std::string& symbol) const {
    const std::size_t number = number_of(symbol);
    return number == instruments_.size() ? nullptr : &instruments_[number];
}

std::string NaiveVenue::book(const std::string& symbol) const {
    const Instrument& in = *listed(symbol);
    std::string text;
    for (const bool bids : {true, false}) {
        text += bids ? "bids" : " offers";
        const auto side = queue(in, bids);
        for (auto at = side.begin(); at != side.end();) {
            const std::int64_t price = (*at)->price;
            std::int64_t size = 0;
            std::int64_t count = 0;
            for (; at != side.end() && (*at)->price == price; ++at, ++count) size += (*at)->shown();
            text += " " + in.price(price) + ":" + in_base(size) + "(" + std::to_string(count) + ")";
        }
    }
    return text;
}

}  // namespace venue::test
