// The levels of one side that lie outside its price window, in order: a treap. Exact for every price, and slower than
// the window by the tree's depth, which nobody can choose: its shape is drawn.
#pragma once

#include <limits>

#include "venue/engine/book/order_pool.hpp"

namespace venue::engine::book {

class FarLevels {
  public:
    [[nodiscard]] bool empty() const { return root_ == 0; }
    /// The best rank there is; when there is none, the worst that can be.
    [[nodiscard]] Rank best() const { return best_; }
    [[nodiscard]] std::uint32_t count() const { return count_; }

    /// Zero when there is none at that rank.
    [[nodiscard]] Handle find(const OrderPool& pool, Rank rank) const;
    /// The best level that isn't better than that rank; zero when there is none.
    [[nodiscard]] Handle first_from(const OrderPool& pool, Rank rank) const;
    /// The worst level that isn't worse than that rank; zero when there is none.
    [[nodiscard]] Handle last_to(const OrderPool& pool, Rank rank) const;

    /// The caller made sure that the pool has a record ready.
    void add(OrderPool& pool, Handle level);
    /// The level is in here.
    void remove(OrderPool& pool, Rank rank);

  private:
    static constexpr Rank none = std::numeric_limits<Rank>::max();

    Handle root_ = 0;
    std::uint32_t count_ = 0;
    Rank best_ = none;
};

}  // namespace venue::engine::book
