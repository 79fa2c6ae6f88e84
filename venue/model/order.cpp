#include "venue/model/order.hpp"

namespace venue::model {

std::string_view name(Side side) { return side == Side::buy ? "buy" : "sell"; }

std::string_view name(OrderType type) { return type == OrderType::market ? "market" : "limit"; }

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

}  // namespace venue::model
