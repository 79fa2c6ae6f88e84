#include "venue/engine/book.hpp"

#include "venue/engine/band.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {

model::Quantity Book::size_at(model::Side side, model::Price price) const {
    const book::Handle level = ladder_.level_at(side_of(side), price.ticks);
    return {level == 0 ? 0 : ladder_.depth(level).quantity};
}

std::uint32_t Book::count_at(model::Side side, model::Price price) const {
    const book::Handle level = ladder_.level_at(side_of(side), price.ticks);
    return level == 0 ? 0 : ladder_.depth(level).order_count;
}

std::optional<Level> Book::level(book::Handle handle) const {
    if (handle == 0) return {};
    const book::Depth depth = ladder_.depth(handle);
    return Level{{depth.price}, {depth.quantity}, static_cast<std::int32_t>(depth.order_count), handle};
}

void Book::append(KnownOrder& arriving) {
    ensure(ladder_.ready(), "the book finds memory for one order more");
    const model::Order& order = arriving.order;
    hide(order, hidden(order));
    arriving.at_rest = ladder_.append(side_of(order.side), order.price.ticks, displayed(order).lots, arriving.place);
}

void Book::remove(KnownOrder& resting) {
    hide(resting.order, -hidden(resting.order));
    ladder_.remove(resting.at_rest);
    resting.at_rest = 0;
}

model::Int128 Book::hidden_at(model::Side side, model::Price price) const {
    const auto found = hidden_.find({side, price});
    return found == hidden_.end() ? 0 : found->second;
}

void Book::change_hidden(const model::Order& order, std::int64_t more) {
    const auto key = std::pair(order.side, order.price);
    const auto found = hidden_.try_emplace(key, 0).first;
    found->second += more;
    if (found->second == 0) hidden_.erase(found);
}

bool accepts(const model::Order& incoming, model::Price resting) {
    if (!wants(incoming, resting)) return false;
    if (!incoming.special) return true;
    return !is_beyond(incoming.side, resting, incoming.special->band_end) &&
           !is_beyond(incoming.side, resting, incoming.special->protection_end);
}

bool wants(const model::Order& incoming, model::Price resting) {
    if (incoming.type == model::OrderType::market) return true;
    return incoming.side == model::Side::buy ? incoming.price >= resting : incoming.price <= resting;
}

}  // namespace venue::engine
