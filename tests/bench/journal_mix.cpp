#include "tests/bench/journal_mix.hpp"

#include <string>
#include <string_view>

#include "tests/bench/order_flow.hpp"

namespace bench {
namespace {

using namespace venue::model;

/// R rests, M rests at the middle, T takes what M left there, C cancels one that rests.
constexpr std::string_view cycle = "RRRCRMTRCRRRCRRRCR";
constexpr std::string_view symbol = "BTC-USD";

PlaceOrder limit_order(Side side, std::string_view price, std::string_view quantity) {
    PlaceOrder order;
    order.symbol = symbol;
    order.side = side;
    order.time_in_force = TimeInForce::gtc;
    order.quantity = parse_decimal(quantity).value();
    order.price = parse_decimal(price);
    return order;
}

PlaceOrder resting_order(std::uint64_t order) {
    const auto terms = terms_of(order);
    return limit_order(terms.is_buy ? Side::buy : Side::sell, terms.price, terms.quantity);
}

}  // namespace

JournalMix::JournalMix(const Reference& reference) {
    for (const auto& [id, session] : reference.sessions) sessions_.push_back({id});
}

venue::model::Request JournalMix::next() {
    switch (cycle[step_++ % cycle.size()]) {
        case 'M':
            return crossing(Side::sell);
        case 'T':
            return crossing(Side::buy);
        case 'C':
            return cancel();
        default:
            return next_resting();
    }
}

venue::model::Request JournalMix::next_resting() {
    resting_.push_back(static_cast<std::uint32_t>(++orders_));
    return place(orders_, resting_order(orders_));
}

venue::model::Request JournalMix::crossing(Side side) {
    ++orders_;
    return place(orders_, limit_order(side, "20000", "0.01"));
}

venue::model::Request JournalMix::place(std::uint64_t order, const PlaceOrder& terms) {
    PlaceOrder named = terms;
    named.cl_ord_id = name('o', order);
    return from_session_of(order, named);
}

venue::model::Request JournalMix::cancel() {
    choice_ = choice_ * 6364136223846793005U + 1442695040888963407U;
    auto& chosen = resting_[(choice_ >> 33) % resting_.size()];
    const std::uint64_t order = chosen;
    chosen = resting_.back();
    resting_.pop_back();
    CancelOrder cancel;
    cancel.cl_ord_id = name('c', order);
    cancel.orig_cl_ord_id = name('o', order);
    cancel.symbol = symbol;
    cancel.side = resting_order(order).side;
    return from_session_of(order, cancel);
}

venue::model::Request JournalMix::from_session_of(std::uint64_t order, CommandBody body) {
    auto& asking = sessions_[order % sessions_.size()];
    return {{asking.session, Incarnation{1}, ++asking.number}, std::move(body)};
}

/// Twelve characters, as long as what order systems number their orders with.
ClOrdId JournalMix::name(char kind, std::uint64_t order) const {
    auto digits = std::to_string(order);
    return ClOrdId(std::string(1, kind) + std::string(11 - digits.size(), '0') + digits);
}

}  // namespace bench
