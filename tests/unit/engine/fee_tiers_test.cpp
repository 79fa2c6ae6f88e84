// Fees by volume: who traded much in thirty days pays less from the next day on.
#include "venue/engine/fee_tiers.hpp"

#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::Decimal;
using model::SetFees;
using model::Side;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::int64_t day = 86'400;
constexpr model::Timestamp at(std::int64_t days) { return {days * day * 1'000'000'000}; }

class FeeTiers : public testing::Test {
  protected:
    FeeTiers() {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "BTC", "1000");
            venue.deposit(name, "USD", "100000");
        }
    }
    std::vector<std::string> set() {
        return venue.handle(SetFees{"USD", {{{1'000, 0}, 5'000, 15'000}, {{10'000, 0}, -1'000, 8'000}}, {"BTC-USD"}});
    }
    /// alice buys of bob at 100; the lines of both halves.
    std::vector<std::string> trade(const std::string& quantity) {
        const auto name = std::to_string(++count_);
        venue.sell("BOB", "s" + name, quantity + " @ 100");
        return venue.buy("ALICE", "b" + name, quantity + " @ 100");
    }

    SmallVenue venue{{10'000, 20'000}};
    int count_ = 0;
};

TEST_F(FeeTiers, WhatWasTradedCountsFromTheNextDayOn) {
    EXPECT_THAT(set(), ElementsAre("FeesSet: 2 tiers until 86400"));
    EXPECT_THAT(trade("10"), ElementsAre(testing::_, HasSubstr("fee 0.02 BTC"), HasSubstr("fee 1 USD")));
    EXPECT_THAT(venue.advance(at(1)), ElementsAre("FeesRolled: alice 1 bob 1 until 172800"));
    EXPECT_THAT(trade("10"), ElementsAre(testing::_, HasSubstr("fee 0.015 BTC"), HasSubstr("fee 0.5 USD")));
}

TEST_F(FeeTiers, AnOrderKeepsTheRatesThatItWasAcceptedWith) {
    set();
    trade("10");
    venue.sell("BOB", "old", "1 @ 100");
    venue.advance(at(1));
    EXPECT_THAT(venue.buy("ALICE", "new", "1 @ 100"),
                ElementsAre(testing::_, HasSubstr("fee 0.0015 BTC"), HasSubstr("fee 0.1 USD")));
}

TEST_F(FeeTiers, ThirtyDaysCountAndNoMore) {
    set();
    trade("10");
    EXPECT_THAT(venue.advance(at(30)).front(), HasSubstr("alice 1 bob 1"));
    EXPECT_THAT(trade("0.01"), ElementsAre(testing::_, HasSubstr("fee 0.000015 BTC"), testing::_));
    EXPECT_THAT(venue.advance(at(31)), ElementsAre("FeesRolled: alice 0 bob 0 until 2764800"));
}

TEST_F(FeeTiers, AnInstrumentThatAsksForLessIsNotMadeDearer) {
    EXPECT_THAT(venue.handle(SetFees{"USD", {{{}, 1'000'000, 1'000'000}}}), ElementsAre(HasSubstr("alice 1 bob 1")))
        << "a tier from nothing on is everybody's";
    EXPECT_THAT(trade("10"), ElementsAre(testing::_, HasSubstr("fee 0.02 BTC"), HasSubstr("fee 1 USD")));
}

TEST_F(FeeTiers, WhatWasTradedForAnotherAssetIsWorthWhatItsLastTradeSays) {
    venue.handle(model::AddAsset{{{}, "ETH", 8, 8}});
    venue.handle(
        model::ListInstrument{.symbol = "ETH-BTC", .base = "ETH", .quote = "BTC", .tick = {1, 2}, .lot = {1, 2}});
    venue.deposit("bob", "ETH", "1000");
    set();
    trade("0.01");
    auto sell = order("e1", Side::sell, "100 @ 0.5");
    auto buy = order("e2", Side::buy, "100 @ 0.5");
    sell.symbol = buy.symbol = "ETH-BTC";
    venue.handle(sell, "BOB");
    venue.handle(buy, "ALICE");
    // 50 BTC at 100 are 5,000 USD.
    EXPECT_THAT(venue.advance(at(1)), ElementsAre(HasSubstr("alice 1 bob 1")));
}

