// How far prices may go, and what happens where they would go further.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/band.hpp"

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

TEST(Band, IsOfWholeTicksWithinItsBasisPointsAndWithinThePricesThatThereAre) {
    const auto ends = [](std::int64_t price, std::int32_t basis_points) {
        const auto band = engine::band_around({price}, basis_points);
        return std::pair(band.lower.ticks, band.upper.ticks);
    };
    EXPECT_EQ(ends(100, 500), std::pair(std::int64_t{95}, std::int64_t{105}));
    EXPECT_EQ(ends(99, 500), std::pair(std::int64_t{95}, std::int64_t{103})) << "94.05 to 103.95";
    EXPECT_EQ(ends(100, 10'000), std::pair(std::int64_t{1}, std::int64_t{200}));
    EXPECT_EQ(ends(model::price_ticks_max, 1).second, model::price_ticks_max);
}

class Banded : public testing::Test {
  protected:
    explicit Banded(SmallVenue::Fees settings) : venue(settings) {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "BTC", "100");
            venue.deposit(name, "USD", "100000");
        }
        venue.sell("ALICE", "first", "1 @ 100");
        venue.buy("BOB", "trade", "1 @ 100");
    }
    SmallVenue venue;
};

class StaticBand : public Banded {
  protected:
    StaticBand() : Banded({.static_band_bp = 1'000, .reference_price = Decimal{100, 0}}) {}
};

TEST_F(StaticBand, DeclinesAPriceBeyondItAndNamesItsEnds) {
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 110"), ElementsAre(HasSubstr("OrderAccepted")));
    EXPECT_THAT(venue.buy("BOB", "b2", "1 @ 111"), ElementsAre("OrderRejected to BOB: b2 price_outside_band"));
    const auto& rejected = std::get<model::OrderRejected>(venue.events().back().body);
    ASSERT_TRUE(rejected.limits);
    EXPECT_EQ(*rejected.limits, (model::PriceLimits{{90, 0}, {110, 0}}));
    EXPECT_THAT(venue.replace("BOB", "b3", "b1", "1 @ 89"),
                ElementsAre("ChangeRejected to BOB: b3 price_outside_band"));
    EXPECT_TRUE(std::get<model::ChangeRejected>(venue.events().back().body).limits);
}

TEST_F(StaticBand, LetsAnOrderThatItLeftBehindBecomeSmallerButNotLarger) {
    venue.buy("BOB", "b1", "3 @ 110");
    venue.enter(Phase::opening_auction);
    venue.sell("ALICE", "a1", "1 @ 95");
    venue.cancel("BOB", "c1", "b1");
    venue.buy("BOB", "b2", "1 @ 95");
    venue.buy("BOB", "b3", "3 @ 91");
    venue.enter(Phase::continuous);
    venue.sell("ALICE", "a2", "2 @ 104");
    venue.enter(Phase::opening_auction);
    venue.buy("BOB", "b4", "2 @ 104");
    venue.enter(Phase::continuous);
    // The band is 94 to 114 by now.
    EXPECT_THAT(venue.replace("BOB", "b5", "b3", "4 @ 91"),
                ElementsAre("ChangeRejected to BOB: b5 price_outside_band"));
    EXPECT_THAT(venue.replace("BOB", "b6", "b3", "2 @ 92"),
                ElementsAre("ChangeRejected to BOB: b6 price_outside_band"));
    EXPECT_THAT(venue.replace("BOB", "b7", "b3", "2 @ 91"),
                ElementsAre(HasSubstr("OrderReplaced to BOB: b7 open 0/2")));
}

TEST_F(StaticBand, HoldsWhatIsAtTheMarketWhereTheReferencePriceLeftOrdersBehind) {
    venue.sell("ALICE", "a1", "1 @ 109");
    auto touched = order("touched", Side::buy, "1 @ 110");
    touched.type = OrderType::market_if_touched;
    venue.handle(with({.trigger = Decimal{60, 0}}, touched), "BOB");
    venue.handle(model::ChangeInstrument{.symbol = "BTC-USD", .reference_price = Decimal{50, 0}});
    EXPECT_THAT(venue.buy("BOB", "b1", "1"),
                ElementsAre(HasSubstr("b1 open"), "OrderCancelled to BOB: b1 cancelled 0/1 holds 0, band_reached"));
    EXPECT_THAT(venue.buy("BOB", "b2", "1", TimeInForce::fok).back(), HasSubstr("fok_not_fillable"));
    venue.sell("ALICE", "a2", "0.01 @ 50");
    EXPECT_THAT(venue.settle(order("b3", Side::buy, "0.01 @ 50"), "BOB"),
                ElementsAre(HasSubstr("b3 open"), HasSubstr("b3 filled"), HasSubstr("a2 filled"),
                            "OrderTriggered to BOB: touched open 0/1 holds 110",
                            "OrderCancelled to BOB: touched cancelled 0/1 holds 0, band_reached"));
}

/// With auctions of a minute.
class DynamicBand : public Banded {
  protected:
    DynamicBand() : Banded({.dynamic_band_bp = 500, .volatility_seconds = 60}) {
        venue.sell("ALICE", "a1", "1 @ 105");
        venue.sell("ALICE", "a2", "1 @ 106");
    }
};

TEST_F(DynamicBand, ATradeBeyondItBeginsAnAuctionInWhichTheRestTakesPart) {
    EXPECT_THAT(venue.settle(order("b1", Side::buy, "3 @ 107"), "BOB"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/3 holds 321, rests",
                            "OrderTraded to BOB: b1 open 1/3 holds 214, 1 @ 105 as incoming",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 105 as resting",
                            "PhaseChanged: BTC-USD volatility_auction until 60"));
    EXPECT_EQ(venue.book(), "bids 107:2(1) offers 106:1(1)");
    EXPECT_THAT(
        venue.advance({60'000'000'001}),
        ElementsAre("IndicationChanged: BTC-USD 1 @ 107, surplus 1", "UncrossBegun: BTC-USD 1 @ 107, then continuous",
                    "OrderTraded to BOB: b1 open 2/3 holds 107, 1 @ 107 as crossed",
                    "OrderTraded to ALICE: a2 filled 1/1 holds 0, 1 @ 107 as crossed",
                    "PhaseChanged: BTC-USD continuous"));
}

TEST_F(DynamicBand, IsAroundTheTradeBeforeTheOrderCame) {
    venue.sell("ALICE", "a3", "1 @ 108");
    // Had it followed the trade at 105, 106 and 108 would be within.
    EXPECT_THAT(venue.settle(order("b1", Side::buy, "3 @ 110", TimeInForce::ioc), "BOB"),
                ElementsAre(testing::_, HasSubstr("1 @ 105 as incoming"), testing::_,
                            "OrderCancelled to BOB: b1 cancelled 1/3 holds 0, band_reached",
                            HasSubstr("PhaseChanged: BTC-USD volatility_auction")));
}

TEST_F(DynamicBand, AnOrderThatOnlyRestsFarAwayIsLeftInPeace) {
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 50"), ElementsAre(HasSubstr("OrderAccepted")));
    EXPECT_THAT(venue.sell("BOB", "b2", "1 @ 150"), ElementsAre(HasSubstr("OrderAccepted")));
}

TEST_F(DynamicBand, WhatMustTradeWholeCountsNoMoreThanItMayReach) {
    EXPECT_THAT(venue.buy("BOB", "b1", "2 @ 107", TimeInForce::fok).back(), HasSubstr("fok_not_fillable"));
    EXPECT_THAT(venue.settle(with({.post_only = model::PostOnly::reject}, order("b2", Side::buy, "2 @ 107")), "BOB"),
                ElementsAre("OrderRejected to BOB: b2 post_only_would_trade"));
}

TEST_F(DynamicBand, AStopThatIsTriggeredBeginsOneToo) {
    auto stop = order("b1", Side::buy, "2 @ 120");
    stop.type = OrderType::stop;
    venue.settle(with({.trigger = Decimal{101, 0}}, stop), "BOB");
    venue.cancel("ALICE", "c1", "a1", Side::sell);
    venue.sell("ALICE", "a4", "0.5 @ 101");
    EXPECT_THAT(venue.settle(order("b2", Side::buy, "0.5 @ 101"), "BOB"),
                ElementsAre(testing::_, testing::_, testing::_, HasSubstr("OrderTriggered to BOB: b1"),
                            HasSubstr("OrderTraded to BOB: b1 open 1/2"), testing::_,
                            "OrderCancelled to BOB: b1 cancelled 1/2 holds 0, no_match_left"));
    venue.sell("ALICE", "a5", "1 @ 120");
    stop.cl_ord_id = model::ClOrdId("b3");
    venue.settle(with({.trigger = Decimal{107, 0}}, stop), "BOB");
    venue.sell("ALICE", "a6", "1 @ 107");
    EXPECT_THAT(venue.settle(order("b4", Side::buy, "1 @ 107"), "BOB"),
                ElementsAre(testing::_, testing::_, testing::_, HasSubstr("OrderTriggered to BOB: b3"),
                            HasSubstr("PhaseChanged: BTC-USD volatility_auction"),
                            "OrderRestated to BOB: b3 open 0/2 holds 240, joined_auction"))
        << "it waited for this, and is in the auction as a market order is";
    EXPECT_THAT(venue.advance({60'000'000'001}),
                ElementsAre(HasSubstr("IndicationChanged"), HasSubstr("UncrossBegun: BTC-USD 1 @ 120"),
                            HasSubstr("b3 open 1/2"), HasSubstr("a5 filled"),
                            "OrderCancelled to BOB: b3 cancelled 1/2 holds 0, auction_over",
                            "PhaseChanged: BTC-USD continuous"));
}

TEST_F(DynamicBand, WhatIsLeftOfAStopTakesPartToo) {
    auto stop = order("b1", Side::buy, "2 @ 120");
    stop.type = OrderType::stop;
    venue.settle(with({.trigger = Decimal{105, 0}}, stop), "BOB");
    venue.sell("ALICE", "a3", "1 @ 115");
    EXPECT_THAT(venue.settle(order("b2", Side::buy, "1 @ 105"), "BOB"),
                ElementsAre(testing::_, testing::_, testing::_, HasSubstr("OrderTriggered to BOB: b1"),
                            HasSubstr("b1 open 1/2"), HasSubstr("a2 filled"), HasSubstr("volatility_auction"),
                            "OrderRestated to BOB: b1 open 1/2 holds 120, joined_auction"));
}

TEST_F(DynamicBand, AStopWithoutPriceTakesPartAtTheEndOfTheBandThatItReached) {
    venue.buy("BOB", "b1", "1 @ 96");
    venue.buy("BOB", "b2", "1 @ 80");
    auto stop = order("s1", Side::sell, "1");
    stop.type = OrderType::stop;
    venue.settle(with({.trigger = Decimal{97, 0}}, stop), "ALICE");
    EXPECT_THAT(venue.settle(order("s2", Side::sell, "1 @ 96"), "ALICE").back(),
                "OrderRestated to ALICE: s1 open 0/1 holds 1, joined_auction");
    EXPECT_EQ(venue.book(), "bids 80:1(1) offers 92:1(1) 105:1(1) 106:1(1)");
}

TEST_F(DynamicBand, OneLotPlacedAndWithdrawnInterruptsOnce) {
    venue.cancel("ALICE", "c1", "a1", Side::sell);
    EXPECT_THAT(venue.buy("BOB", "b1", "0.01 @ 106").back(), "PhaseChanged: BTC-USD volatility_auction until 60");
    venue.cancel("BOB", "c2", "b1");
    venue.advance({60'000'000'001});
    venue.now = {60'000'000'001};
    // Nobody traded in a minute: it may be at the price that is there.
    EXPECT_THAT(venue.buy("BOB", "b2", "0.01 @ 106"),
                ElementsAre(testing::_, HasSubstr("0.01 @ 106 as incoming"), HasSubstr("a2 open")));
}

TEST_F(DynamicBand, WhoMeetsNothingButOwnOrdersInterruptsOnceUntilThereIsATrade) {
    venue.sell("ALICE", "a3", "1 @ 112");
    const auto attack = [&](const std::string& name) {
        venue.sell("BOB", "own" + name, "0.01 @ 101");
        return venue.settle(with({.self_trade = model::SelfTrade::cancel_oldest}, order(name, Side::buy, "0.01 @ 112")),
                            "BOB");
    };
    venue.cancel("ALICE", "c1", "a1", Side::sell);
    venue.cancel("ALICE", "c2", "a2", Side::sell);
    EXPECT_THAT(venue.buy("BOB", "b2", "0.01 @ 112").back(), "PhaseChanged: BTC-USD volatility_auction until 60");
    venue.cancel("BOB", "c3", "b2");
    venue.advance({60'000'000'001});
    venue.now = {60'000'000'001};
    EXPECT_THAT(attack("x1"),
                ElementsAre(HasSubstr("x1 open"), HasSubstr("ownx1 cancelled"), HasSubstr("x1 cancelled 0/0.01")))
        << "the band was around the order that it took out of the way";
    EXPECT_EQ(venue.book(), "bids offers 112:1(1)");
}

TEST_F(DynamicBand, IsAroundTheBestPriceWhereNothingWasTradedSinceAnAuctionBegan) {
    venue.cancel("ALICE", "c1", "a1", Side::sell);
    venue.buy("BOB", "b1", "1 @ 106");
    venue.cancel("BOB", "c2", "b1");
    venue.advance({60'000'000'001});
    venue.now = {60'000'000'001};
    venue.sell("ALICE", "a3", "1 @ 112");
    EXPECT_THAT(venue.buy("BOB", "b2", "2 @ 120"),
                ElementsAre(testing::_, HasSubstr("1 @ 106 as incoming"), HasSubstr("a2 filled"),
                            "PhaseChanged: BTC-USD volatility_auction until 120"));
}

TEST_F(DynamicBand, WhatTradesNothingAndCanNotRestInterruptsNobodyHoweverOften) {
    venue.cancel("ALICE", "c1", "a1", Side::sell);
    for (const std::string name : {"b1", "b2"}) {
        EXPECT_THAT(venue.settle(order(name, Side::buy, "0.01 @ 107", TimeInForce::ioc), "BOB"),
                    ElementsAre(HasSubstr("OrderAccepted"),
                                "OrderCancelled to BOB: " + name + " cancelled 0/0.01 holds 0, band_reached"));
    }
}

class BandWithoutAuctions : public Banded {
  protected:
    BandWithoutAuctions() : Banded({.dynamic_band_bp = 500}) {}
};

TEST_F(BandWithoutAuctions, TheRestIsCancelled) {
    venue.sell("ALICE", "a1", "1 @ 106");
    EXPECT_THAT(
        venue.settle(order("b1", Side::buy, "1 @ 107"), "BOB"),
        ElementsAre(HasSubstr("OrderAccepted"), "OrderCancelled to BOB: b1 cancelled 0/1 holds 0, band_reached"));
    EXPECT_EQ(venue.book(), "bids offers 106:1(1)");
}

class Protection : public Banded {
  protected:
    Protection() : Banded({.protection_bp = 200}) {
        venue.sell("ALICE", "a1", "1 @ 120");
        venue.sell("ALICE", "a2", "1 @ 122");
        venue.sell("ALICE", "a3", "1 @ 123");
    }
};

TEST_F(Protection, AMarketOrderStopsSoFarFromTheBestPriceThatItFound) {
    EXPECT_THAT(venue.settle(order("b1", Side::buy, "3"), "BOB"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/3 holds 0", HasSubstr("1 @ 120 as incoming"), testing::_,
                            HasSubstr("1 @ 122 as incoming"), testing::_,
                            "OrderCancelled to BOB: b1 cancelled 2/3 holds 0, market_protection"));
}

TEST_F(Protection, SoDoesOneByCashAndOneThatWasTriggered) {
    EXPECT_THAT(venue.settle(with({.cash = Decimal{1'000, 0}}, order("b1", Side::buy, "0")), "BOB").front(),
                HasSubstr("0/2 holds"));
    auto stop = order("b2", Side::sell, "2");
    stop.type = OrderType::stop;
    venue.settle(with({.trigger = Decimal{100, 0}}, stop), "BOB");
    venue.buy("ALICE", "a4", "1.5 @ 100");
    venue.buy("ALICE", "a5", "1 @ 97");
    EXPECT_THAT(venue.settle(order("s1", Side::sell, "0.5 @ 100"), "ALICE").back(),
                "OrderCancelled to BOB: b2 cancelled 1/2 holds 0, market_protection");
}

TEST_F(Protection, ALimitOrderNeedsNone) {
    EXPECT_THAT(venue.settle(order("b1", Side::buy, "3 @ 125"), "BOB").back(), HasSubstr("a3 filled"));
}

}  // namespace
}  // namespace venue::test
