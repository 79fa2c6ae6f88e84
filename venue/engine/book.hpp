// One instrument's resting orders: price levels, best first, and in each level a queue in the order of arrival.
#pragma once

#include <map>
#include <vector>

#include "venue/model/order.hpp"

namespace venue::engine {

struct Level;

/// An order that the engine remembers, open or closed. While it rests it is a link in its level's queue.
struct KnownOrder {
    model::Order order;
    std::vector<model::ClOrdId> earlier_names;  ///< The last names that replaces left behind, oldest first.
    Level* level = nullptr;                     ///< Null while it doesn't rest.
    KnownOrder* ahead = nullptr;
    KnownOrder* behind = nullptr;
};

/// No level's size exceeds this, so that its sum never overflows; it takes hundreds of thousands of the largest orders.
inline constexpr model::Quantity level_size_max{std::int64_t{1} << 62};

struct Level {
    model::Price price;
    model::Quantity size;  ///< Sum of what the queue's orders show; at most `level_size_max`.
    std::int32_t order_count = 0;
    KnownOrder* front = nullptr;
    KnownOrder* back = nullptr;
};

/// Owns the levels but not the orders, which must stay where they are while they rest.
class Book {
  public:
    /// By rank: the better the price, the smaller the key. So both sides read from begin() to end().
    using Levels = std::map<std::int64_t, Level>;

    [[nodiscard]] const Levels& levels(model::Side side) const { return side == model::Side::buy ? bids_ : offers_; }
    /// The order that trades next; null when the side is empty.
    [[nodiscard]] const KnownOrder* front(model::Side side) const;
    /// Zero when no order rests there.
    [[nodiscard]] model::Quantity size_at(model::Side side, model::Price price) const;
    /// The order that trades after this resting one; null when it is the side's last.
    [[nodiscard]] const KnownOrder* after(const KnownOrder& resting) const;

    /// Puts an order at the back of its level.
    void append(KnownOrder& arriving);
    void remove(KnownOrder& resting);
    /// Follows a change of what a resting order shows, before the order itself takes it over.
    static void resize(const KnownOrder& resting, model::Quantity shown);

  private:
    Levels& side_of(const model::Order& order) { return order.side == model::Side::buy ? bids_ : offers_; }

    Levels bids_;
    Levels offers_;
};

/// Whether an incoming order accepts the price of a resting one.
bool accepts(const model::Order& incoming, model::Price resting);

}  // namespace venue::engine
