// Orders gather, and trade at one price.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::Decimal;
using model::OrderType;
using model::Phase;
using model::Side;
using model::TimeInForce;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Lines = std::vector<std::string>;

constexpr std::int64_t millisecond = 1'000'000;

class AuctionTest : public testing::Test {
  protected:
    explicit AuctionTest(SmallVenue::Fees fees = {.static_band_bp = 1'000, .reference_price = Decimal{100, 0}})
        : venue(fees) {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "BTC", "1000");
            venue.deposit(name, "USD", "1000000");
        }
        venue.enter(Phase::opening_auction);
    }
    /// What a crash between two commands does.
    void restart() { ASSERT_TRUE(venue.restart()); }
    SmallVenue venue;
};

TEST_F(AuctionTest, NothingTradesWhileOrdersGather) {
    EXPECT_THAT(venue.sell("ALICE", "a1", "1 @ 95"), ElementsAre("OrderAccepted to ALICE: a1 open 0/1 holds 1, rests"));
    EXPECT_THAT(venue.buy("BOB", "b1", "2 @ 105"), ElementsAre("OrderAccepted to BOB: b1 open 0/2 holds 210, rests"));
    EXPECT_EQ(venue.book(), "bids 105:2(1) offers 95:1(1)");
}

TEST_F(AuctionTest, EndsAtOnePriceAndToldInOrder) {
    venue.sell("ALICE", "a1", "1 @ 95");
    venue.sell("ALICE2", "a2", "2 @ 101");
    venue.buy("BOB", "b1", "2 @ 105");
    venue.buy("BOB", "b2", "2 @ 101");
    EXPECT_THAT(venue.enter(Phase::continuous),
                ElementsAre("UncrossBegun: BTC-USD 3 @ 101, then continuous",
                            "OrderTraded to BOB: b1 open 1/2 holds 105, 1 @ 101 as crossed",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 101 as crossed",
                            "OrderTraded to BOB: b1 filled 2/2 holds 0, 1 @ 101 as crossed",
                            "OrderTraded to ALICE2: a2 open 1/2 holds 1, 1 @ 101 as crossed",
                            "OrderTraded to BOB: b2 open 1/2 holds 101, 1 @ 101 as crossed",
                            "OrderTraded to ALICE2: a2 filled 2/2 holds 0, 1 @ 101 as crossed",
                            "PhaseChanged: BTC-USD continuous"));
    EXPECT_EQ(venue.book(), "bids 101:1(1) offers");
    EXPECT_EQ(venue.funds("bob", "USD"), "999596+101");
}

TEST_F(AuctionTest, AnUncrossedBookGoesOnWithoutAnUncross) {
    venue.sell("ALICE", "a1", "1 @ 105");
    venue.buy("BOB", "b1", "1 @ 95");
    EXPECT_THAT(venue.enter(Phase::continuous), ElementsAre("PhaseChanged: BTC-USD continuous"));
}

TEST_F(AuctionTest, AnIcebergCountsInFullAndKeepsItsPlace) {
    venue.settle(with({.display = Decimal{1, 0}}, order("a1", Side::sell, "5 @ 100")), "ALICE");
    venue.sell("ALICE", "a2", "1 @ 100");
    venue.buy("BOB", "b1", "3 @ 100");
    const Lines lines = venue.enter(Phase::continuous);
    EXPECT_THAT(lines, ElementsAre("UncrossBegun: BTC-USD 3 @ 100, then continuous",
                                   "OrderTraded to BOB: b1 filled 3/3 holds 0, 3 @ 100 as crossed",
                                   "OrderTraded to ALICE: a1 open 3/5 holds 2 shows 1, 3 @ 100 as crossed",
                                   "PhaseChanged: BTC-USD continuous"));
    EXPECT_EQ(venue.book(), "bids offers 100:2(2)");
    EXPECT_THAT(venue.buy("BOB", "b2", "1 @ 100").back(), HasSubstr("OrderTraded to ALICE: a1"));
}

