#include "venue/fix/sparse_count.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace venue::fix {
namespace {

TEST(SparseCount, tells_the_first_the_tenth_and_the_hundredth) {
    SparseCount count;
    std::vector<std::size_t> told;
    for (int i = 0; i < 999; ++i) {
        if (count.add()) told.push_back(count.count());
    }
    EXPECT_EQ(told, (std::vector<std::size_t>{1, 10, 100}));
}

TEST(SparseCount, misses_none_that_is_counted_among_others) {
    SparseCount count;
    EXPECT_TRUE(count.add(12));
    EXPECT_FALSE(count.add(80));
    EXPECT_TRUE(count.add(80));
}

}  // namespace
}  // namespace venue::fix
