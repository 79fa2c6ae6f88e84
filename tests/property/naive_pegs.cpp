// How the naive venue's pegged orders follow.
#include "tests/property/naive_rules.hpp"

namespace venue::test {
namespace {

bool is_open_peg(const NaiveOrder& order) { return order.peg != model::Peg::none && order.state == "open"; }
bool looks_at_bid(const NaiveOrder& order) {
    const bool follows = order.buys == (order.peg == model::Peg::primary);
    return follows || (!order.buys && order.offset < 0);
}
bool looks_at_offer(const NaiveOrder& order) {
    const bool follows = order.buys == (order.peg == model::Peg::market);
    return follows || (order.buys && order.offset > 0);
}

}  // namespace

std::int64_t NaiveVenue::touch(bool bid) const {
    for (const NaiveOrder* order : queue(bid)) {
        if (order->peg == model::Peg::none) return order->price;
    }
    return 0;
}

std::int64_t NaiveVenue::pegged_price(const NaiveOrder& order) const {
    const bool follows_bid = order.buys == (order.peg == model::Peg::primary);
    const std::int64_t followed = touch(follows_bid);
    if (followed == 0) return 0;
    std::int64_t price = std::clamp<std::int64_t>(followed + order.offset, 1, model::price_ticks_max);
    const std::int64_t other = touch(!order.buys);
    if (order.buys && other != 0) price = std::min(price, other - 1);
    if (!order.buys && other != 0) price = std::max(price, other + 1);
    if (order.buys && order.limit != 0) price = std::min(price, order.limit);
    if (!order.buys) price = std::max(price, order.limit);
    const auto [lower, upper] = band();
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

bool NaiveVenue::is_behind() const {
    if (pegged_next_ != 0) return true;
    return std::ranges::any_of(orders_, [&](const NaiveOrder& order) {
        if (!is_open_peg(order)) return false;
        return (looks_at_bid(order) && touch(true) != pegged_by_bid_) ||
               (looks_at_offer(order) && touch(false) != pegged_by_offer_);
    });
}

void NaiveVenue::follow_on() {
    const std::int64_t bid = touch(true);
    const std::int64_t offer = touch(false);
    const bool same = bid == pegged_by_bid_ && offer == pegged_by_offer_;
    std::size_t at = same ? pegged_next_ : 0;
    bool traded = false;
    for (int moved = 0; at < orders_.size() && moved < 100 && !traded; ++at) {
        NaiveOrder& order = orders_[at];
        const std::int64_t price = is_open_peg(order) ? pegged_price(order) : 0;
        if (price == 0 || price == order.price) continue;
        order.price = price;
        order.arrival = ++arrivals_;
        lines_.push_back("OrderRestated to " + order.session + ": " + told(order) + ", peg_moved");
        const std::int64_t cum = order.cum;
        sweep(at);
        traded = order.cum != cum || order.state != "open" || phase_ != model::Phase::continuous;
        ++moved;
    }
    while (at < orders_.size() && !is_open_peg(orders_[at])) ++at;
    const bool goes_on = at < orders_.size();
    lines_.push_back("PegsMoved: " + std::to_string(bid) + " " + std::to_string(offer) + (goes_on ? " goes on" : ""));
    pegged_by_bid_ = bid;
    pegged_by_offer_ = offer;
    pegged_next_ = goes_on ? at : 0;
    followed_at_ = now_;
    forget_pegs();
}

/// Ten times a second at most.
std::int64_t NaiveVenue::pegs_due() const {
    const bool waits = pegged_next_ == 0 && followed_at_ != 0;
    return waits ? followed_at_ + second / 10 : followed_at_;
}

/// Their time comes with whatever is told next.
void NaiveVenue::follow() {
    if (!lines_.empty()) told_until_ = now_;
    while (phase_ == model::Phase::continuous && is_behind() && pegs_due() <= told_until_) {
        follow_on();
        collect();
    }
}

void NaiveVenue::price_pegs_by_touch() {
    if (std::ranges::count_if(orders_, is_open_peg) != 1) return;
    pegged_by_bid_ = touch(true);
    pegged_by_offer_ = touch(false);
}

void NaiveVenue::look_at_all_pegs() {
    pegged_by_bid_ = pegged_by_offer_ = 0;
    pegged_next_ = 0;
}

void NaiveVenue::forget_pegs() {
    if (std::ranges::any_of(orders_, is_open_peg)) return;
    look_at_all_pegs();
    followed_at_ = 0;
}

}  // namespace venue::test
