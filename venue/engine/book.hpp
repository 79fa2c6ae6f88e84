// One instrument's resting orders as the engine sees them: the book layer's ladder, in the model's words.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "venue/engine/book/ladder.hpp"
#include "venue/engine/order_table.hpp"

namespace venue::engine {

/// No level's size exceeds this, so that its sum never overflows; it takes hundreds of thousands of the largest orders.
inline constexpr model::Quantity level_size_max{std::int64_t{1} << 62};

/// What rests at one price, until the next change of the book.
struct Level {
    model::Price price;
    model::Quantity size;  ///< Sum of what the queue's orders show; at most `level_size_max`.
    std::int32_t order_count = 0;
    book::Handle handle = 0;
};

/// Owns the levels but not the orders, which lie in the table.
class Book {
  public:
    /// Pool and table outlive the book; the pool may serve all books of an engine.
    Book(book::OrderPool& pool, OrderTable& orders) : ladder_(pool), orders_(orders) {}

    /// The order that trades next; null when the side is empty.
    [[nodiscard]] const KnownOrder* front(model::Side side) const { return known(ladder_.front(side_of(side))); }
    /// The order that trades after this resting one; null when it is the side's last.
    [[nodiscard]] const KnownOrder* after(const KnownOrder& resting) const {
        return known(ladder_.after(resting.at_rest));
    }
    /// Zero when no order rests there.
    [[nodiscard]] model::Quantity size_at(model::Side side, model::Price price) const;

    /// How many orders rest there.
    [[nodiscard]] std::uint32_t count_at(model::Side side, model::Price price) const;

    /// The side's best level, and the next worse one; none when there is none.
    [[nodiscard]] std::optional<Level> best(model::Side side) const { return level(ladder_.best(side_of(side))); }
    [[nodiscard]] std::optional<Level> after(const Level& better) const {
        return level(ladder_.level_after(better.handle));
    }
    /// The first order of a level's queue, and the one behind another in it; null behind the last.
    [[nodiscard]] const KnownOrder* first_of(const Level& level) const { return known(ladder_.first_of(level.handle)); }
    [[nodiscard]] const KnownOrder* behind(const KnownOrder& resting) const {
        return known(ladder_.behind(resting.at_rest));
    }

    /// Puts an order at the back of its level.
    void append(KnownOrder& arriving);
    void remove(KnownOrder& resting);
    /// Follows a resting order's change into `after`, which is at the same price.
    void resize(const KnownOrder& resting, const model::Order& after) {
        hide(resting.order, -hidden(resting.order));
        hide(after, hidden(after));
        ladder_.resize(resting.at_rest, displayed(after).lots);
    }

    /// What the orders at a price don't show.
    [[nodiscard]] model::Int128 hidden_at(model::Side side, model::Price price) const;
    /// Whether orders gather here, to be matched at the end of an auction.
    [[nodiscard]] bool gathers() const { return gathers_; }
    void set_gathers(bool gathers) { gathers_ = gathers; }

  private:
    static book::Side side_of(model::Side side) {
        return side == model::Side::buy ? book::Side::buy : book::Side::sell;
    }
    [[nodiscard]] const KnownOrder* known(book::Handle order) const {
        return order == 0 ? nullptr : &orders_.at(static_cast<OrderIndex::Place>(ladder_.order(order).id));
    }
    [[nodiscard]] std::optional<Level> level(book::Handle handle) const;
    static std::int64_t hidden(const model::Order& order) {
        return order.special ? (order.leaves - displayed(order)).lots : 0;
    }
    void hide(const model::Order& order, std::int64_t more) {
        if (more != 0) change_hidden(order, more);
    }
    void change_hidden(const model::Order& order, std::int64_t more);

    book::Ladder ladder_;
    OrderTable& orders_;
    /// Icebergs alone have something to hide.
    std::map<std::pair<model::Side, model::Price>, model::Int128> hidden_;
    bool gathers_ = false;
};

/// Whether an incoming order's own price accepts that of a resting one.
bool wants(const model::Order& incoming, model::Price resting);
/// And it lies within the ends that were set when it came.
bool accepts(const model::Order& incoming, model::Price resting);

}  // namespace venue::engine