TEST_F(AuctionTest, MarketOrdersComeFirstAndEndWithIt) {
    venue.buy("BOB", "b1", "1 @ 110");
    EXPECT_THAT(venue.buy("BOB", "b2", "2"), ElementsAre("OrderAccepted to BOB: b2 open 0/2 holds 220, rests"));
    venue.sell("ALICE", "a1", "1 @ 110");
    EXPECT_THAT(venue.enter(Phase::continuous),
                ElementsAre("UncrossBegun: BTC-USD 1 @ 110, then continuous",
                            "OrderTraded to BOB: b2 open 1/2 holds 110, 1 @ 110 as crossed",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 110 as crossed",
                            "OrderCancelled to BOB: b2 cancelled 1/2 holds 0, auction_over",
                            "PhaseChanged: BTC-USD continuous"));
}

TEST_F(AuctionTest, OwnOrdersTradeWithEachOther) {
    venue.settle(with({.self_trade = model::SelfTrade::cancel_both}, order("b1", Side::buy, "1 @ 100")), "BOB");
    venue.settle(with({.self_trade = model::SelfTrade::cancel_both}, order("b2", Side::sell, "1 @ 100")), "BOB");
    EXPECT_THAT(venue.enter(Phase::continuous).at(1), HasSubstr("OrderTraded to BOB: b1 filled"));
}

TEST_F(AuctionTest, WhatIsForTheOpenEndsWithIt) {
    venue.buy("BOB", "b1", "1 @ 100", TimeInForce::at_open);
    venue.buy("BOB", "b2", "1 @ 99");
    EXPECT_THAT(venue.enter(Phase::continuous),
                ElementsAre("UncrossBegun: BTC-USD 0 @ 0, then continuous",
                            "OrderCancelled to BOB: b1 cancelled 0/1 holds 0, auction_over",
                            "PhaseChanged: BTC-USD continuous"));
    EXPECT_EQ(venue.book(), "bids 99:1(1) offers");
}

TEST_F(AuctionTest, WhatIsForTheCloseWaitsUnseenAndJoins) {
    venue.enter(Phase::continuous);
    EXPECT_THAT(venue.sell("ALICE", "a1", "1 @ 100", TimeInForce::at_close),
                ElementsAre("OrderAccepted to ALICE: a1 open 0/1 holds 1"));
    EXPECT_THAT(venue.buy("BOB", "b1", "1", TimeInForce::at_close),
                ElementsAre("OrderAccepted to BOB: b1 open 0/1 holds 110"));
    EXPECT_EQ(venue.book(), "bids offers");
    restart();
    EXPECT_THAT(
        venue.enter(Phase::closing_auction),
        ElementsAre("PhaseChanged: BTC-USD closing_auction", "OrderRestated: a1 open 0/1 holds 1, joined_auction",
                    "OrderRestated: b1 open 0/1 holds 110, joined_auction"));
    EXPECT_EQ(venue.book(), "bids 110:1(1) offers 100:1(1)");
    restart();
    EXPECT_THAT(venue.enter(Phase::closed).front(), "UncrossBegun: BTC-USD 1 @ 100, then closed");
    EXPECT_EQ(venue.book(), "bids offers");
}

TEST_F(AuctionTest, OneAtTheMarketJoinsAtTheEndOfTheBandAsItIsByThen) {
    venue.buy("BOB", "b1", "1", TimeInForce::at_close);
    venue.sell("ALICE", "a1", "1 @ 108");
    venue.buy("ALICE", "a2", "1 @ 108");
    venue.enter(Phase::continuous);
    venue.buy("BOB", "b2", "1 @ 115");
    EXPECT_THAT(venue.enter(Phase::closing_auction).back(), "OrderRestated: b1 open 0/1 holds 118, joined_auction");
    venue.sell("ALICE", "a3", "1 @ 118");
    EXPECT_THAT(
        venue.enter(Phase::continuous),
        ElementsAre("UncrossBegun: BTC-USD 1 @ 118, then continuous", HasSubstr("OrderTraded to BOB: b1 filled"),
                    HasSubstr("a3 filled"), "PhaseChanged: BTC-USD continuous"));
}

TEST_F(AuctionTest, OneAtTheMarketThatDoesNotCoverThatEnds) {
    venue.buy("BOB", "b1", "9000", TimeInForce::at_close);
    EXPECT_EQ(venue.funds("bob", "USD"), "10000+990000");
    venue.sell("ALICE", "a1", "1 @ 108");
    venue.buy("ALICE", "a2", "1 @ 108");
    venue.enter(Phase::continuous);
    EXPECT_THAT(venue.enter(Phase::closing_auction),
                ElementsAre("PhaseChanged: BTC-USD closing_auction",
                            "OrderCancelled to BOB: b1 cancelled 0/9000 holds 0, unpayable"));
    EXPECT_EQ(venue.funds("bob", "USD"), "1000000+0");
}

