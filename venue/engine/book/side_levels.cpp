#include "venue/engine/book/side_levels.hpp"

#include <algorithm>

namespace venue::engine::book {

Handle SideLevels::after(const OrderPool& pool, Handle level) const {
    const Rank rank = pool[level].level.rank;
    if (rank == worst) return 0;
    if (in_window(rank + 1) && window_occupied()) {
        const Handle next = window_->levels[window_->occupied.first_from(cell_of(rank + 1))];
        // Going round, the search may come back to what is better.
        if (pool[next].level.rank > rank) return next;
    }
    const Handle far = far_.empty() ? 0 : far_.first_from(pool, rank + 1);
    if (rank >= window_begin_ || !window_occupied()) return far;
    const Handle near = first_in_window();
    return far != 0 && pool[far].level.rank < pool[near].level.rank ? far : near;
}

void SideLevels::add_far(OrderPool& pool, Handle level) {
    far_.add(pool, level);
    if (far_.count() > levels_without_window) follow(pool);
}

bool SideLevels::best_is_central() const {
    return in_window(best_rank_) && best_rank_ - window_begin_ <= window_size / 2 &&
           (best_rank_ - window_begin_ >= margin / 4 || window_begin_ == 0);
}

bool SideLevels::make_window() {
    if (window_ != nullptr) return true;
    if (!window_memory_.reserved() && !window_memory_.reserve(sizeof(Window))) return false;
    while (window_memory_.usable() < sizeof(Window)) {
        if (!window_memory_.grow()) return false;
    }
    window_ = reinterpret_cast<Window*>(window_memory_.begin());
    return true;
}

/// Brings the window a little nearer to the best price. Without memory for it the tree holds everything.
void SideLevels::follow(OrderPool& pool) {
    if (!following_ && best_is_central()) return;
    following_ = make_window();
    // Neither end may pass the end of the ranks: there, too, the tree holds everything.
    goal_ = std::clamp(best_rank_, margin, worst - window_size) - margin;
    for (int moves = 0; following_ && moves < moves_per_arrival; ++moves) following_ = pool.ready(1) && move(pool);
}

/// One step of the window towards its goal; it gives up ranks at one end before it takes in those at the other, and so
/// never exceeds its size. False when it is there.
bool SideLevels::move(OrderPool& pool) {
    if (window_length_ == 0) window_begin_ = goal_;
    if (window_begin_ < goal_) return leave_front(pool);
    if (window_end() > goal_end()) return leave_back(pool);
    if (window_begin_ > goal_) return reach_front(pool);
    if (window_end() < goal_end()) return reach_back(pool);
    return false;
}

bool SideLevels::leave_front(OrderPool& pool) {
    const Handle first = window_occupied() ? first_in_window() : 0;
    const Rank ahead = std::min(goal_, window_end());
    const bool gives_up = first != 0 && pool[first].level.rank < ahead;
    set_window(gives_up ? pool[first].level.rank + 1 : ahead, window_end());
    if (gives_up) give_up(pool, first);
    return true;
}

bool SideLevels::leave_back(OrderPool& pool) {
    const Handle last = window_occupied() ? window_->levels[window_->occupied.last_to(cell_of(window_end() - 1))] : 0;
    const Rank back = std::max(goal_end(), window_begin_);
    const bool gives_up = last != 0 && pool[last].level.rank >= back;
    set_window(window_begin_, gives_up ? pool[last].level.rank : back);
    if (gives_up) give_up(pool, last);
    return true;
}

bool SideLevels::reach_front(OrderPool& pool) {
    const Handle next = far_.last_to(pool, window_begin_ - 1);
    const bool takes_in = next != 0 && pool[next].level.rank >= goal_;
    set_window(takes_in ? pool[next].level.rank : goal_, window_end());
    if (takes_in) take_in(pool, next);
    return true;
}

bool SideLevels::reach_back(OrderPool& pool) {
    const Handle next = far_.first_from(pool, window_end());
    const bool takes_in = next != 0 && pool[next].level.rank < goal_end();
    set_window(window_begin_, takes_in ? pool[next].level.rank + 1 : goal_end());
    if (takes_in) take_in(pool, next);
    return true;
}

void SideLevels::give_up(OrderPool& pool, Handle level) {
    take_out_of_window(pool[level].level.rank);
    far_.add(pool, level);
}

void SideLevels::take_in(OrderPool& pool, Handle level) {
    far_.remove(pool, pool[level].level.rank);
    put_into_window(level, pool[level].level.rank);
}

}  // namespace venue::engine::book
