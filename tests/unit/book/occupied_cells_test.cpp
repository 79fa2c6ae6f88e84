// The bitmap against a std::set, in both directions and around the ring's end.
#include <gmock/gmock.h>

#include <memory>
#include <random>
#include <set>

#include "venue/engine/book/occupied_cells.hpp"

namespace venue::test {
namespace {

using engine::book::OccupiedCells;

TEST(OccupiedCells, TheNearestIsFoundInBothDirectionsAndAroundTheEnd) {
    std::mt19937 random(7);
    for (const std::uint32_t spread : {1U, 64U, 4'096U, 65'536U, OccupiedCells::count}) {
        const auto cells = std::make_unique<OccupiedCells>();
        std::set<std::uint32_t> expected;
        for (int step = 0; step < 4'000; ++step) {
            const std::uint32_t cell = (random() % spread + OccupiedCells::count - spread / 2) % OccupiedCells::count;
            if (random() % 2 == 0) {
                cells->add(cell);
                expected.insert(cell);
            } else {
                cells->remove(cell);
                expected.erase(cell);
            }
            ASSERT_EQ(cells->empty(), expected.empty());
            ASSERT_EQ(cells->has(cell), expected.contains(cell));
            if (expected.empty()) continue;
            const std::uint32_t from = random() % 3 == 0 ? random() % OccupiedCells::count : cell;
            const auto first = expected.lower_bound(from);
            ASSERT_EQ(cells->first_from(from), first == expected.end() ? *expected.begin() : *first);
            const auto last = expected.upper_bound(from);
            ASSERT_EQ(cells->last_to(from), last == expected.begin() ? *expected.rbegin() : *std::prev(last));
        }
    }
}

}  // namespace
}  // namespace venue::test