TEST_F(AuctionTest, AnOrderThatTheBandLeftBehindGoesBeforeOneAtTheMarket) {
    auto old = order("old", Side::buy, "1 @ 110");
    old.type = OrderType::stop_limit;
    venue.settle(with({.trigger = Decimal{100, 0}}, old), "ALICE");
    venue.sell("BOB", "b1", "1 @ 95");
    venue.buy("BOB", "b2", "1 @ 95");
    venue.enter(Phase::continuous);
    venue.sell("BOB", "b3", "1 @ 100");
    venue.settle(order("b4", Side::buy, "1 @ 100"), "BOB");
    EXPECT_EQ(venue.book(), "bids 110:1(1) offers") << "the band is 86 to 104 by now";
    venue.enter(Phase::closing_auction);
    venue.buy("BOB", "m1", "1");
    venue.sell("BOB", "b5", "1 @ 100");
    EXPECT_THAT(venue.enter(Phase::continuous),
                ElementsAre("UncrossBegun: BTC-USD 1 @ 105, then continuous",
                            HasSubstr("OrderTraded to ALICE: old filled"), HasSubstr("b5 filled"),
                            HasSubstr("m1 cancelled 0/1 holds 0, auction_over"), "PhaseChanged: BTC-USD continuous"));
}

TEST_F(AuctionTest, WhatWaitsForItExpiresWithTheDay) {
    venue.enter(Phase::continuous);
    venue.buy("BOB", "b1", "1 @ 100", TimeInForce::at_close);
    EXPECT_THAT(venue.advance({model::nanoseconds_per_day}), ElementsAre(HasSubstr("OrderExpired to BOB: b1 expired")));
    EXPECT_THAT(venue.enter(Phase::closing_auction), ElementsAre("PhaseChanged: BTC-USD closing_auction"));
}

TEST_F(AuctionTest, AHaltUncrossesNothingAndWhatFollowsDoes) {
    venue.sell("ALICE", "a1", "1 @ 95");
    venue.buy("BOB", "b1", "1 @ 105");
    EXPECT_THAT(venue.enter(Phase::halted), ElementsAre("PhaseChanged: BTC-USD halted"));
    EXPECT_EQ(venue.book(), "bids 105:1(1) offers 95:1(1)");
    EXPECT_THAT(venue.settle(model::ChangePhase{"BTC-USD"}).front(), HasSubstr("UncrossBegun: BTC-USD 1 @ "));
}

TEST_F(AuctionTest, StopsAreTriggeredBehindIt) {
    auto stop = order("b9", Side::sell, "1");
    stop.type = OrderType::stop;
    venue.settle(with({.trigger = Decimal{100, 0}}, stop), "BOB");
    venue.sell("ALICE", "a1", "1 @ 98");
    venue.buy("BOB", "b1", "2 @ 98");
    EXPECT_THAT(venue.enter(Phase::continuous),
                ElementsAre("UncrossBegun: BTC-USD 1 @ 98, then continuous", HasSubstr("OrderTraded to BOB: b1"),
                            HasSubstr("OrderTraded to ALICE: a1 filled"), "PhaseChanged: BTC-USD continuous",
                            HasSubstr("OrderTriggered to BOB: b9"), HasSubstr("OrderTraded to BOB: b9 filled"),
                            HasSubstr("OrderTraded to BOB: b1 filled")));
}

TEST_F(AuctionTest, ALongOneGoesOnInPiecesAlsoAfterARestart) {
    const int orders = engine::fills_per_command_max + 5;
    for (int i = 0; i < orders; ++i) venue.sell("ALICE", "a" + std::to_string(i), "0.01 @ 100");
    venue.buy("BOB", "b1", "10.05 @ 100");
    EXPECT_THAT(venue.handle(model::ChangePhase{"BTC-USD", Phase::continuous}),
                ElementsAre("UncrossBegun: BTC-USD 10.05 @ 100, then continuous"));
    restart();
    EXPECT_EQ(venue.handle(*venue.engine.follow_up()).size(), 2U * engine::fills_per_command_max);
    restart();
    const Lines rest = venue.handle(*venue.engine.follow_up());
    EXPECT_EQ(rest.size(), 11U);
    EXPECT_EQ(rest.back(), "PhaseChanged: BTC-USD continuous");
    EXPECT_FALSE(venue.engine.follow_up());
}

