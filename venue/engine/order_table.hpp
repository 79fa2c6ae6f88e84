// All orders that the engine remembers, open and closed, found by their ids and by the names that their participants
// gave them. Orders stay where they are; the place of a forgotten one is the next one taken. Nothing is ever rehashed.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "venue/engine/known_order.hpp"
#include "venue/engine/order_index.hpp"

namespace venue::engine {

/// The ends of a list of orders.
struct OrderList {
    OrderIndex::Place first = 0;
    OrderIndex::Place last = 0;
};

class OrderTable {
  public:
    OrderTable() = default;
    ~OrderTable();
    OrderTable(const OrderTable&) = delete;
    OrderTable& operator=(const OrderTable&) = delete;

    /// Takes in an order whose id is new, with its name.
    KnownOrder& add(const model::Order& order);
    /// Forgets an order and all of its names.
    void remove(KnownOrder& order);
    /// The order answers to its new name and to those it had. Beyond `earlier_names_max` the oldest is freed.
    void rename(KnownOrder& order, const model::ClOrdId& name);
    /// One more name that the order answers to; older than those it has, and newer than those added so before.
    void add_earlier_name(KnownOrder& order, const model::ClOrdId& name);

    /// Puts an order at the end of a list in which it isn't, and takes it out of the one in which it is. An order is in
    /// one list at most.
    void link(OrderList& list, const KnownOrder& order);
    void unlink(OrderList& list, const KnownOrder& order);
    /// The first of a list, and the one behind another; null when there is none.
    [[nodiscard]] const KnownOrder* first(const OrderList& list) const { return known(list.first); }
    [[nodiscard]] const KnownOrder* behind(const KnownOrder& order) const { return known(links_of(order.place).next); }

    /// Null when there is none.
    [[nodiscard]] const KnownOrder* find(model::OrderId id) const;
    [[nodiscard]] KnownOrder* find(model::OrderId id);
    [[nodiscard]] const KnownOrder* find(model::ParticipantId participant, const model::ClOrdId& name) const;

    /// The next that is looked for by its id is probably this one: it is found without the index.
    void expect(const KnownOrder& order) const { expected_[slot_of(order.order.id)] = order.place; }

    /// Asks the processor for the index's entry of a name; once that is there, for the order that probably has it; and
    /// once that is there, for those beside it in its list.
    void foresee(model::ParticipantId participant, const model::ClOrdId& name) const;
    void foresee_order(model::ParticipantId participant, const model::ClOrdId& name) const;
    void foresee_neighbours(const KnownOrder& order) const;
    /// For an order at hand.
    static void foresee_whole(const KnownOrder& order);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] KnownOrder& at(OrderIndex::Place place) {
        return chunks_[place / chunk_size]->orders[place % chunk_size];
    }
    [[nodiscard]] const KnownOrder& at(OrderIndex::Place place) const {
        return chunks_[place / chunk_size]->orders[place % chunk_size];
    }
    /// Calls `each` for every order, in no order that means anything.
    template <class Each>
    void each(Each each) const {
        for (OrderIndex::Place place = 1; place < touched_; ++place) {
            if (at(place).order.id) each(at(place));
        }
    }

  private:
    static constexpr std::uint32_t chunk_size = 1024;
    struct Links {
        OrderIndex::Place previous;
        OrderIndex::Place next;
    };
    /// An order is made when its place is taken, and the table ends it: memory isn't touched before. The links lie by
    /// themselves: whoever leaves a list touches its neighbours' links and not their orders.
    struct Chunk {
        Chunk() {}
        ~Chunk() {}
        union {
            KnownOrder orders[chunk_size];
        };
        Links links[chunk_size];
    };
    /// A power of two, so many that those of a few commands don't push each other out.
    static constexpr std::size_t expected_count = 16;

    [[nodiscard]] Links& links_of(OrderIndex::Place place) {
        return chunks_[place / chunk_size]->links[place % chunk_size];
    }
    [[nodiscard]] const Links& links_of(OrderIndex::Place place) const {
        return chunks_[place / chunk_size]->links[place % chunk_size];
    }
    static std::size_t slot_of(model::OrderId id) { return static_cast<std::size_t>(id.value) % expected_count; }
    [[nodiscard]] const KnownOrder* known(OrderIndex::Place place) const { return place == 0 ? nullptr : &at(place); }

    KnownOrder& take_place(const model::Order& order);
    void insert_name(const KnownOrder& order, const model::ClOrdId& name);
    void erase_name(const KnownOrder& order, const model::ClOrdId& name);

    std::vector<std::unique_ptr<Chunk>> chunks_;
    std::vector<OrderIndex::Place> free_;
    OrderIndex::Place touched_ = 1;  ///< Places below it were taken at some time.
    std::size_t size_ = 0;
    mutable std::array<OrderIndex::Place, expected_count> expected_{};
    OrderIndex ids_;
    OrderIndex names_;
};

}  // namespace venue::engine
