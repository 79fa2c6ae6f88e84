#include "tests/property/naive_venue.hpp"

#include <algorithm>

namespace venue::test {
namespace {

using model::TimeInForce;

constexpr Units lot_units = 1'000'000;    // 0.01 BTC of 10^-8.
constexpr Units tick_lot_units = 10'000;  // 0.01 BTC at 1 USD, of 10^-6.
constexpr std::int64_t seconds_per_day = 86'400;

Units value(std::int64_t price, std::int64_t lots) { return tick_lot_units * price * lots; }

/// The smallest whole number that is not below exact / 10^7.
Units rounded_up(Units exact) {
    Units whole = exact / 10'000'000;
    while (whole * 10'000'000 < exact) ++whole;
    while ((whole - 1) * 10'000'000 >= exact) --whole;
    return whole;
}

Units fee(const NaiveOrder& order, std::int64_t rate, Units value) {
    Units exact = rate * value;
    for (const Units part : order.fee_parts) exact += part;
    return rounded_up(exact) - order.fee_charged;
}

std::string btc(std::int64_t lots) { return to_text(model::Decimal{lots, 2}); }

bool rests(const NaiveOrder& order) {
    return !order.market && order.time_in_force != TimeInForce::ioc && order.time_in_force != TimeInForce::fok;
}

bool contradicts_itself(const Action& a) {
    const bool ends_at_once = a.market || a.time_in_force == TimeInForce::ioc || a.time_in_force == TimeInForce::fok;
    const bool posts = a.post_only != model::PostOnly::no;
    if (posts && (ends_at_once || a.min_milli_btc)) return true;
    if (a.cash_deci_cents && (!a.market || !a.buys || a.milli_btc != 0 || a.min_milli_btc)) return true;
    return a.expires_in && a.time_in_force != TimeInForce::gtd;
}

bool is_another_kind(const Action& a, const NaiveOrder& order) {
    if (a.market || a.cash_deci_cents || a.min_milli_btc) return true;
    if (a.post_only != model::PostOnly::no && a.post_only != order.post_only) return true;
    return a.expires_in && order.time_in_force != TimeInForce::gtd;
}

bool crosses(const NaiveOrder& incoming, std::int64_t price) {
    return incoming.market || (incoming.buys ? incoming.price >= price : incoming.price <= price);
}

}  // namespace

std::vector<std::string> NaiveVenue::act(const Action& action, std::int64_t now) {
    lines_.clear();
    if (action.kind == Kind::place) place(action, now);
    if (action.kind == Kind::cancel) cancel(action);
    if (action.kind == Kind::replace) replace(action, now);
    if (action.kind == Kind::advance) expire(now);
    if (action.kind == Kind::transfer) transfer(action);
    if (action.kind == Kind::deposit) deposit(action.participant, action.buys, Units{100'000'000});
    return lines_;
}

void NaiveVenue::place(const Action& a, std::int64_t now) {
    NaiveOrder order{a.participant, a.session, {a.name}, a.buys, a.market, a.time_in_force};
    order.price = a.deci_usd.value_or(0) / 10;
    order.quantity = a.milli_btc / 10;
    order.rests = rests(order);
    const bool day = a.time_in_force == TimeInForce::day;
    order.expires = day ? (now / seconds_per_day + 1) * seconds_per_day : now + a.expires_in.value_or(-now);
    order.arrival = ++arrivals_;
    order.post_only = a.post_only;
    order.minimum = a.min_milli_btc.value_or(0) / 10;
    order.cash = order.cash_left = Units{a.cash_deci_cents.value_or(0)} * 1'000;
    if (order.cash > 0) order.quantity = reach(order, model::quantity_lots_max);
    move_off_the_touch(order);
    if (const std::string no = objection(a, order, true); !no.empty()) {
        lines_.push_back("OrderRejected to " + a.session + ": " + a.name + " " + no);
        return;
    }
    if (!order.rests) order.expires = 0;
    orders_.push_back(order);
    lines_.push_back("OrderAccepted to " + a.session + ": " + told(order) + (order.rests ? ", rests" : ""));
    const bool whole = a.time_in_force == TimeInForce::fok;
    const std::int64_t least = whole ? order.quantity : order.minimum;
    if (reach(order, order.quantity) < least) {
        end(orders_.back(), "cancelled");
        lines_.push_back("OrderCancelled to " + a.session + ": " + told(orders_.back()) +
                         (whole ? ", fok_not_fillable" : ", min_quantity_not_fillable"));
        return;
    }
    sweep(orders_.size() - 1);
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
}

void NaiveVenue::replace(const Action& a, std::int64_t now) {
    std::string no = objection_to_change(a);
    NaiveOrder changed;
    if (no.empty()) changed = *find(a.participant, a.original);
    if (no.empty() && is_another_kind(a, changed)) no = "type_mismatch";
    if (no.empty()) {
        changed.price = a.deci_usd.value_or(0) / 10;
        changed.quantity = a.milli_btc / 10;
        if (a.expires_in) changed.expires = now + *a.expires_in;
        move_off_the_touch(changed);
        no = objection(a, changed, false);
    }
    if (!no.empty()) {
        lines_.push_back("ChangeRejected to " + a.session + ": " + a.name + " " + no);
        return;
    }
    auto& order = const_cast<NaiveOrder&>(*find(a.participant, a.original));
    const bool other_end = changed.quantity == order.quantity && changed.expires != order.expires;
    const bool kept = changed.price == order.price && (changed.quantity < order.quantity || other_end);
    const std::string was = order.names.back();
    order = changed;
    order.names.push_back(a.name);
    if (!kept) order.arrival = ++arrivals_;
    const std::string both = order.session == a.session ? "" : " and " + order.session;
    lines_.push_back("OrderReplaced to " + a.session + both + ": " + told(order) + ", was " + was +
                     (kept ? ", kept its place" : ""));
    sweep(static_cast<std::size_t>(&order - orders_.data()));
}

void NaiveVenue::expire(std::int64_t now) {
    std::vector<NaiveOrder*> due;
    for (NaiveOrder& order : orders_) {
        if (order.state == "open" && order.expires > 0 && order.expires <= now) due.push_back(&order);
    }
    std::ranges::stable_sort(due, {}, &NaiveOrder::expires);
    due.resize(std::min<std::size_t>(due.size(), 100));
    for (NaiveOrder* order : due) {
        end(*order, "expired");
        lines_.push_back("OrderExpired to " + order->session + ": " + told(*order));
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

std::string NaiveVenue::objection_to_words(const Action& a) const {
    if (find(a.participant, a.name) != nullptr) return "duplicate_cl_ord_id";
    return a.valid_for.value_or(0) < 0 ? "too_late" : "";
}

std::string NaiveVenue::objection_to_sizes(const Action& a, const NaiveOrder& proposed, bool is_new) const {
    if (!a.cash_deci_cents) {
        if (a.milli_btc <= 0) return "quantity_not_positive";
        if (a.milli_btc % 10 != 0) return "quantity_too_precise";
        if (proposed.quantity > model::quantity_lots_max) return "quantity_too_large";
    }
    if (!is_new && proposed.quantity <= proposed.cum) return "quantity_not_above_filled";
    if (a.cash_deci_cents.value_or(1) <= 0) return "cash_invalid";
    const std::int64_t minimum = is_new ? a.min_milli_btc.value_or(10) : 10;
    const bool fits = minimum > 0 && minimum % 10 == 0 && (minimum <= a.milli_btc || !a.min_milli_btc || !is_new);
    return fits ? "" : "min_quantity_invalid";
}

std::string NaiveVenue::objection(const Action& a, const NaiveOrder& proposed, bool is_new) const {
    if (is_new) {
        if (const std::string no = objection_to_words(a); !no.empty()) return no;
        if (contradicts_itself(a)) return "terms_conflict";
    }
    if (a.market && a.deci_usd) return "price_on_market_order";
    if (const std::string no = objection_to_sizes(a, proposed, is_new); !no.empty()) return no;
    if (!a.market) {
        if (a.deci_usd.value_or(0) <= 0) return "price_not_positive";
        if (*a.deci_usd % 10 != 0) return "price_too_precise";
        if (*a.deci_usd / 10 > model::price_ticks_max) return "price_too_large";
    }
    if (a.expires_in && *a.expires_in <= 0) return "expire_time_passed";
    if (!a.market && value(proposed.price, proposed.quantity) > model::value_max.units) return "notional_too_large";
    const Units held_now = is_new ? 0 : hold(*find(a.participant, a.original));
    if (hold(proposed) > available(a.participant, !proposed.buys) + held_now) return "insufficient_funds";
    if (a.cash_deci_cents && proposed.quantity == 0) return "cash_buys_nothing";
    const bool posts = proposed.post_only != model::PostOnly::no;
    if (posts && (proposed.price < 1 || would_trade(proposed))) return "post_only_would_trade";
    return "";
}

std::string NaiveVenue::objection_to_change(const Action& a) const {
    if (const std::string no = objection_to_words(a); !no.empty()) return no;
    const NaiveOrder* order = find(a.participant, a.original);
    if (order == nullptr) return "unknown_order";
    if (order->state != "open") return "order_closed";
    return order->buys == a.buys ? "" : "side_mismatch";
}

std::int64_t NaiveVenue::reach(const NaiveOrder& order, std::int64_t wanted) const {
    const Units budget = order.cash > 0 ? order.cash : order.market ? available(order.participant, !order.buys) : 0;
    std::int64_t lots = 0;
    Units spent = 0;
    for (const NaiveOrder* resting : queue(!order.buys)) {
        if (!crosses(order, resting->price)) break;
        for (std::int64_t n = 0; n < resting->leaves() && lots < wanted; ++n) {
            spent += order.buys ? value(resting->price, 1) : lot_units;
            if (order.market && (order.buys ? cost(order, spent) : spent) > budget) return lots;
            ++lots;
        }
    }
    return lots;
}

bool NaiveVenue::would_trade(const NaiveOrder& order) const {
    const auto others = queue(!order.buys);
    return !others.empty() && crosses(order, others.front()->price);
}

void NaiveVenue::move_off_the_touch(NaiveOrder& order) const {
    if (order.post_only != model::PostOnly::reprice || order.price <= 0 || !would_trade(order)) return;
    order.price = queue(!order.buys).front()->price + (order.buys ? -1 : 1);
}

void NaiveVenue::sweep(std::size_t index) {
    NaiveOrder& order = orders_[index];
    while (order.leaves() > 0) {
        NaiveOrder* resting = best_for(order);
        if (resting == nullptr) break;
        std::int64_t lots = std::min(order.leaves(), resting->leaves());
        const auto payable = [&] {
            const Units costs = order.buys ? cost(order, value(resting->price, lots)) : lots * lot_units;
            return costs <= available(order.participant, !order.buys);
        };
        while (order.market && order.cash == 0 && lots > 0 && !payable()) --lots;
        if (lots == 0) break;
        trade(order, *resting, lots);
    }
    if (order.leaves() == 0 || order.rests) return;
    const std::string why = best_for(order) == nullptr ? "no_match_left" : "unpayable";
    end(order, "cancelled");
    lines_.push_back("OrderCancelled to " + order.session + ": " + told(order) + ", " + why);
}

void NaiveVenue::trade(NaiveOrder& incoming, NaiveOrder& resting, std::int64_t lots) {
    const std::int64_t price = resting.price;
    lines_.push_back(fill(incoming, price, lots, true));
    lines_.push_back(fill(resting, price, lots, false));
}

std::string NaiveVenue::fill(NaiveOrder& order, std::int64_t price, std::int64_t lots, bool incoming) {
    const Units base = lot_units * lots;
    const Units quote = value(price, lots);
    const bool fee_in_btc = order.buys && !fees_.in_quote;
    const std::int64_t rate = incoming ? fees_.taker : fees_.maker;
    const Units charged = fee(order, rate, fee_in_btc ? base : quote);
    order.fee_parts.push_back(rate * (fee_in_btc ? base : quote));
    order.fee_charged += charged;
    order.cum += lots;
    if (order.cum == order.quantity) order.state = "filled";
    total(order.participant, true) += order.buys ? base : -base;
    total(order.participant, false) += order.buys ? -quote : quote;
    total(order.participant, fee_in_btc) -= charged;
    if (order.cash > 0) order.cash_left -= quote + (fee_in_btc ? 0 : charged);
    std::string line = "OrderTraded to " + order.session + ": " + told(order) + ", " + btc(lots) + " @ " +
                       std::to_string(price) + " as " + (incoming ? "incoming" : "resting");
    if (charged != 0)
        line += ", fee " + to_text(model::Amount{charged}, fee_in_btc ? 8 : 6) + (fee_in_btc ? " BTC" : " USD");
    return line;
}

void NaiveVenue::end(NaiveOrder& order, const std::string& state) { order.state = state; }

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
    if (order.market) return order.cash_left;
    if (!order.buys) return lot_units * order.leaves();
    if (order.leaves() == 0) return 0;
    const Units worth = value(order.price, order.leaves());
    return fees_.in_quote ? worth + fee(order, std::max<std::int64_t>({fees_.maker, fees_.taker, 0}), worth) : worth;
}

Units NaiveVenue::cost(const NaiveOrder& buy, Units worth) const {
    return fees_.in_quote ? worth + fee(buy, fees_.taker, worth) : worth;
}

std::string NaiveVenue::told(const NaiveOrder& order) const {
    return order.names.back() + " " + order.state + " " + btc(order.cum) + "/" + btc(order.quantity) + " holds " +
           to_text(model::Amount{hold(order)}, order.buys ? 6 : 8) +
           (order.post_only == model::PostOnly::reprice ? " at " + std::to_string(order.price) : "") +
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
            for (; at != side.end() && (*at)->price == price; ++at, ++count) size += (*at)->leaves();
            text += " " + std::to_string(price) + ":" + btc(size) + "(" + std::to_string(count) + ")";
        }
    }
    return text;
}

}  // namespace venue::test
