#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::FeeSource;
using testing::ElementsAre;

TEST(Fee, IsTakenFromWhatEachSideReceives) {
    SmallVenue venue({.maker = 10'000, .taker = 20'000});  // 10 and 20 basis points
    venue.deposit("alice", "BTC", "1");
    venue.deposit("bob", "USD", "20000");
    venue.sell("ALICE", "a1", "1 @ 20000");
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 20000"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/1 holds 20000, rests",
                            "OrderTraded to BOB: b1 filled 1/1 holds 0, 1 @ 20000 as incoming, fee 0.002 BTC",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 20000 as resting, fee 20 USD"));
    EXPECT_EQ(venue.funds("bob", "BTC"), "0.998+0");
    EXPECT_EQ(venue.funds("alice", "USD"), "19980+0");
}

TEST(Fee, ManySmallFillsCostNoMoreThanOne) {
    SmallVenue venue({.taker = 1});  // 10^-7: a fill of 0.01 BTC, 10^6 units, costs a tenth of a unit.
    venue.deposit("alice", "BTC", "1");
    venue.deposit("bob", "USD", "1000");
    for (const char* name : {"a1", "a2", "a3"}) venue.sell("ALICE", name, "0.01 @ 100");
    EXPECT_THAT(venue.buy("BOB", "b1", "0.03 @ 100"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/0.03 holds 3, rests",
                            "OrderTraded to BOB: b1 open 0.01/0.03 holds 2, 0.01 @ 100 as incoming, "
                            "fee 0.00000001 BTC",
                            "OrderTraded to ALICE: a1 filled 0.01/0.01 holds 0, 0.01 @ 100 as resting",
                            "OrderTraded to BOB: b1 open 0.02/0.03 holds 1, 0.01 @ 100 as incoming",
                            "OrderTraded to ALICE: a2 filled 0.01/0.01 holds 0, 0.01 @ 100 as resting",
                            "OrderTraded to BOB: b1 filled 0.03/0.03 holds 0, 0.01 @ 100 as incoming",
                            "OrderTraded to ALICE: a3 filled 0.01/0.01 holds 0, 0.01 @ 100 as resting"));
}

TEST(Fee, ARebateShrinksWhenRoundedAndIsPaidByTheFeeAccount) {
    SmallVenue venue({.maker = -15, .taker = 100'000, .source = FeeSource::quote});
    venue.deposit("alice", "BTC", "1");
    venue.deposit("bob", "USD", "1000");
    venue.sell("ALICE", "a1", "0.01 @ 1");
    // The value is 0.01 USD, 10^4 units: a rebate of 0.015 units rounds up to nothing.
    EXPECT_THAT(venue.buy("BOB", "b1", "0.01 @ 1"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/0.01 holds 0.0101, rests",
                            "OrderTraded to BOB: b1 filled 0.01/0.01 holds 0, 0.01 @ 1 as incoming, fee 0.0001 USD",
                            "OrderTraded to ALICE: a1 filled 0.01/0.01 holds 0, 0.01 @ 1 as resting"));
    venue.sell("ALICE", "a2", "0.99 @ 1000");
    EXPECT_EQ(venue.buy("BOB", "b2", "0.99 @ 1000").back(),
              "OrderTraded to ALICE: a2 filled 0.99/0.99 holds 0, 0.99 @ 1000 as resting, fee -0.001485 USD");
    const model::AssetId usd = venue.engine.reference().asset("USD")->id;
    EXPECT_EQ(to_text(venue.engine.balance(model::fee_account, usd).available, 6), "9.898615");
}

TEST(Fee, ABuyHoldsAQuoteFeeAtTheHigherOfItsRates) {
    SmallVenue venue({.maker = -10'000, .taker = 20'000, .source = FeeSource::quote});
    venue.deposit("bob", "USD", "1002");
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 1000.5"), ElementsAre("OrderRejected to BOB: b1 price_too_precise"));
    EXPECT_THAT(venue.buy("BOB", "b2", "1 @ 1001"), ElementsAre("OrderRejected to BOB: b2 insufficient_funds"));
    EXPECT_THAT(venue.buy("BOB", "b3", "1 @ 1000"), ElementsAre("OrderAccepted to BOB: b3 open 0/1 holds 1002, rests"));
    venue.deposit("alice", "BTC", "1");
    venue.sell("ALICE", "a1", "1 @ 1000");
    EXPECT_EQ(venue.funds("bob", "USD"), "3+0");
}

}  // namespace
}  // namespace venue::test