TEST_F(FeeTiers, ATradeThatIsTakenBackNoLongerCounts) {
    set();
    trade("10");
    venue.handle(venue.latest_trade());
    EXPECT_THAT(venue.advance(at(1)), ElementsAre("FeesRolled: until 172800"));
}

TEST_F(FeeTiers, WhatIsTakenBackIsMissingOnTheDayOnWhichItWasTraded) {
    set();
    trade("10");
    const auto bust = venue.latest_trade();
    venue.advance(at(1));
    trade("10");
    venue.advance(at(2));
    venue.handle(bust);
    EXPECT_THAT(venue.advance(at(3)), ElementsAre("FeesRolled: until 345600"));
    EXPECT_THAT(venue.advance(at(30)).back(), "FeesRolled: until 2678400") << "the day of the trade has gone";
    EXPECT_THAT(venue.advance(at(31)), ElementsAre("FeesRolled: until 2764800"));
    EXPECT_THAT(venue.advance(at(32)), ElementsAre(HasSubstr("alice 0 bob 0")));
}

TEST_F(FeeTiers, WhatAParticipantTradesWithItselfDoesNotCountNorDoesItsRevision) {
    set();
    venue.sell("ALICE2", "s", "10 @ 100");
    venue.buy("ALICE", "b", "10 @ 100");
    const auto own = venue.latest_trade();
    EXPECT_THAT(venue.advance(at(1)), ElementsAre("FeesRolled: until 172800"));
    trade("10");
    venue.handle(own);
    EXPECT_THAT(venue.advance(at(2)), ElementsAre(HasSubstr("alice 1 bob 1")));
}

TEST_F(FeeTiers, ATradeThatDidNotCountIsNotTakenFromTheVolume) {
    trade("10");
    const auto before_the_schedule = venue.latest_trade();
    set();
    trade("10");
    const auto of_the_first_day = venue.latest_trade();
    venue.handle(before_the_schedule);
    EXPECT_THAT(venue.advance(at(1)), ElementsAre(HasSubstr("alice 1 bob 1")));
    venue.advance(at(31));
    trade("10");
    venue.handle(of_the_first_day);
    EXPECT_THAT(venue.advance(at(32)), ElementsAre(HasSubstr("alice 1 bob 1"))) << "its day no longer counts";
}

