// The price of an uncross, rule by rule.
#include "venue/engine/equilibrium.hpp"

#include <gmock/gmock.h>

namespace venue::test {
namespace {

using engine::Equilibrium;
using engine::Interest;

struct Row {
    const char* what;
    std::vector<Interest> bids;  ///< Best first: price, lots.
    std::vector<Interest> offers;
    std::int64_t reference;
    Equilibrium expected;  ///< Price, volume, surplus.
};

const std::vector<Row> rows = {
    {"nobody bids", {}, {{100, 5}}, 100, {}},
    {"nobody offers", {{100, 5}}, {}, 100, {}},
    {"one price", {{100, 5}}, {{100, 5}}, 0, {{100}, {5}, {0}}},
    // 101 trades 6; 100 and 102 trade 4 and 5.
    {"the largest volume", {{102, 5}, {101, 3}}, {{100, 4}, {101, 2}}, 100, {{101}, {6}, {2}}},
    // From 101 to 110, 10 are bought and 10 sold; at 100, 15 are bought.
    {"the smallest surplus", {{110, 10}, {100, 5}}, {{100, 10}}, 100, {{101}, {10}, {0}}},
    // 5 more are bought than sold from 100 to 104.
    {"the highest where buyers are left", {{104, 15}}, {{100, 10}}, 100, {{104}, {10}, {5}}},
    {"the lowest where sellers are left", {{104, 10}}, {{100, 15}}, 104, {{100}, {10}, {-5}}},
    {"the reference within what is as good", {{110, 10}}, {{100, 10}}, 105, {{105}, {10}, {0}}},
    {"next to a reference below", {{110, 10}}, {{100, 10}}, 90, {{100}, {10}, {0}}},
    {"next to a reference above", {{110, 10}}, {{100, 10}}, 120, {{110}, {10}, {0}}},
    {"the highest without a reference", {{110, 10}}, {{100, 10}}, 0, {{110}, {10}, {0}}},
    // 2 more are bought at 100 and 101, 2 more are sold at 102 and 103: neither side presses alone.
    {"a surplus on either side, the reference low",
     {{103, 10}, {101, 2}},
     {{100, 10}, {102, 2}},
     99,
     {{100}, {10}, {2}}},
    {"a surplus on either side, the reference high",
     {{103, 10}, {101, 2}},
     {{100, 10}, {102, 2}},
     102,
     {{102}, {10}, {-2}}},
    {"more than 64 bits in all",
     {{100, model::Int128{1} << 63}},
     {{100, model::Int128{1} << 64}},
     0,
     {{100}, {std::numeric_limits<std::int64_t>::max()}, {-std::numeric_limits<std::int64_t>::max()}}},
};

class Equilibria : public testing::TestWithParam<Row> {};

TEST_P(Equilibria, AreWhereTheRulesSay) {
    const Row& row = GetParam();
    const Equilibrium found = engine::equilibrium(row.bids, row.offers, {row.reference});
    EXPECT_EQ(found.price, row.expected.price) << row.what << ": " << found.price.ticks;
    EXPECT_EQ(found.volume, row.expected.volume) << row.what << ": " << found.volume.lots;
    EXPECT_EQ(found.surplus, row.expected.surplus) << row.what << ": " << found.surplus.lots;
}

INSTANTIATE_TEST_SUITE_P(Table, Equilibria, testing::ValuesIn(rows));

}  // namespace
}  // namespace venue::test
