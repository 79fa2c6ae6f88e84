// The example to copy: a test's name is a sentence about the venue. It acts, then compares the whole list of events, so
// that an event too many fails it as well as one too few; then it looks at what is left: funds and book.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::TimeInForce;
using testing::ElementsAre;

TEST(LimitOrder, AnIncomingBuyTradesAtTheRestingPriceNotAtItsOwn) {
    // Given: who has what. Everybody starts with nothing, and fees are zero unless the venue is made with some.
    SmallVenue venue;
    venue.deposit("alice", "BTC", "1");
    venue.deposit("bob", "USD", "30000");
    venue.sell("ALICE", "a1", "1 @ 20000");

    // Act, and compare all events: the incoming side's half of the trade comes first.
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 20500"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/1 holds 20500, rests",
                            "OrderTraded to BOB: b1 filled 1/1 holds 0, 1 @ 20000 as incoming",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 20000 as resting"));

    // What is left: the improvement of 500 USD was released with the rest of the hold.
    EXPECT_EQ(venue.funds("bob", "USD"), "10000+0");
    EXPECT_EQ(venue.funds("bob", "BTC"), "1+0");
    EXPECT_EQ(venue.funds("alice", "USD"), "20000+0");
    EXPECT_EQ(venue.funds("alice", "BTC"), "0+0");
    EXPECT_EQ(venue.book(), "bids offers");
}

TEST(LimitOrder, RestsAndHoldsWhatItMayCost) {
    SmallVenue venue;
    venue.deposit("bob", "USD", "1000");
    EXPECT_THAT(venue.buy("BOB", "b1", "0.5 @ 1500"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/0.5 holds 750, rests"));
    EXPECT_EQ(venue.funds("bob", "USD"), "250+750");
    EXPECT_EQ(venue.book(), "bids 1500:0.5(1) offers");
}

TEST(LimitOrder, ARemainderRestsAtItsOwnPrice) {
    SmallVenue venue;
    venue.deposit("alice", "BTC", "1");
    venue.deposit("bob", "USD", "1000");
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(venue.buy("BOB", "b1", "3 @ 110"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/3 holds 330, rests",
                            "OrderTraded to BOB: b1 open 1/3 holds 220, 1 @ 100 as incoming",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 100 as resting"));
    EXPECT_EQ(venue.funds("bob", "USD"), "680+220");
    EXPECT_EQ(venue.book(), "bids 110:2(1) offers");
}

TEST(LimitOrder, TheBestPriceTradesFirstAndAtOnePriceTheOldestOrder) {
    SmallVenue venue;
    venue.deposit("alice", "BTC", "4");
    venue.deposit("bob", "USD", "1000");
    venue.sell("ALICE", "late", "1 @ 102");
    venue.sell("ALICE", "first", "1 @ 101");
    venue.sell("ALICE", "second", "1 @ 101");
    venue.sell("ALICE", "best", "1 @ 100");
    EXPECT_THAT(venue.buy("BOB", "b1", "2.5 @ 101"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/2.5 holds 252.5, rests",
                            "OrderTraded to BOB: b1 open 1/2.5 holds 151.5, 1 @ 100 as incoming",
                            "OrderTraded to ALICE: best filled 1/1 holds 0, 1 @ 100 as resting",
                            "OrderTraded to BOB: b1 open 2/2.5 holds 50.5, 1 @ 101 as incoming",
                            "OrderTraded to ALICE: first filled 1/1 holds 0, 1 @ 101 as resting",
                            "OrderTraded to BOB: b1 filled 2.5/2.5 holds 0, 0.5 @ 101 as incoming",
                            "OrderTraded to ALICE: second open 0.5/1 holds 0.5, 0.5 @ 101 as resting"));
    EXPECT_EQ(venue.book(), "bids offers 101:0.5(1) 102:1(1)");
}

TEST(LimitOrder, AnImmediateOrCancelOrderNeverRests) {
    SmallVenue venue;
    venue.deposit("alice", "BTC", "1");
    venue.deposit("bob", "USD", "1000");
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(venue.buy("BOB", "b1", "3 @ 100", TimeInForce::ioc),
                ElementsAre("OrderAccepted to BOB: b1 open 0/3 holds 300",
                            "OrderTraded to BOB: b1 open 1/3 holds 200, 1 @ 100 as incoming",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 100 as resting",
                            "OrderCancelled to BOB: b1 cancelled 1/3 holds 0, no_match_left"));
    EXPECT_EQ(venue.funds("bob", "USD"), "900+0");
    EXPECT_EQ(venue.book(), "bids offers");
}

TEST(LimitOrder, AFillOrKillOrderTradesWholeOrNotAtAll) {
    SmallVenue venue;
    venue.deposit("alice", "BTC", "2");
    venue.deposit("bob", "USD", "1000");
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.sell("ALICE", "a2", "1 @ 101");
    EXPECT_THAT(venue.buy("BOB", "b1", "2 @ 100", TimeInForce::fok),
                ElementsAre("OrderAccepted to BOB: b1 open 0/2 holds 200",
                            "OrderCancelled to BOB: b1 cancelled 0/2 holds 0, fok_not_fillable"));
    EXPECT_THAT(venue.buy("BOB", "b2", "2 @ 101", TimeInForce::fok),
                ElementsAre("OrderAccepted to BOB: b2 open 0/2 holds 202",
                            "OrderTraded to BOB: b2 open 1/2 holds 101, 1 @ 100 as incoming",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 100 as resting",
                            "OrderTraded to BOB: b2 filled 2/2 holds 0, 1 @ 101 as incoming",
                            "OrderTraded to ALICE: a2 filled 1/1 holds 0, 1 @ 101 as resting"));
}

TEST(LimitOrder, AParticipantMayTradeWithItself) {
    SmallVenue venue;
    venue.deposit("alice", "BTC", "1");
    venue.deposit("alice", "USD", "100");
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.buy("ALICE2", "a2", "1 @ 100");
    EXPECT_EQ(venue.funds("alice", "BTC"), "1+0");
    EXPECT_EQ(venue.funds("alice", "USD"), "100+0");
}

TEST(LimitOrder, TheEventsOfOneCommandBelongTogether) {
    SmallVenue venue;
    venue.deposit("alice", "BTC", "1");
    venue.deposit("bob", "USD", "100");
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.buy("BOB", "b1", "1 @ 100");
    const auto& all = venue.events();
    const model::Event& accepted = all.at(all.size() - 3);
    const model::Event& taking = all.at(all.size() - 2);
    const model::Event& making = all.at(all.size() - 1);
    EXPECT_EQ(accepted.command, accepted.sequence);
    EXPECT_EQ(making.command, accepted.sequence);
    EXPECT_FALSE(accepted.last || taking.last);
    EXPECT_TRUE(making.last);
    EXPECT_EQ(std::get<model::OrderTraded>(making.body).match.value, taking.sequence.value);
    EXPECT_EQ(std::get<model::OrderTraded>(taking.body).match.value, taking.sequence.value);
    EXPECT_EQ(order_of(taking.body)->id.value, accepted.sequence.value);
}

}  // namespace
}  // namespace venue::test
