// The price levels of one side, the best of them at hand. Ranks within the window have a cell each and are found and
// left in constant time; the others are in a tree. When the book wanders off, the window follows it a few levels at a
// time.
#pragma once

#include <algorithm>

#include "venue/engine/book/far_levels.hpp"
#include "venue/engine/book/occupied_cells.hpp"

namespace venue::engine::book {

class SideLevels {
  public:
    explicit SideLevels(Side side) : side_(side) {}

    /// The best level; zero when the side is empty.
    [[nodiscard]] Handle best() const { return best_; }
    /// The best level's rank; when the side is empty, the worst that can be.
    [[nodiscard]] Rank best_rank() const { return best_rank_; }
    /// The next worse level; zero when there is none.
    [[nodiscard]] Handle after(const OrderPool& pool, Handle level) const;

    /// Zero when nothing rests at that rank.
    [[nodiscard]] Handle find(const OrderPool& pool, Rank rank) const {
        if (!in_window(rank)) return far_.empty() ? 0 : far_.find(pool, rank);
        return window_->levels[cell_of(rank)];
    }

    /// A new, empty level; nothing rests at that rank, and the pool has two records ready.
    Handle add(OrderPool& pool, Rank rank) {
        const Handle level = pool.take();
        pool[level].level = {.links = {level, level}, .quantity = 0, .rank = rank, .order_count = 0, .side = side_};
        if (rank < best_rank_ || best_ == 0) become_best(level, rank);
        if (in_window(rank)) {
            put_into_window(level, rank);
        } else {
            add_far(pool, level);
        }
        return level;
    }

    /// Forgets a level that was emptied.
    void remove(OrderPool& pool, Handle level) {
        const Rank rank = pool[level].level.rank;
        if (in_window(rank)) {
            take_out_of_window(rank);
        } else {
            far_.remove(pool, rank);
        }
        if (level == best_) find_best(pool, rank);
        pool.give_back(level);
    }

    /// Whether there are levels outside the window, and thus slower ones.
    [[nodiscard]] std::uint32_t far_count() const { return far_.count(); }

  private:
    struct Window {
        OccupiedCells occupied;
        Handle levels[OccupiedCells::count];  ///< Zero where there is none.
    };

    static constexpr Rank worst = ~Rank{0};
    static constexpr Rank window_size = OccupiedCells::count;
    /// What lies before the best rank when the window was centred: room for improvement.
    static constexpr Rank margin = window_size / 4;
    /// A side with fewer levels doesn't need a window: the tree is as fast, and ten thousand quiet books stay small.
    static constexpr std::uint32_t levels_without_window = 16;
    /// Levels that one arrival outside the window may move. More than one, so that the window gains on the arrivals.
    static constexpr int moves_per_arrival = 16;

    /// An empty window contains nothing, so this also asks whether there is one.
    [[nodiscard]] bool in_window(Rank rank) const { return rank - window_begin_ < window_length_; }
    [[nodiscard]] static std::uint32_t cell_of(Rank rank) {
        return static_cast<std::uint32_t>(rank) & (OccupiedCells::count - 1);
    }
    [[nodiscard]] Handle first_in_window() const {
        return window_->levels[window_->occupied.first_from(cell_of(window_begin_))];
    }
    [[nodiscard]] bool window_occupied() const { return window_length_ != 0 && !window_->occupied.empty(); }

    [[nodiscard]] Rank window_end() const { return window_begin_ + window_length_; }
    [[nodiscard]] Rank goal_end() const { return goal_ + window_size; }
    void set_window(Rank begin, Rank end) {
        window_begin_ = begin;
        window_length_ = end - begin;
    }

    void become_best(Handle level, Rank rank) {
        best_ = level;
        best_rank_ = rank;
    }
    void put_into_window(Handle level, Rank rank) {
        const std::uint32_t cell = cell_of(rank);
        window_->levels[cell] = level;
        window_->occupied.add(cell);
    }
    void take_out_of_window(Rank rank) {
        const std::uint32_t cell = cell_of(rank);
        window_->levels[cell] = 0;
        window_->occupied.remove(cell);
    }
    /// After the best level went: what is left is worse than it, and mostly near.
    void find_best(const OrderPool& pool, Rank gone) {
        best_ = 0;
        best_rank_ = worst;
        if (window_occupied()) {
            best_ = window_->levels[window_->occupied.first_from(cell_of(std::max(gone, window_begin_)))];
            best_rank_ = pool[best_].level.rank;
        }
        if (far_.empty() || far_.best() > best_rank_) return;
        become_best(far_.find(pool, far_.best()), far_.best());
    }

    void add_far(OrderPool& pool, Handle level);
    void follow(OrderPool& pool);
    [[nodiscard]] bool best_is_central() const;
    [[nodiscard]] bool make_window();
    [[nodiscard]] bool move(OrderPool& pool);
    bool leave_front(OrderPool& pool);
    bool leave_back(OrderPool& pool);
    bool reach_front(OrderPool& pool);
    bool reach_back(OrderPool& pool);
    void give_up(OrderPool& pool, Handle level);
    void take_in(OrderPool& pool, Handle level);

    Handle best_ = 0;
    Side side_;
    bool following_ = false;
    Rank best_rank_ = worst;
    Window* window_ = nullptr;
    Rank window_begin_ = 0;
    Rank window_length_ = 0;
    Rank goal_ = 0;  ///< Where the window shall begin.
    FarLevels far_;
    ReservedMemory window_memory_;
};

}  // namespace venue::engine::book
