#include "venue/engine/auction.hpp"

namespace venue::engine {

void Auction::add(const KnownOrder& known) {
    const model::Order& order = known.order;
    if (known.at_rest == 0) {
        waiting_for(order.time_in_force).insert(order.id);
        return;
    }
    ending_.insert(order.id);
    if (order.type != model::OrderType::market) return;
    market_of(order.side).insert(key_of(order.side, order.price, order.id));
}

void Auction::remove(const model::Order& order) {
    waiting_for(order.time_in_force).erase(order.id);
    ending_.erase(order.id);
    if (order.type == model::OrderType::market) {
        market_of(order.side).erase(key_of(order.side, order.price, order.id));
    }
}

model::OrderId Auction::joining(model::Phase phase) const {
    const bool opens = phase == model::Phase::pre_open || phase == model::Phase::opening_auction;
    if (opens && !for_open_.empty()) return *for_open_.begin();
    const bool closes = phase == model::Phase::closing_auction;
    return closes && !for_close_.empty() ? *for_close_.begin() : model::OrderId{};
}

model::OrderId Auction::market_at(model::Side side, model::Price price) const {
    const ByPrice& orders = side == model::Side::buy ? market_buys_ : market_sells_;
    if (orders.empty()) return {};
    const auto& [rank, id] = *orders.begin();
    return key_of(side, price, id).first == rank ? id : model::OrderId{};
}

}  // namespace venue::engine
