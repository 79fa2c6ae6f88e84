#include "venue/model/order.hpp"

namespace venue::model {

std::string_view name(Side side) {
    constexpr std::string_view letters = "0123456789:;<=>?@ABCDEFG";
    if (side == Side::buy) return "buy";
    if (side == Side::sell) return "sell";
    const auto number = static_cast<std::size_t>(side);
    return number < letters.size() ? letters.substr(number, 1) : "unknown";
}

std::string_view name(OrderType type) {
    switch (type) {
        case OrderType::market:
            return "market";
        case OrderType::limit:
            return "limit";
        case OrderType::stop:
            return "stop";
        case OrderType::stop_limit:
            return "stop_limit";
        case OrderType::market_if_touched:
            return "market_if_touched";
        case OrderType::trailing_stop:
            return "trailing_stop";
        case OrderType::pegged:
            return "pegged";
    }
    return "";
}

std::string_view name(TimeInForce time_in_force) {
    switch (time_in_force) {
        case TimeInForce::day:
            return "day";
        case TimeInForce::gtc:
            return "gtc";
        case TimeInForce::ioc:
            return "ioc";
        case TimeInForce::fok:
            return "fok";
        case TimeInForce::gtd:
            return "gtd";
        case TimeInForce::at_open:
            return "at_open";
        case TimeInForce::at_close:
            return "at_close";
    }
    return "";
}

std::string_view name(OrderState state) {
    switch (state) {
        case OrderState::open:
            return "open";
        case OrderState::filled:
            return "filled";
        case OrderState::cancelled:
            return "cancelled";
        case OrderState::expired:
            return "expired";
    }
    return "";
}

std::string_view name(WaitsFor waits_for) {
    switch (waits_for) {
        case WaitsFor::nothing:
            break;
        case WaitsFor::rise:
            return "rise";
        case WaitsFor::fall:
            return "fall";
    }
    return "";
}

std::string_view name(SelfTrade self_trade) {
    switch (self_trade) {
        case SelfTrade::allowed:
            return "allowed";
        case SelfTrade::cancel_newest:
            return "cancel_newest";
        case SelfTrade::cancel_oldest:
            return "cancel_oldest";
        case SelfTrade::cancel_both:
            return "cancel_both";
        case SelfTrade::decrement:
            return "decrement";
    }
    return "";
}

std::string_view name(Peg peg) {
    switch (peg) {
        case Peg::none:
            break;
        case Peg::primary:
            return "primary";
        case Peg::market:
            return "market";
    }
    return "";
}

std::string_view name(ListKind kind) {
    switch (kind) {
        case ListKind::one_cancels_others:
            return "one_cancels_others";
        case ListKind::one_triggers_others:
            return "one_triggers_others";
    }
    return "";
}

std::string_view name(PostOnly post_only) {
    switch (post_only) {
        case PostOnly::no:
            break;
        case PostOnly::reject:
            return "reject";
        case PostOnly::reprice:
            return "reprice";
    }
    return "";
}

Price limit_of(const Order& order) {
    if (order.type == OrderType::market) return {};
    return order.type == OrderType::pegged ? order.special->peg_limit : order.price;
}

}  // namespace venue::model