TEST_F(FeeTiers, AnotherScheduleHoldsAtOnce) {
    set();
    trade("10");
    venue.advance(at(1));
    EXPECT_THAT(venue.handle(SetFees{"USD", {{{500, 0}, 0, 1'000}, {{600, 0}, 0, 500}}, {"BTC-USD"}}),
                ElementsAre("FeesSet: 2 tiers until 172800, alice 2 bob 2"));
    EXPECT_THAT(trade("10"), ElementsAre(testing::_, HasSubstr("fee 0.0005 BTC"), Not(HasSubstr("fee"))));
    EXPECT_THAT(venue.handle(SetFees{}), ElementsAre("FeesSet: 0 tiers until 0, alice 0 bob 0"));
}

TEST_F(FeeTiers, WhoComesLaterIsInTheTierThatBeginsWithNothing) {
    venue.handle(SetFees{"USD", {{{}, 5'000, 15'000}}});
    venue.handle(model::AddParticipant{"erin"});
    EXPECT_EQ(venue.engine.reference().participant("erin")->fee_tier, 1);
}

TEST_F(FeeTiers, AHoldThatGrewIsReleasedAtTheRateThatTheOrderKeeps) {
    SmallVenue quote{{10'000, 20'000, model::FeeSource::quote}};
    quote.deposit("alice", "USD", "100.2");
    quote.deposit("bob", "BTC", "1");
    quote.handle(SetFees{"USD", {{{}, 10'000, 10'000}}});
    quote.handle(SetFees{});
    quote.buy("ALICE", "b", "1 @ 100");
    EXPECT_EQ(quote.funds("alice", "USD"), "0+100.2");
    quote.handle(SetFees{"USD", {{{}, 10'000, 10'000}}});
    quote.sell("BOB", "s", "1 @ 100");
    EXPECT_EQ(quote.funds("alice", "USD"), "0.1+0");
}

TEST_F(FeeTiers, AnInstrumentThatPricesThemIsNotDelisted) {
    set();
    EXPECT_THAT(venue.handle(model::DelistInstrument{"BTC-USD"}), ElementsAre(HasSubstr("priced by BTC-USD")));
    venue.handle(SetFees{});
    EXPECT_THAT(venue.handle(model::DelistInstrument{"BTC-USD"}),
                ElementsAre("InstrumentDelisted: BTC-USD", testing::_));
}

TEST_F(FeeTiers, ADayThatNobodySawEndIsRolledAllTheSame) {
    set();
    trade("10");
    EXPECT_THAT(venue.advance(at(3)), ElementsAre("FeesRolled: alice 1 bob 1 until 172800", "FeesRolled: until 259200",
                                                  "FeesRolled: until 345600"));
}

TEST_F(FeeTiers, ASnapshotKeepsThem) {
    set();
    trade("10");
    venue.advance(at(1));
    trade("1");
    ASSERT_TRUE(venue.restart());
    EXPECT_EQ(venue.engine.next_due(), at(2));
    EXPECT_THAT(trade("10"), ElementsAre(testing::_, HasSubstr("fee 0.015 BTC"), testing::_));
}

TEST_F(FeeTiers, WithoutAScheduleNothingIsCountedAndNothingIsDue) {
    trade("10");
    EXPECT_EQ(venue.engine.next_due(), std::nullopt);
    set();
    EXPECT_THAT(set(), IsEmpty()) << "it is so already";
    trade("10");
    venue.advance(at(1));
    EXPECT_THAT(venue.handle(SetFees{}), ElementsAre("FeesSet: 0 tiers until 0, alice 0 bob 0"));
    EXPECT_EQ(venue.engine.next_due(), std::nullopt);
    EXPECT_THAT(trade("10"), ElementsAre(testing::_, HasSubstr("fee 0.02 BTC"), testing::_));
}

TEST_F(FeeTiers, AScheduleThatIsNoneIsDeclinedWithASentence) {
    EXPECT_THAT(venue.handle(SetFees{"EUR", {{{1, 0}, 0, 0}}}), ElementsAre(HasSubstr("EUR is not known")));
    EXPECT_THAT(venue.handle(SetFees{"USD", {{{1, 0}, 0, 0}, {{1, 0}, 0, 0}}}), ElementsAre(HasSubstr("must rise")));
    EXPECT_THAT(venue.handle(SetFees{"USD", {{{1, 0}, 0, 1'000'001}}}), ElementsAre(HasSubstr("fee rate")));
    EXPECT_THAT(venue.handle(SetFees{"USD", {{{1, 0}, 0, 0}}, {"NO-SUCH"}}), ElementsAre(HasSubstr("NO-SUCH")));
    EXPECT_THAT(venue.handle(SetFees{"BTC", {{{1, 0}, 0, 0}}, {"BTC-USD"}}),
                ElementsAre(HasSubstr("no prices in BTC")));
    EXPECT_THAT(venue.handle(SetFees{"USD", {{{1, 0}, 0, 0}}, {"BTC-USD", "BTC-USD"}}),
                ElementsAre(HasSubstr("twice")));
}

}  // namespace
}  // namespace venue::test
