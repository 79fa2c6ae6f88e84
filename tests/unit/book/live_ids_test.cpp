// Ids that fall together: a secret that mixes everything into one value makes every id collide, which no caller can.
#include <gmock/gmock.h>

#include "venue/engine/book/ladder.hpp"
#include "venue/engine/book/live_ids.hpp"

namespace venue::test {
namespace {

using engine::book::Handle;
using engine::book::Ladder;
using engine::book::LiveIds;
using engine::book::OrderPool;
using engine::book::Secret;
using engine::book::Side;

class LiveIdsTest : public testing::TestWithParam<Secret> {
  protected:
    Handle insert(std::uint64_t id) {
        EXPECT_TRUE(ladder.ready() && ids.ready());
        const Handle order = ladder.append(Side::buy, 1, 1, id);
        ids.insert(order, ids.hash_of(id));
        return order;
    }
    void erase(std::uint64_t id) {
        const Handle order = ids.find(id);
        ids.erase(order);
        ladder.remove(order);
    }

    OrderPool pool;
    Ladder ladder{pool};
    LiveIds ids{pool, GetParam()};
};

TEST_P(LiveIdsTest, FindsWhatIsLiveAndNothingElse) {
    constexpr std::uint64_t count = 700;
    for (std::uint64_t id = 0; id < count; ++id) ASSERT_EQ(ids.find(id << 40), 0U);
    for (std::uint64_t id = 0; id < count; ++id) {
        const Handle order = insert(id << 40);
        ASSERT_EQ(ids.find(id << 40), order);
    }
    for (std::uint64_t id = 0; id < count; ++id) ASSERT_EQ(ladder.order(ids.find(id << 40)).id, id << 40);
    // From the middle outwards, so that chains lose their first, their last and those between.
    for (std::uint64_t at = 0; at < count; at += 2) erase((at * 351 % count) << 40);
    for (std::uint64_t at = 0; at < count; ++at) ASSERT_EQ(ids.find((at * 351 % count) << 40) != 0, at % 2 == 1);
    for (std::uint64_t at = 0; at < count; at += 2) insert((at * 351 % count) << 40);
    for (std::uint64_t id = 0; id < count; ++id) ASSERT_NE(ids.find(id << 40), 0U);
    EXPECT_EQ(ids.count(), count);
}

INSTANTIATE_TEST_SUITE_P(Secrets, LiveIdsTest, testing::Values(Secret{1, 0}, Secret{12345, 678910111213}));

TEST(LiveIds, NobodyIsThereBeforeTheFirst) {
    OrderPool pool;
    const LiveIds ids{pool, Secret{1, 2}};
    EXPECT_EQ(ids.find(0), 0U);
    EXPECT_EQ(ids.bytes(), 0U);
}

}  // namespace
}  // namespace venue::test
