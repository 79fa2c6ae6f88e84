#include "tests/bench/order_flow.hpp"

#include "tests/bench/fix_text.hpp"

#include <bit>

namespace bench {
namespace {

constexpr std::uint64_t mid_price_ticks = 2'000'000;  // 20000.00 at a tick of 0.01
constexpr std::uint64_t levels_per_side = 500;
constexpr std::uint64_t quantity_steps = 100;  // 0.001 to 0.1

std::uint64_t scramble(std::uint64_t number) {
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9U;
    number = (number ^ (number >> 27)) * 0x94D049BB133111EBU;
    return number ^ (number >> 31);
}

/// `units` of 10^-digits as a decimal with exactly that many digits.
std::string decimal(std::uint64_t units, std::size_t digits) {
    std::string text = std::to_string(units);
    if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
    return text.insert(text.size() - digits, 1, '.');
}

}  // namespace

OrderTerms terms_of(std::uint64_t order) {
    const std::uint64_t dice = scramble(order);
    const bool is_buy = dice % 2 == 0;
    const std::uint64_t distance = 1 + (dice >> 8) % levels_per_side;
    const std::uint64_t quantity = 1 + (dice >> 32) % quantity_steps;
    return {is_buy, decimal(is_buy ? mid_price_ticks - distance : mid_price_ticks + distance, 2), decimal(quantity, 3)};
}

// Answers may overtake each other by a window, so the ring holds several: a place is free again long before its turn.
OrderFlow::OrderFlow(std::size_t share, std::size_t window_max)
    : share_(share), in_flight_(std::bit_ceil(4 * window_max)) {
    resting_.reserve(share + window_max);
}

void OrderFlow::set_aim(Aim aim, std::size_t window) {
    aim_ = aim;
    window_ = window;
}

bool OrderFlow::can_send() const {
    if (awaited_ >= window_ || aim_reached()) return false;
    if (cancels_next() && resting_.empty()) return false;
    return in_flight_[next_number_ & (in_flight_.size() - 1)].number == 0;
}

Request OrderFlow::send(std::int64_t now_ns) {
    Request request{next_number_, RequestKind::place, next_number_, now_ns};
    if (cancels_next()) {
        request.kind = RequestKind::cancel;
        request.order = take_resting();
    } else {
        ++placing_;
    }
    in_flight_[next_number_ & (in_flight_.size() - 1)] = request;
    ++awaited_;
    ++next_number_;
    return request;
}

Request OrderFlow::answered(std::uint64_t number, RequestKind kind) {
    Request& place = in_flight_[number & (in_flight_.size() - 1)];
    if (number == 0 || place.number != number) throw LoadFailure("an answer to a request that awaits none");
    if (place.kind != kind) throw LoadFailure("an order confirmed as cancelled, or a cancel as placed");
    const Request request = place;
    place.number = 0;
    --awaited_;
    if (kind == RequestKind::place) {
        --placing_;
        resting_.push_back(request.order);
    }
    return request;
}

bool OrderFlow::aim_reached() const {
    switch (aim_) {
        case Aim::hold_still:
            return true;
        case Aim::fill:
            return open() >= share_;
        case Aim::churn:
            return false;
        case Aim::empty:
            return open() == 0;
    }
    return true;
}

bool OrderFlow::cancels_next() const { return aim_ == Aim::empty || open() >= share_; }

// A random resting order, not the oldest: the oldest is always the first of its level, which is the cheapest to find.
std::uint64_t OrderFlow::take_resting() {
    choice_ = scramble(choice_ + 1);
    std::uint64_t& chosen = resting_[choice_ % resting_.size()];
    const std::uint64_t order = chosen;
    chosen = resting_.back();
    resting_.pop_back();
    return order;
}

}  // namespace bench
