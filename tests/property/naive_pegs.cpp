// How the naive venue's pegged orders follow.
#include "tests/property/naive_rules.hpp"

namespace venue::test {
namespace {

bool looks_at_bid(const NaiveOrder& order) {
    const bool follows = order.buys == (order.peg == model::Peg::primary);
    return follows || (!order.buys && order.offset < 0);
}
bool looks_at_offer(const NaiveOrder& order) {
    const bool follows = order.buys == (order.peg == model::Peg::market);
    return follows || (order.buys && order.offset > 0);
}

}  // namespace

bool NaiveVenue::is_open_peg(const Instrument& in, const NaiveOrder& order) const {
    return order.peg != model::Peg::none && order.state == "open" && is_in(order, in);
}

std::int64_t NaiveVenue::touch(const Instrument& in, bool bid) const {
    for (const NaiveOrder* order : queue(in, bid)) {
        if (order->peg == model::Peg::none) return order->price;
    }
    return 0;
}

std::int64_t NaiveVenue::pegged_price(const NaiveOrder& order) const {
    const bool follows_bid = order.buys == (order.peg == model::Peg::primary);
    const Instrument& in = instrument_of(order);
    const std::int64_t followed = touch(in, follows_bid);
    if (followed == 0) return 0;
    std::int64_t price = std::clamp<std::int64_t>(followed + order.offset, 1, model::price_ticks_max);
    const std::int64_t other = touch(in, !order.buys);
    if (order.buys && other != 0) price = std::min(price, other - 1);
    if (!order.buys && other != 0) price = std::max(price, other + 1);
    if (order.buys && order.limit != 0) price = std::min(price, order.limit);
    if (!order.buys) price = std::max(price, order.limit);
    const auto [lower, upper] = band(in);
    if (upper != 0) price = order.buys ? std::min(price, upper) : std::max(price, lower);
    const bool is_payable = value(price, order.quantity) <= model::value_max.units;
    return price > model::price_ticks_max || !is_payable ? 0 : price;
}

void NaiveVenue::peg(NaiveOrder& order, std::int64_t limit, std::int64_t before) const {
    if (order.peg == model::Peg::none) return;
    order.limit = limit;
    order.price = pegged_price(order);
    // The limit is the most that a buy pays, and the least that a sale brings, wherever it stood.
    if (order.price == 0 && before != 0) order.price = order.buys ? std::min(before, limit) : std::max(before, limit);
}

bool NaiveVenue::is_behind(const Instrument& in) const {
    if (in.phase != model::Phase::continuous) return false;
    if (in.pegged_next != 0) return true;
    return std::ranges::any_of(orders_, [&](const NaiveOrder& order) {
        if (!is_open_peg(in, order)) return false;
        return (looks_at_bid(order) && touch(in, true) != in.pegged_by_bid) ||
               (looks_at_offer(order) && touch(in, false) != in.pegged_by_offer);
    });
}

void NaiveVenue::follow_on(Instrument& in) {
    const std::int64_t bid = touch(in, true);
    const std::int64_t offer = touch(in, false);
    const bool same = bid == in.pegged_by_bid && offer == in.pegged_by_offer;
    std::size_t at = same ? in.pegged_next : 0;
    bool traded = false;
    for (int moved = 0; at < orders_.size() && moved < 100 && !traded; ++at) {
        NaiveOrder& order = orders_[at];
        const std::int64_t price = is_open_peg(in, order) ? pegged_price(order) : 0;
        if (price == 0 || price == order.price) continue;
        order.price = price;
        order.arrival = ++arrivals_;
        lines_.push_back("OrderRestated to " + order.session + ": " + told(order) + ", peg_moved");
        const std::int64_t cum = order.cum;
        sweep(at);
        traded = order.cum != cum || order.state != "open" || in.phase != model::Phase::continuous;
        ++moved;
    }
    while (at < orders_.size() && !is_open_peg(in, orders_[at])) ++at;
    const bool goes_on = at < orders_.size();
    lines_.push_back("PegsMoved: " + std::to_string(bid) + " " + std::to_string(offer) + (goes_on ? " goes on" : ""));
    in.pegged_by_bid = bid;
    in.pegged_by_offer = offer;
    in.pegged_next = goes_on ? at : 0;
    in.followed_at = now_;
    forget_pegs(in);
}

/// Ten times a second at most.
std::int64_t NaiveVenue::pegs_due(const Instrument& in) {
    const bool waits = in.pegged_next == 0 && in.followed_at != 0;
    return waits ? in.followed_at + second / 10 : in.followed_at;
}

NaiveInstrument* NaiveVenue::first_behind() {
    NaiveInstrument* first = nullptr;
    for (NaiveInstrument& in : instruments_) {
        if (is_behind(in) && (first == nullptr || pegs_due(in) < pegs_due(*first))) first = &in;
    }
    return first;
}

/// Their time comes with whatever is told next.
void NaiveVenue::follow() {
    if (!lines_.empty()) told_until_ = now_;
    for (Instrument* in = first_behind(); in != nullptr && pegs_due(*in) <= told_until_; in = first_behind()) {
        follow_on(*in);
        collect();
    }
}

void NaiveVenue::price_pegs_by_touch(Instrument& in) {
    const auto is_one = [&](const NaiveOrder& order) { return is_open_peg(in, order); };
    if (std::ranges::count_if(orders_, is_one) != 1) return;
    in.pegged_by_bid = touch(in, true);
    in.pegged_by_offer = touch(in, false);
}

void NaiveVenue::look_at_all_pegs(Instrument& in) {
    in.pegged_by_bid = in.pegged_by_offer = 0;
    in.pegged_next = 0;
}

void NaiveVenue::forget_pegs(Instrument& in) {
    if (std::ranges::any_of(orders_, [&](const NaiveOrder& order) { return is_open_peg(in, order); })) return;
    look_at_all_pegs(in);
    in.followed_at = 0;
}

}  // namespace venue::test
