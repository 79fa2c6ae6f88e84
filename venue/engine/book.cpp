#include "venue/engine/book.hpp"

#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

std::int64_t rank(model::Side side, model::Price price) {
    return side == model::Side::buy ? -price.ticks : price.ticks;
}

}  // namespace

const KnownOrder* Book::front(model::Side side) const {
    const Levels& levels_of_side = levels(side);
    return levels_of_side.empty() ? nullptr : levels_of_side.begin()->second.front;
}

model::Quantity Book::size_at(model::Side side, model::Price price) const {
    const auto found = levels(side).find(rank(side, price));
    return found == levels(side).end() ? model::Quantity{} : found->second.size;
}

const KnownOrder* Book::after(const KnownOrder& resting) const {
    if (resting.behind != nullptr) return resting.behind;
    const Levels& levels_of_side = levels(resting.order.side);
    const auto next = levels_of_side.upper_bound(rank(resting.order.side, resting.order.price));
    return next == levels_of_side.end() ? nullptr : next->second.front;
}

void Book::append(KnownOrder& arriving) {
    const model::Order& order = arriving.order;
    Level& level = side_of(order)[rank(order.side, order.price)];
    level.price = order.price;
    level.size += displayed(order);
    ++level.order_count;
    arriving.level = &level;
    arriving.ahead = level.back;
    (level.back == nullptr ? level.front : level.back->behind) = &arriving;
    level.back = &arriving;
}

void Book::remove(KnownOrder& resting) {
    Level& level = *resting.level;
    level.size -= displayed(resting.order);
    --level.order_count;
    (resting.ahead == nullptr ? level.front : resting.ahead->behind) = resting.behind;
    (resting.behind == nullptr ? level.back : resting.behind->ahead) = resting.ahead;
    resting.level = nullptr;
    resting.ahead = resting.behind = nullptr;
    if (level.order_count > 0) return;
    ensure(level.size == model::Quantity{}, "an empty level has no size");
    side_of(resting.order).erase(rank(resting.order.side, level.price));
}

void Book::resize(const KnownOrder& resting, model::Quantity shown) {
    resting.level->size += shown - displayed(resting.order);
}

bool accepts(const model::Order& incoming, model::Price resting) {
    if (incoming.type == model::OrderType::market) return true;
    return incoming.side == model::Side::buy ? incoming.price >= resting : incoming.price <= resting;
}

}  // namespace venue::engine
