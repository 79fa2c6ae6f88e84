// An order as the engine remembers it.
#pragma once

#include <cstdint>
#include <vector>

#include "venue/model/order.hpp"

namespace venue::engine {

/// Names that an order is remembered under beside its latest. A replace that leaves one more behind frees the oldest:
/// it no longer finds the order, and may be used for another.
inline constexpr std::size_t earlier_names_max = 100;

/// An order, open or closed, with what its table and its book know it by. It begins a cache line.
struct alignas(64) KnownOrder {
    model::Order order;
    std::vector<model::ClOrdId> earlier_names;  ///< The last names that replaces left behind, oldest first.
    std::uint32_t place = 0;                    ///< In the table.
    std::uint32_t at_rest = 0;                  ///< In the book; zero while it doesn't rest.
};

}  // namespace venue::engine
