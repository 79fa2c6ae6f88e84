#include "tests/property/naive_venue.hpp"

#include "tests/property/naive_rules.hpp"

namespace venue::test {
namespace {

model::WaitsFor awaited(const Action& a) {
    const bool trails = a.waiting == model::OrderType::trailing_stop;
    if (trails) return a.buys ? model::WaitsFor::rise : model::WaitsFor::fall;
    if (!a.trigger_deci_usd || a.waits_for != model::WaitsFor::nothing) {
        return a.trigger_deci_usd ? a.waits_for : model::WaitsFor::nothing;
    }
    const bool hopes = a.waiting == model::OrderType::market_if_touched;
    if (a.buys) return hopes ? model::WaitsFor::fall : model::WaitsFor::rise;
    return hopes ? model::WaitsFor::rise : model::WaitsFor::fall;
}

bool is_another_kind(const Action& a, const NaiveOrder& order) {
    if (a.offset_deci_usd && order.peg == model::Peg::none) return true;
    // FIX calls both pegged, and a replace need not say which it means.
    const bool says_either = a.waiting == model::OrderType::trailing_stop && a.peg == model::Peg::none;
    const bool is_either = says_either && order.peg != model::Peg::none;
    if (is_either && a.trail_in_bp && a.trail_deci_usd) return true;
    if (a.peg != order.peg && !is_either) return true;
    if ((type_of(a) != order.type && !is_either) || a.cash_deci_cents || a.min_milli_btc) return true;
    const bool trails = order.type == model::OrderType::trailing_stop;
    if (a.trail_deci_usd && !is_either && (!trails || order.waits_for == model::WaitsFor::nothing)) return true;
    if (a.trigger_deci_usd && trails) return true;
    if (a.trigger_deci_usd && order.waits_for == model::WaitsFor::nothing) return true;
    if (a.display_milli_btc && order.type != model::OrderType::limit) return true;
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
    if (action.kind == Kind::phase) enter(action.phase);
    if (action.kind == Kind::replace) replace(action, now);
    if (action.kind == Kind::mass_cancel) mass_cancel(action);
    if (action.kind == Kind::log_on) log_on(action);
    if (action.kind == Kind::disconnect) disconnect(action);
    if (action.kind == Kind::advance) expire();
    if (action.kind == Kind::limit) limit(action);
    if (action.kind == Kind::bands) change_bands(action.bands);
    if (action.kind == Kind::cancel_all) cancel_all_of(action.participant, "cancelled_by_operator");
    if (action.kind == Kind::suspend) suspend(action);
    if (action.kind == Kind::revise) revise(action);
    if (action.kind == Kind::settle) settle(action.participant, action.buys);
    if (action.kind == Kind::transfer) transfer(action);
    if (action.kind == Kind::deposit) deposit(action.participant, action.buys, Units{100'000'000});
    if (action.kind == Kind::deposit) told_until_ = now_;
    trigger();
    if (action.kind == Kind::deposit) lines_.clear();
    return lines_;
}

NaiveOrder NaiveVenue::proposed(const Action& a, std::int64_t now) {
    NaiveOrder order{a.participant, a.session, {a.name}, a.buys, a.market, a.time_in_force};
    order.price = a.deci_usd.value_or(0) / 10;
    order.quantity = a.milli_btc / 10;
    order.type = type_of(a);
    order.waits_for = awaited(a);
    order.trigger = a.trigger_deci_usd.value_or(0) / 10;
    order.trail = a.trail_deci_usd.value_or(0) / 10;
    order.trail_in_bp = a.trail_in_bp;
    if (order.type == model::OrderType::trailing_stop) anchor_at(order, last_);
    order.peg = a.peg;
    order.offset = a.offset_deci_usd.value_or(0) / 10;
    const bool for_the_day = a.time_in_force == TimeInForce::day || is_at_auction(a.time_in_force);
    order.expires = for_the_day ? (now / day + 1) * day : now + a.expires_in.value_or(-now);
    order.arrival = ++arrivals_;
    set_rates(order);
    order.post_only = a.post_only;
    order.outlives_session = a.outlives_session;
    order.self_trade = a.self_trade;
    order.group = a.group;
    order.minimum = a.min_milli_btc.value_or(0) % 10 == 0 ? a.min_milli_btc.value_or(0) / 10 : 0;
    order.cash = order.cash_left = Units{a.cash_deci_cents.value_or(0)} * 1'000;
    set_ends(order);
    if (order.cash > 0) order.quantity = reach(order, model::quantity_lots_max);
    const std::string becomes = received(order, true);
    order.rests = becomes == "gathers" || (becomes == "trades" && rests(order));
    take_worst_of_band(order, true);
    move_off_the_touch(order);
    peg(order, order.price, 0);
    set_ends(order);
    order.display = a.display_milli_btc.value_or(0) / 10;
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
    if (order.peg != model::Peg::none) price_pegs_by_touch();
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
    if (no.empty()) no = suspension(a.participant);
    NaiveOrder changed;
    if (no.empty()) changed = *find(a.participant, a.original);
    if (no.empty() && is_another_kind(a, changed)) no = "type_mismatch";
    if (no.empty()) {
        changed.price = a.deci_usd.value_or(0) / 10;
        const auto session = sessions_.find(a.session);
        const bool asks_for_open = session != sessions_.end() && session->second.asks_for_open;
        changed.quantity = a.milli_btc / 10 + (asks_for_open ? changed.cum : 0);
        if (a.trail_deci_usd) {
            changed.trail = *a.trail_deci_usd / 10;
            changed.trail_in_bp = a.trail_in_bp;
            anchor_at(changed, last_);
        }
        if (a.trigger_deci_usd && *a.trigger_deci_usd % 10 == 0) changed.trigger = *a.trigger_deci_usd / 10;
        if (a.expires_in) changed.expires = now + *a.expires_in;
        move_off_the_touch(changed);
        if (a.offset_deci_usd) changed.offset = *a.offset_deci_usd / 10;
        if (a.trail_deci_usd && changed.peg != model::Peg::none) changed.offset = *a.trail_deci_usd / 10;
        peg(changed, changed.price, find(a.participant, a.original)->price);
        set_ends(changed);
        set_rates(changed);
        changed.display = a.display_milli_btc ? *a.display_milli_btc / 10 : std::min(changed.display, changed.quantity);
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
    if (order.rests && may_match(phase_)) sweep(static_cast<std::size_t>(&order - orders_.data()));
}

NaiveOrder* NaiveVenue::due() {
    NaiveOrder* next = nullptr;
    for (const auto way : {model::WaitsFor::rise, model::WaitsFor::fall}) {
        for (NaiveOrder& order : orders_) {
            if (order.state != "open" || order.waits_for != way || !is_reached(order, last_)) continue;
            if (order.role == model::ListRole::dormant) continue;
            const bool sooner = next == nullptr || (way == model::WaitsFor::rise ? order.trigger < next->trigger
                                                                                 : order.trigger > next->trigger);
            if (sooner) next = &order;
        }
        if (next != nullptr) return next;
    }
    return next;
}

NaiveOrder* NaiveVenue::behind() {
    NaiveOrder* next = nullptr;
    for (const bool buys : {false, true}) {
        for (NaiveOrder& order : orders_) {
            const bool trails = order.type == model::OrderType::trailing_stop && order.state == "open" &&
                                order.waits_for != model::WaitsFor::nothing && order.role != model::ListRole::dormant;
            if (!trails || order.buys != buys || last_ == 0) continue;
            const bool lags = order.anchor == 0 || (buys ? order.anchor > last_ : order.anchor < last_);
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
    if (phase_ != model::Phase::continuous) return;
    while (NaiveOrder* order = behind()) {
        anchor_at(*order, last_);
        lines_.push_back("OrderRestated: " + told(*order) + ", trail_moved, kept its place");
    }
    while (NaiveOrder* order = due()) {
        cancel_the_others(*order);
        order->waits_for = model::WaitsFor::nothing;
        set_ends(*order);
        order->rests = rests(*order);
        order->arrival = ++arrivals_;
        lines_.push_back("OrderTriggered to " + order->session + ": " + told(*order) + (order->rests ? ", rests" : ""));
        sweep(static_cast<std::size_t>(order - orders_.data()));
        return trigger();
    }
}

void NaiveVenue::transfer(const Action& a) {
    const std::string from = a.market ? savings_of(a.participant) : a.participant;
    const std::string to = a.market ? a.participant : savings_of(a.participant);
    const Units units = Units{a.milli_btc} * (a.buys ? 100'000 : 1'000);
    const std::string words =
        from + " to " + to + " " + to_text(model::times({1, 3}, a.milli_btc)) + (a.buys ? " BTC" : " USD");
    const auto before = transfers_.find({a.participant, a.name});
    std::string no;
    if (units <= 0) no = "transfer_not_positive";
    if (no.empty() && before != transfers_.end() && before->second == words) return;
    if (no.empty() && before != transfers_.end()) no = "transfer_id_used";
    if (no.empty() && suspended_.contains(a.participant)) no = "participant_suspended";
    if (no.empty() && suspended_accounts_.contains(from)) no = "account_suspended";
    if (no.empty() && owes(from)) no = "transfer_account_owes";
    if (no.empty() && units > available(from, a.buys)) no = "transfer_not_covered";
    if (!no.empty()) {
        lines_.push_back("TransferRejected: " + a.name + " " + no);
        return;
    }
    total(from, a.buys) -= units;
    total(to, a.buys) += units;
    transfers_[{a.participant, a.name}] = words;
    lines_.push_back("FundsTransferred: " + a.name + " " + words);
}

void NaiveVenue::end(NaiveOrder& order, const std::string& state) {
    note_gathering(order);
    order.state = state;
    forget_pegs();
}

std::vector<const NaiveOrder*> NaiveVenue::queue(bool bids) const {
    std::vector<const NaiveOrder*> side;
    for (const NaiveOrder& order : orders_) {
        if (order.buys == bids && order.rests && order.leaves() > 0) side.push_back(&order);
    }
    std::ranges::sort(side, [&](const NaiveOrder* a, const NaiveOrder* b) {
        if (a->price != b->price) return bids ? a->price > b->price : a->price < b->price;
        return a->arrival < b->arrival;
    });
    return side;
}

NaiveOrder* NaiveVenue::best_for(const NaiveOrder& incoming) {
    const auto side = queue(!incoming.buys);
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
    return fees_.in_quote ? worth + fee(order, std::max<std::int64_t>({order.maker, order.taker, 0}), worth) : worth;
}

Units NaiveVenue::cost(const NaiveOrder& buy, Units worth) const {
    return fees_.in_quote ? worth + fee(buy, buy.taker, worth) : worth;
}

std::string NaiveVenue::told(const NaiveOrder& order) const {
    return order.names.back() + " " + order.state + " " + btc(order.cum) + "/" + btc(order.quantity) + " holds " +
           to_text(model::Amount{hold(order)}, order.buys ? 6 : 8) +
           (order.post_only == model::PostOnly::reprice || order.peg != model::Peg::none
                ? " at " + std::to_string(order.price)
                : "") +
           (order.state == "open" && order.role == model::ListRole::dormant ? " dormant" : "") +
           (order.state == "open" && order.waits_for != model::WaitsFor::nothing
                ? " waits for " + std::string(name(order.waits_for)) + " to " + std::to_string(order.trigger)
                : "") +
           (order.display > 0 && order.state == "open" ? " shows " + btc(order.displayed) : "") +
           (order.cash_left > 0 ? " of cash " + to_text(model::Amount{order.cash_left}, 6) : "");
}

Units NaiveVenue::held(const std::string& participant, bool in_btc) const {
    Units sum = 0;
    for (const NaiveOrder& order : orders_) {
        if (order.participant == participant && order.buys != in_btc) sum += hold(order);
    }
    return sum;
}

Units NaiveVenue::available(const std::string& participant, bool in_btc) const {
    return totals_.at({participant, in_btc}) - held(participant, in_btc);
}

std::string NaiveVenue::book() const {
    std::string text;
    for (const bool bids : {true, false}) {
        text += bids ? "bids" : " offers";
        const auto side = queue(bids);
        for (auto at = side.begin(); at != side.end();) {
            const std::int64_t price = (*at)->price;
            std::int64_t size = 0;
            std::int64_t count = 0;
            for (; at != side.end() && (*at)->price == price; ++at, ++count) size += (*at)->shown();
            text += " " + std::to_string(price) + ":" + btc(size) + "(" + std::to_string(count) + ")";
        }
    }
    return text;
}

}  // namespace venue::test
