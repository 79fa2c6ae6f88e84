#include "venue/engine/book/far_levels.hpp"

#include "venue/engine/book/secret.hpp"

namespace venue::engine::book {
namespace {

/// Hangs the better part of a tree on one handle and the rest on another. Both walk down one path, so no stack grows.
void split(OrderPool& pool, Handle tree, Rank rank, Handle* better, Handle* rest) {
    while (tree != 0) {
        BranchRecord& branch = pool[tree].branch;
        if (branch.rank < rank) {
            *better = tree;
            better = &branch.worse;
            tree = branch.worse;
        } else {
            *rest = tree;
            rest = &branch.better;
            tree = branch.better;
        }
    }
    *better = *rest = 0;
}

/// Hangs both trees on one handle; every rank of the first is better than any of the second.
void join(OrderPool& pool, Handle better, Handle worse, Handle* joined) {
    while (better != 0 && worse != 0) {
        BranchRecord& first = pool[better].branch;
        BranchRecord& second = pool[worse].branch;
        if (first.priority > second.priority) {
            *joined = better;
            joined = &first.worse;
            better = first.worse;
        } else {
            *joined = worse;
            joined = &second.better;
            worse = second.better;
        }
    }
    *joined = better != 0 ? better : worse;
}

}  // namespace

Handle FarLevels::find(const OrderPool& pool, Rank rank) const {
    const Handle found = first_from(pool, rank);
    return found != 0 && pool[found].level.rank == rank ? found : 0;
}

Handle FarLevels::first_from(const OrderPool& pool, Rank rank) const {
    Handle found = 0;
    for (Handle at = root_; at != 0;) {
        const BranchRecord& branch = pool[at].branch;
        if (branch.rank >= rank) found = branch.level;
        at = branch.rank >= rank ? branch.better : branch.worse;
    }
    return found;
}

Handle FarLevels::last_to(const OrderPool& pool, Rank rank) const {
    Handle found = 0;
    for (Handle at = root_; at != 0;) {
        const BranchRecord& branch = pool[at].branch;
        if (branch.rank <= rank) found = branch.level;
        at = branch.rank <= rank ? branch.worse : branch.better;
    }
    return found;
}

void FarLevels::add(OrderPool& pool, Handle level) {
    const Rank rank = pool[level].level.rank;
    const Handle added = pool.take();
    const auto priority = static_cast<std::uint32_t>(process_secret().mixed(rank));
    Handle* at = &root_;
    while (*at != 0 && pool[*at].branch.priority >= priority) {
        BranchRecord& branch = pool[*at].branch;
        at = branch.rank < rank ? &branch.worse : &branch.better;
    }
    BranchRecord& branch = pool[added].branch;
    branch = {.better = 0, .worse = 0, .rank = rank, .level = level, .priority = priority};
    split(pool, *at, rank, &branch.better, &branch.worse);
    *at = added;
    ++count_;
    if (rank < best_) best_ = rank;
}

void FarLevels::remove(OrderPool& pool, Rank rank) {
    Handle* at = &root_;
    while (pool[*at].branch.rank != rank) {
        BranchRecord& branch = pool[*at].branch;
        at = branch.rank < rank ? &branch.worse : &branch.better;
    }
    const Handle removed = *at;
    const BranchRecord branch = pool[removed].branch;
    join(pool, branch.better, branch.worse, at);
    pool.give_back(removed);
    --count_;
    if (rank != best_) return;
    best_ = empty() ? none : pool[first_from(pool, 0)].level.rank;
}

}  // namespace venue::engine::book
