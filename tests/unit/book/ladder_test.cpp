// The ladder by itself, as the engine owns it: handles, priority, levels, sums.
#include <gmock/gmock.h>

#include "venue/engine/book/ladder.hpp"

namespace venue::test {
namespace {

using engine::book::Depth;
using engine::book::Handle;
using engine::book::Ladder;
using engine::book::OrderPool;
using engine::book::Side;

class LadderTest : public testing::Test {
  protected:
    Handle append(Side side, std::int64_t price, std::int64_t quantity, std::uint64_t id = 0) {
        EXPECT_TRUE(ladder.ready() && ladder.admits(ladder.level_at(side, price), quantity));
        return ladder.append(side, price, quantity, id);
    }

    OrderPool pool;
    Ladder ladder{pool};
};

TEST_F(LadderTest, KnowsWhatAnOrderIs) {
    const Handle order = append(Side::sell, -7, 3, 42);
    ladder.mark(order, 99);
    EXPECT_EQ(ladder.order(order).id, 42U);
    EXPECT_EQ(ladder.order(order).mark, 99U);
    EXPECT_EQ(ladder.order(order).quantity, 3);
    EXPECT_EQ(ladder.side(order), Side::sell);
    EXPECT_EQ(ladder.price(order), -7);
}

TEST_F(LadderTest, PriorityRunsThroughAllLevels) {
    const Handle second = append(Side::buy, 100, 1);
    const Handle third = append(Side::buy, 100, 1);
    const Handle fourth = append(Side::buy, 50, 1);
    const Handle first = append(Side::buy, 101, 1);
    EXPECT_EQ(ladder.front(Side::buy), first);
    EXPECT_EQ(ladder.after(first), second);
    EXPECT_EQ(ladder.after(second), third);
    EXPECT_EQ(ladder.after(third), fourth);
    EXPECT_EQ(ladder.after(fourth), 0U);
    EXPECT_EQ(ladder.front(Side::sell), 0U);
    EXPECT_EQ(ladder.behind(second), third);
    EXPECT_EQ(ladder.behind(third), 0U);
}

TEST_F(LadderTest, AResizedOrderKeepsItsPlaceAndTheLevelItsSum) {
    const Handle tranche = append(Side::sell, 100, 10);
    append(Side::sell, 100, 5);
    ladder.resize(tranche, 4);
    EXPECT_EQ(ladder.depth(ladder.best(Side::sell)), (Depth{100, 9, 2}));
    ladder.resize(tranche, 20);
    EXPECT_EQ(ladder.depth(ladder.best(Side::sell)), (Depth{100, 25, 2}));
    EXPECT_EQ(ladder.front(Side::sell), tranche);
}

TEST_F(LadderTest, ATrancheThatIsRefreshedGoesToTheBackUnderTheSameHandle) {
    const Handle iceberg = append(Side::sell, 100, 10, 1);
    const Handle other = append(Side::sell, 100, 10, 2);
    ladder.detach(iceberg);
    EXPECT_EQ(ladder.depth(ladder.best(Side::sell)), (Depth{100, 10, 1}));
    ladder.attach(iceberg, Side::sell, 100, 7);
    EXPECT_EQ(ladder.front(Side::sell), other);
    EXPECT_EQ(ladder.after(other), iceberg);
    EXPECT_EQ(ladder.order(iceberg).id, 1U);
    EXPECT_EQ(ladder.depth(ladder.best(Side::sell)), (Depth{100, 17, 2}));
}

TEST_F(LadderTest, CrossesFromEitherSide) {
    append(Side::buy, 99, 1);
    append(Side::sell, 101, 1);
    EXPECT_TRUE(ladder.crosses(Side::buy, 101));
    EXPECT_FALSE(ladder.crosses(Side::buy, 100));
    EXPECT_TRUE(ladder.crosses(Side::sell, 99));
    EXPECT_FALSE(ladder.crosses(Side::sell, 100));
}

TEST_F(LadderTest, LaddersThatShareAPoolDontMix) {
    Ladder other{pool};
    const Handle here = append(Side::buy, 100, 1);
    ASSERT_TRUE(other.ready());
    const Handle there = other.append(Side::buy, 100, 2, 0);
    EXPECT_NE(here, there);
    EXPECT_EQ(ladder.depth(ladder.best(Side::buy)), (Depth{100, 1, 1}));
    EXPECT_EQ(other.depth(other.best(Side::buy)), (Depth{100, 2, 1}));
    other.remove(there);
    EXPECT_TRUE(other.empty(Side::buy));
    EXPECT_FALSE(ladder.empty(Side::buy));
}

TEST_F(LadderTest, AnInstrumentWithoutOrdersIsSmallAndAnEmptiedOneGivesItsRecordsBack) {
    EXPECT_LE(sizeof(Ladder), 320U);
    for (int at = 0; at < 1'000; ++at) append(Side::buy, at * 1'000, 1);
    while (ladder.front(Side::buy) != 0) ladder.remove(ladder.front(Side::buy));
    EXPECT_EQ(pool.in_use(), 0U);
}

}  // namespace
}  // namespace venue::test
