#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::FeeSource;
using model::TimeInForce;
using testing::ElementsAre;

TEST(MarketOrder, AnEmptyOtherSideGivesNewThenCancelled) {
    SmallVenue venue;
    venue.deposit("bob", "USD", "100");
    EXPECT_THAT(venue.buy("BOB", "b1", "1"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/1 holds 0",
                            "OrderCancelled to BOB: b1 cancelled 0/1 holds 0, no_match_left"));
}

TEST(MarketOrder, ABuySpendsAtMostWhatIsAvailable) {
    SmallVenue venue;
    venue.deposit("alice", "BTC", "2");
    venue.deposit("bob", "USD", "150.5");
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.sell("ALICE", "a2", "1 @ 200");
    EXPECT_THAT(venue.buy("BOB", "b1", "2"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/2 holds 0",
                            "OrderTraded to BOB: b1 open 1/2 holds 0, 1 @ 100 as incoming",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 100 as resting",
                            "OrderTraded to BOB: b1 open 1.25/2 holds 0, 0.25 @ 200 as incoming",
                            "OrderTraded to ALICE: a2 open 0.25/1 holds 0.75, 0.25 @ 200 as resting",
                            "OrderCancelled to BOB: b1 cancelled 1.25/2 holds 0, unpayable"));
    EXPECT_EQ(venue.funds("bob", "USD"), "0.5+0");
}

TEST(MarketOrder, AFeeInQuoteCountsInWhatABuyCanPay) {
    SmallVenue venue({.taker = 100'000, .source = FeeSource::quote});  // 1 %
    venue.deposit("alice", "BTC", "1");
    venue.deposit("bob", "USD", "100");
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(venue.buy("BOB", "b1", "1"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/1 holds 0",
                            "OrderTraded to BOB: b1 open 0.99/1 holds 0, 0.99 @ 100 as incoming, fee 0.99 USD",
                            "OrderTraded to ALICE: a1 open 0.99/1 holds 0.01, 0.99 @ 100 as resting",
                            "OrderCancelled to BOB: b1 cancelled 0.99/1 holds 0, unpayable"));
    EXPECT_EQ(venue.funds("bob", "USD"), "0.01+0");
}

TEST(MarketOrder, ASellSellsAtMostWhatIsAvailable) {
    SmallVenue venue;
    venue.deposit("alice", "BTC", "0.305");
    venue.deposit("bob", "USD", "100");
    venue.buy("BOB", "b1", "1 @ 100");
    EXPECT_THAT(venue.sell("ALICE", "a1", "1"),
                ElementsAre("OrderAccepted to ALICE: a1 open 0/1 holds 0",
                            "OrderTraded to ALICE: a1 open 0.3/1 holds 0, 0.3 @ 100 as incoming",
                            "OrderTraded to BOB: b1 open 0.3/1 holds 70, 0.3 @ 100 as resting",
                            "OrderCancelled to ALICE: a1 cancelled 0.3/1 holds 0, unpayable"));
    EXPECT_EQ(venue.funds("alice", "BTC"), "0.005+0");
}

TEST(MarketOrder, FillOrKillLooksAtTheFundsToo) {
    SmallVenue venue;
    venue.deposit("alice", "BTC", "2");
    venue.deposit("bob", "USD", "299");
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.sell("ALICE", "a2", "1 @ 200");
    EXPECT_THAT(venue.buy("BOB", "b1", "2", TimeInForce::fok),
                ElementsAre("OrderAccepted to BOB: b1 open 0/2 holds 0",
                            "OrderCancelled to BOB: b1 cancelled 0/2 holds 0, fok_not_fillable"));
    venue.deposit("bob", "USD", "1");
    EXPECT_EQ(venue.buy("BOB", "b2", "2", TimeInForce::fok).size(), 5U);
    EXPECT_EQ(venue.funds("bob", "USD"), "0+0");
}

}  // namespace
}  // namespace venue::test
