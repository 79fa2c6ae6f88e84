#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::AdvanceTime;
using model::TimeInForce;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr model::Timestamp midnight{model::nanoseconds_per_day};

class Time : public testing::Test {
  protected:
    Time() {
        venue.deposit("alice", "USD", "1000");
        venue.deposit("bob", "BTC", "1");
    }
    SmallVenue venue;
};

TEST_F(Time, ADayOrderEndsAtMidnight) {
    venue.buy("ALICE", "day", "1 @ 100", TimeInForce::day);
    venue.buy("ALICE", "gtc", "1 @ 100");
    ASSERT_EQ(venue.engine.next_due(), midnight);
    EXPECT_THAT(venue.handle(AdvanceTime{{midnight.nanoseconds - 1}}), IsEmpty());
    venue.now = midnight;
    EXPECT_THAT(venue.handle(AdvanceTime{midnight}), ElementsAre("OrderExpired to ALICE: day expired 0/1 holds 0"));
    EXPECT_EQ(venue.funds("alice", "USD"), "900+100");
    EXPECT_EQ(venue.book(), "bids 100:1(1) offers");
    EXPECT_FALSE(venue.engine.next_due());
}

TEST_F(Time, AnOrderOfMidnightItselfEndsADayLater) {
    venue.now = midnight;
    venue.buy("ALICE", "day", "1 @ 100", TimeInForce::day);
    EXPECT_EQ(venue.engine.next_due(), model::Timestamp{2 * model::nanoseconds_per_day});
}

TEST_F(Time, WhatEndedBeforeIsNoLongerDue) {
    venue.buy("ALICE", "cancelled", "1 @ 100", TimeInForce::day);
    venue.buy("ALICE", "filled", "1 @ 100", TimeInForce::day);
    venue.cancel("ALICE", "c1", "cancelled");
    venue.sell("BOB", "b1", "1 @ 100");
    EXPECT_FALSE(venue.engine.next_due());
}

TEST_F(Time, AnIncomingDayOrderThatCantRestIsNeverDue) {
    venue.buy("ALICE", "a1", "1", TimeInForce::day);
    EXPECT_FALSE(venue.engine.next_due());
}

TEST_F(Time, ManyOrdersExpireInTheOrderOfTheirIdsOverSeveralCommands) {
    const int count = engine::due_per_command_max + 1;
    for (int i = 0; i < count; ++i) venue.buy("ALICE", "a" + std::to_string(i), "0.01 @ 1", TimeInForce::day);
    venue.now = midnight;
    const auto first = venue.handle(AdvanceTime{midnight});
    EXPECT_EQ(first.size(), std::size_t{engine::due_per_command_max});
    EXPECT_EQ(first.front(), "OrderExpired to ALICE: a0 expired 0/0.01 holds 0");
    EXPECT_THAT(venue.handle(AdvanceTime{midnight}), ElementsAre("OrderExpired to ALICE: a100 expired 0/0.01 holds 0"));
    EXPECT_THAT(venue.handle(AdvanceTime{midnight}), IsEmpty());
}

}  // namespace
}  // namespace venue::test