TEST_F(AuctionTest, ManyThatWaitJoinInPieces) {
    venue.enter(Phase::continuous);
    for (int i = 0; i <= engine::due_per_command_max; ++i) {
        venue.buy("BOB", "b" + std::to_string(i), "0.01 @ 99", TimeInForce::at_close);
    }
    venue.handle(model::ChangePhase{"BTC-USD", Phase::closing_auction});
    EXPECT_EQ(venue.handle(*venue.engine.follow_up()).size(), static_cast<std::size_t>(engine::due_per_command_max));
    restart();
    EXPECT_EQ(venue.handle(*venue.engine.follow_up()).size(), 1U);
    EXPECT_FALSE(venue.engine.follow_up());
}

TEST_F(AuctionTest, TellsWhereItStandsAtMostOnceInAWhile) {
    venue.sell("ALICE", "a1", "1 @ 95");
    EXPECT_FALSE(venue.engine.next_due()) << "nothing crosses";
    venue.buy("BOB", "b1", "3 @ 105");
    venue.buy("BOB", "b2", "1 @ 90");
    EXPECT_THAT(venue.advance({1 * millisecond}), ElementsAre("IndicationChanged: BTC-USD 1 @ 105, surplus 2"));
    venue.sell("ALICE", "a2", "1 @ 95");
    venue.sell("ALICE", "a3", "1 @ 120");
    restart();
    EXPECT_THAT(venue.advance({100 * millisecond}), IsEmpty());
    EXPECT_THAT(venue.advance({101 * millisecond}), ElementsAre("IndicationChanged: BTC-USD 2 @ 105, surplus 1"));
    EXPECT_THAT(venue.advance({301 * millisecond}), IsEmpty()) << "nothing has changed";
    venue.cancel("BOB", "c1", "b1");
    EXPECT_THAT(venue.advance({401 * millisecond}), ElementsAre("IndicationChanged: BTC-USD 0 @ 0, surplus 0"));
}

TEST_F(AuctionTest, ItsPriceIsTheNextReferencePrice) {
    venue.sell("ALICE", "a1", "1 @ 105");
    venue.buy("BOB", "b1", "1 @ 105");
    venue.enter(Phase::continuous);
    EXPECT_THAT(venue.buy("BOB", "b2", "1 @ 115"), ElementsAre(HasSubstr("OrderAccepted to BOB: b2")));
    EXPECT_THAT(venue.buy("BOB", "b3", "1 @ 116"), ElementsAre("OrderRejected to BOB: b3 price_outside_band"));
    EXPECT_THAT(venue.sell("BOB", "b3", "1 @ 94"), ElementsAre("OrderRejected to BOB: b3 price_outside_band"));
}

class AuctionFees : public AuctionTest {
  protected:
    AuctionFees() : AuctionTest({.maker = 100'000, .taker = 300'000, .auction = 200'000}) {}
};

TEST_F(AuctionFees, BothSidesPayTheAuctionsRate) {
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.buy("BOB", "b1", "1 @ 100");
    EXPECT_THAT(
        venue.enter(Phase::continuous),
        ElementsAre(HasSubstr("UncrossBegun"), HasSubstr("b1 filled 1/1 holds 0, 1 @ 100 as crossed, fee 0.02 BTC"),
                    HasSubstr("a1 filled 1/1 holds 0, 1 @ 100 as crossed, fee 2 USD"), testing::_));
}

class AuctionWithoutBand : public AuctionTest {
  protected:
    AuctionWithoutBand() : AuctionTest({.maker = -5'000, .taker = 300'000, .auction = {}}) {}
};

TEST_F(AuctionWithoutBand, MarketOrdersDontGather) {
    EXPECT_THAT(venue.buy("BOB", "b1", "1"), ElementsAre("OrderRejected to BOB: b1 band_missing"));
}

TEST_F(AuctionWithoutBand, BothSidesPayTheMakersRateWhereItHasNone) {
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.buy("BOB", "b1", "1 @ 100");
    EXPECT_THAT(venue.enter(Phase::continuous),
                ElementsAre(HasSubstr("UncrossBegun"), HasSubstr("as crossed, fee -0.0005 BTC"),
                            HasSubstr("as crossed, fee -0.05 USD"), testing::_));
}

}  // namespace
}  // namespace venue::test
