#include "venue/fix/ahead_queue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace venue::fix {
namespace {

TEST(AheadQueue, gives_each_message_when_its_turn_comes) {
    AheadQueue queue;
    EXPECT_TRUE(queue.keep(5, 2, "five"));
    EXPECT_TRUE(queue.keep(4, 2, "four"));
    EXPECT_FALSE(queue.take(2));
    EXPECT_EQ(queue.take(4), "four");
    EXPECT_EQ(queue.take(5), "five");
    EXPECT_FALSE(queue.take(6));
}

TEST(AheadQueue, keeps_what_came_first_under_a_number) {
    AheadQueue queue;
    queue.keep(3, 2, "first");
    EXPECT_TRUE(queue.keep(3, 2, "again"));
    EXPECT_EQ(queue.take(3), "first");
}

TEST(AheadQueue, keeps_nothing_that_is_too_far_ahead) {
    AheadQueue queue;
    EXPECT_TRUE(queue.keep(2 + AheadQueue::span_max, 2, "the last"));
    EXPECT_FALSE(queue.keep(3 + AheadQueue::span_max, 2, "too far"));
}

TEST(AheadQueue, keeps_no_more_bytes_than_it_may) {
    AheadQueue queue;
    const std::string half(AheadQueue::bytes_max / 2, 'x');
    EXPECT_TRUE(queue.keep(3, 2, half));
    EXPECT_TRUE(queue.keep(4, 2, half));
    EXPECT_FALSE(queue.keep(5, 2, "x"));
    ASSERT_TRUE(queue.take(3));
    EXPECT_TRUE(queue.keep(5, 2, half)) << "what was taken makes room";
}

TEST(AheadQueue, forgets_what_is_skipped) {
    AheadQueue queue;
    const std::string whole(AheadQueue::bytes_max, 'x');
    queue.keep(3, 2, whole);
    EXPECT_FALSE(queue.take(10));
    EXPECT_TRUE(queue.keep(12, 10, whole)) << "it holds nothing any more";
}

}  // namespace
}  // namespace venue::fix
