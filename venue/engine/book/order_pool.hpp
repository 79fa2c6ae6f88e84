// Records of 32 bytes for whatever a book is made of: resting orders, price levels, branches of the tree of far prices.
// They are named by 32-bit handles and stay where they are. The last one given back is the next one taken, so that a
// busy book keeps to the memory that is in the cache. One pool may serve any number of ladders of one thread.
#pragma once

#include <cstdint>

#include "venue/engine/book/prefetch.hpp"
#include "venue/engine/book/reserved_memory.hpp"
#include "venue/engine/book/side.hpp"

namespace venue::engine::book {

/// Names a record of a pool; zero names none.
using Handle = std::uint32_t;

/// A place in a ring. A level is the head of the ring of its orders, so taking one out needs no case for the ends.
struct Links {
    Handle next;
    Handle previous;
};

/// An order at rest.
struct OrderRecord {
    Links links;
    std::int64_t quantity;  ///< Open and displayed; an iceberg's present tranche.
    std::uint64_t id;       ///< The caller's.
    Handle level;
    std::uint32_t mark;  ///< The owner's: where his index of ids has the order.
};

/// The orders at one price of one side.
struct LevelRecord {
    Links links;
    std::int64_t quantity;  ///< Sum of its orders'.
    Rank rank;
    std::uint32_t order_count;
    Side side;
};

/// A level outside the price window, as a node of a treap.
struct BranchRecord {
    Handle better;
    Handle worse;
    Rank rank;
    Handle level;
    std::uint32_t priority;
};

/// All three begin with two handles, and the first two with links.
union Record {
    OrderRecord order;
    LevelRecord level;
    BranchRecord branch;
    Links links;
};
static_assert(sizeof(Record) == 32);

class OrderPool {
  public:
    /// Orders and levels together; without a caller's wish, addresses for four billion bytes of them.
    static constexpr std::uint32_t records_default = 1U << 27;
    static constexpr std::uint32_t records_max = 1U << 31;

    /// Costs nothing until the first order.
    explicit OrderPool(std::uint32_t records = records_default) : records_allowed_(records) {}

    /// Whether that many can be taken now without fail.
    [[nodiscard]] bool ready(std::uint32_t count) { return in_use_ + count <= usable_ || make_ready(count); }

    /// The caller made sure that one is ready.
    [[nodiscard]] Handle take() {
        ++in_use_;
        const Handle free = free_;
        if (free == 0) return ++touched_;
        free_ = records_[free].links.next;
        return free;
    }
    void give_back(Handle handle) {
        --in_use_;
        records_[handle].links.next = free_;
        free_ = handle;
    }

    [[nodiscard]] Record& operator[](Handle handle) { return records_[handle]; }
    [[nodiscard]] const Record& operator[](Handle handle) const { return records_[handle]; }

    /// Asks the processor for a record that will soon be read; none is fetched for zero.
    void foresee(Handle handle) const { prefetch(records_ + handle); }

    [[nodiscard]] std::size_t records_allowed() const { return records_allowed_; }
    [[nodiscard]] std::uint32_t in_use() const { return in_use_; }
    /// Memory that was made usable so far; it isn't given back to the system before the pool ends.
    [[nodiscard]] std::size_t bytes() const { return memory_.usable(); }

  private:
    bool make_ready(std::uint32_t count);

    Record* records_ = nullptr;
    Handle free_ = 0;
    std::uint32_t touched_ = 0;  ///< Records that were ever taken; the one at zero never is.
    std::uint32_t in_use_ = 0;
    std::uint32_t usable_ = 0;
    std::uint32_t records_allowed_;
    ReservedMemory memory_;
};

}  // namespace venue::engine::book
