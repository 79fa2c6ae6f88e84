// One instrument's resting orders by price and time: levels, best first, and in each a queue in the order of arrival.
// It knows no matching, no holds and no index of ids: whoever owns the orders keeps their handles.
#pragma once

#include <array>

#include "venue/engine/book/side_levels.hpp"

namespace venue::engine::book {

/// What rests at one price.
struct Depth {
    Ticks price;
    std::int64_t quantity;
    std::uint32_t order_count;
    bool operator==(const Depth&) const = default;
};

class Ladder {
  public:
    /// Records that one arrival takes at most: the order, its level, the level's branch in the tree.
    static constexpr std::uint32_t records_per_arrival = 3;

    /// The pool may be shared with other ladders of the same thread, and outlives them. An empty ladder takes no memory
    /// beside itself.
    explicit Ladder(OrderPool& pool) : pool_(pool) {}
    Ladder(const Ladder&) = delete;
    Ladder& operator=(const Ladder&) = delete;

    // -- One order --

    [[nodiscard]] const OrderRecord& order(Handle order) const { return pool_[order].order; }
    [[nodiscard]] Side side(Handle order) const { return level_of(order).side; }
    [[nodiscard]] Ticks price(Handle order) const { return price_of(level_of(order).side, level_of(order).rank); }
    void mark(Handle order, std::uint32_t mark) { pool_[order].order.mark = mark; }

    /// Whether memory for another order is there.
    [[nodiscard]] bool ready() { return pool_.ready(records_per_arrival); }
    /// Whether the sum of a level's quantities stays below 2^63 with so much more; one that isn't there yet is zero.
    [[nodiscard]] bool admits(Handle level, std::int64_t more) const {
        std::int64_t sum = 0;
        return level == 0 || !__builtin_add_overflow(pool_[level].level.quantity, more, &sum);
    }

    /// Puts a new order at the back of its price. The ladder is ready and admits it; the quantity is positive.
    Handle append(Side side, Ticks price, std::int64_t quantity, std::uint64_t id) {
        return append(level_at(side, price), side, price, quantity, id);
    }
    /// The same for who knows the level at that price already; zero where there is none.
    Handle append(Handle level, Side side, Ticks price, std::int64_t quantity, std::uint64_t id) {
        const Handle order = pool_.take();
        pool_[order].order = {.links = {}, .quantity = quantity, .id = id, .level = 0, .mark = 0};
        join(order, level != 0 ? level : at(side).add(pool_, rank_of(side, price)));
        return order;
    }
    /// Takes an order out for good; its handle may name another one from now on.
    void remove(Handle order) {
        detach(order);
        release(order);
    }
    /// Changes what is open, to a positive quantity, and keeps the order's place. What is more must be admitted.
    void resize(Handle order, std::int64_t quantity) {
        OrderRecord& resized = pool_[order].order;
        pool_[resized.level].level.quantity += quantity - resized.quantity;
        resized.quantity = quantity;
    }
    /// Takes an order out and keeps its record, which is then attached again, or released.
    void detach(Handle order) {
        const OrderRecord& leaving = pool_[order].order;
        LevelRecord& left = pool_[leaving.level].level;
        pool_[leaving.links.previous].links.next = leaving.links.next;
        pool_[leaving.links.next].links.previous = leaving.links.previous;
        left.quantity -= leaving.quantity;
        if (--left.order_count == 0) at(left.side).remove(pool_, leaving.level);
    }
    /// Puts a detached order at the back of a price. The ladder is ready and admits it.
    void attach(Handle order, Side side, Ticks price, std::int64_t quantity) {
        pool_[order].order.quantity = quantity;
        const Handle level = level_at(side, price);
        join(order, level != 0 ? level : at(side).add(pool_, rank_of(side, price)));
    }
    void release(Handle order) { pool_.give_back(order); }

    // -- Priority --

    /// The order that trades next; zero when the side is empty.
    [[nodiscard]] Handle front(Side side) const {
        const Handle level = at(side).best();
        return level == 0 ? 0 : pool_[level].links.next;
    }
    /// The order that trades after this one; zero when it is the side's last.
    [[nodiscard]] Handle after(Handle order) const {
        const OrderRecord& resting = pool_[order].order;
        if (resting.links.next != resting.level) return resting.links.next;
        const Handle level = level_after(resting.level);
        return level == 0 ? 0 : pool_[level].links.next;
    }
    /// Whether an incoming order of this side and limit would trade.
    [[nodiscard]] bool crosses(Side incoming, Ticks limit) const {
        const SideLevels& resting = at(opposite(incoming));
        return resting.best() != 0 && resting.best_rank() <= rank_of(opposite(incoming), limit);
    }

    // -- Levels --

    /// Of a side that isn't empty.
    [[nodiscard]] Ticks best_price(Side side) const { return price_of(side, at(side).best_rank()); }
    /// The best level; zero when the side is empty.
    [[nodiscard]] Handle best(Side side) const { return at(side).best(); }
    /// The next worse one; zero when there is none.
    [[nodiscard]] Handle level_after(Handle level) const { return at(pool_[level].level.side).after(pool_, level); }
    /// Zero when nothing rests at that price.
    [[nodiscard]] Handle level_at(Side side, Ticks price) const { return at(side).find(pool_, rank_of(side, price)); }
    [[nodiscard]] Depth depth(Handle level) const {
        const LevelRecord& record = pool_[level].level;
        return {price_of(record.side, record.rank), record.quantity, record.order_count};
    }
    /// The order at the front of a level, and the one behind another in the same level; zero behind the last.
    [[nodiscard]] Handle first_of(Handle level) const { return pool_[level].links.next; }
    [[nodiscard]] Handle behind(Handle order) const {
        const OrderRecord& resting = pool_[order].order;
        return resting.links.next == resting.level ? 0 : resting.links.next;
    }

    [[nodiscard]] bool empty(Side side) const { return at(side).best() == 0; }

  private:
    [[nodiscard]] const SideLevels& at(Side side) const { return sides_[index_of(side)]; }
    [[nodiscard]] SideLevels& at(Side side) { return sides_[index_of(side)]; }
    [[nodiscard]] const LevelRecord& level_of(Handle order) const { return pool_[pool_[order].order.level].level; }

    void join(Handle order, Handle level) {
        LevelRecord& joined = pool_[level].level;
        OrderRecord& joining = pool_[order].order;
        joining.level = level;
        joining.links = {level, joined.links.previous};
        pool_[joined.links.previous].links.next = order;
        joined.links.previous = order;
        joined.quantity += joining.quantity;
        ++joined.order_count;
    }

    OrderPool& pool_;
    std::array<SideLevels, 2> sides_{SideLevels{Side::buy}, SideLevels{Side::sell}};
};

}  // namespace venue::engine::book
