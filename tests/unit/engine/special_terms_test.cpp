// Orders that may only rest, that must trade at least so much, that are by cash, that end at a time, and requests that
// may come too late.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/reach.hpp"

namespace venue::test {
namespace {

using model::AskedTerms;
using model::Decimal;
using model::FeeSource;
using model::PostOnly;
using model::Side;
using model::TimeInForce;
using model::Timestamp;
using testing::ElementsAre;
using testing::HasSubstr;

class SpecialTerms : public testing::Test {
  protected:
    SpecialTerms() {
        venue.deposit("alice", "BTC", "10");
        venue.deposit("bob", "USD", "1000");
    }
    std::vector<std::string> buy(AskedTerms terms, std::string words, TimeInForce time_in_force = TimeInForce::gtc) {
        const std::string name = "b" + std::to_string(++count_);
        return venue.handle(with(std::move(terms), order(name, Side::buy, std::move(words), time_in_force)), "BOB");
    }
    SmallVenue venue;

  private:
    int count_ = 0;
};

TEST_F(SpecialTerms, APostOnlyOrderThatWouldTradeIsRejected) {
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(buy({.post_only = PostOnly::reject}, "1 @ 100"),
                ElementsAre("OrderRejected to BOB: b1 post_only_would_trade"));
    EXPECT_THAT(buy({.post_only = PostOnly::reject}, "1 @ 99"),
                ElementsAre("OrderAccepted to BOB: b2 open 0/1 holds 99, rests"));
    EXPECT_EQ(venue.funds("bob", "USD"), "901+99");
}

TEST_F(SpecialTerms, APostOnlyOrderMovesOneTickOffTheTouchWhereItAskedForIt) {
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(buy({.post_only = PostOnly::reprice}, "1 @ 105"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/1 holds 99 at 99, rests"));
    EXPECT_THAT(venue.handle(with({.post_only = PostOnly::reprice}, order("a2", Side::sell, "1 @ 90")), "ALICE"),
                ElementsAre("OrderAccepted to ALICE: a2 open 0/1 holds 1 at 100, rests"));
    EXPECT_EQ(venue.book(), "bids 99:1(1) offers 100:2(2)");
}

TEST_F(SpecialTerms, APostOnlyOrderIsJudgedSoAgainWhenItIsReplaced) {
    venue.sell("ALICE", "a1", "1 @ 100");
    buy({.post_only = PostOnly::reject}, "1 @ 98");
    buy({.post_only = PostOnly::reprice}, "1 @ 97");
    EXPECT_THAT(venue.replace("BOB", "c1", "b1", "1 @ 100"),
                ElementsAre("ChangeRejected to BOB: c1 post_only_would_trade"));
    EXPECT_THAT(venue.replace("BOB", "c2", "b2", "1 @ 100"),
                ElementsAre("OrderReplaced to BOB: c2 open 0/1 holds 99 at 99, was b2"));
}

/// One order more than are looked at, of a lot each.
class ManyOrders : public SpecialTerms {
  protected:
    ManyOrders() {
        venue.deposit("alice", "BTC", "200");
        for (int i = 0; i <= engine::looks_per_reach_max; ++i) venue.sell("ALICE", "s" + std::to_string(i), "0.01 @ 1");
    }
};

TEST_F(ManyOrders, AreNotAllCountedForWhatMustTradeAtOnce) {
    EXPECT_THAT(buy({}, "200.01 @ 1", TimeInForce::fok).back(), HasSubstr("fok_not_fillable"));
    EXPECT_THAT(buy({.min_quantity = Decimal{20'001, 2}}, "300 @ 1").back(), HasSubstr("min_quantity_not_fillable"));
    EXPECT_THAT(buy({.min_quantity = Decimal{200, 0}}, "300 @ 1").back(), HasSubstr("0.01 @ 1 as resting"));
}

TEST_F(ManyOrders, AreNotAllBoughtByCash) {
    EXPECT_THAT(buy({.cash = Decimal{250, 0}}, "0").front(), HasSubstr("b1 open 0/200 holds 250"));
}

TEST_F(SpecialTerms, AnOrderBelowTheLowestPriceHasNowhereToMove) {
    venue.sell("ALICE", "a1", "1 @ 1");
    EXPECT_THAT(buy({.post_only = PostOnly::reprice}, "1 @ 5"),
                ElementsAre("OrderRejected to BOB: b1 post_only_would_trade"));
}

TEST_F(SpecialTerms, AMinimumQuantityThatIsntThereLeavesTheBookUntouched) {
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.sell("ALICE", "a2", "1 @ 101");
    EXPECT_THAT(buy({.min_quantity = Decimal{2, 0}}, "3 @ 100"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/3 holds 300, rests",
                            "OrderCancelled to BOB: b1 cancelled 0/3 holds 0, min_quantity_not_fillable"));
    EXPECT_EQ(venue.book(), "bids offers 100:1(1) 101:1(1)");
    EXPECT_THAT(buy({.min_quantity = Decimal{2, 0}}, "3 @ 101").back(),
                "OrderTraded to ALICE: a2 filled 1/1 holds 0, 1 @ 101 as resting");
    EXPECT_EQ(venue.book(), "bids 101:1(1) offers");
}

TEST_F(SpecialTerms, AMinimumQuantityMustBePayableAtTheMarketToo) {
    venue.sell("ALICE", "a1", "9 @ 200");
    EXPECT_THAT(buy({.min_quantity = Decimal{501, 2}}, "6").back(),
                "OrderCancelled to BOB: b1 cancelled 0/6 holds 0, min_quantity_not_fillable");
    EXPECT_THAT(buy({.min_quantity = Decimal{5, 0}}, "6").back(),
                "OrderCancelled to BOB: b2 cancelled 5/6 holds 0, unpayable");
}

TEST_F(SpecialTerms, ASaleByCashGivesNoMoreThanBringsIt) {
    venue.deposit("alice", "USD", "1000");
    venue.deposit("bob", "BTC", "5");
    venue.buy("ALICE", "c1", "1 @ 90");
    venue.buy("ALICE", "c2", "4 @ 80");
    EXPECT_THAT(venue.handle(with({.cash = Decimal{130, 0}}, order("s1", model::Side::sell, "0")), "BOB"),
                ElementsAre("OrderAccepted to BOB: s1 open 0/1.5 holds 1.5 of cash 130",
                            "OrderTraded to BOB: s1 open 1/1.5 holds 0.5 of cash 40, 1 @ 90 as incoming",
                            "OrderTraded to ALICE: c1 filled 1/1 holds 0, 1 @ 90 as resting",
                            "OrderTraded to BOB: s1 filled 1.5/1.5 holds 0, 0.5 @ 80 as incoming",
                            "OrderTraded to ALICE: c2 open 0.5/4 holds 280, 0.5 @ 80 as resting"));
}

TEST_F(SpecialTerms, AMarketOrderByCashBuysWhatItPaysForAndReleasesTheRest) {
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.sell("ALICE", "a2", "5 @ 150");
    EXPECT_THAT(buy({.cash = Decimal{4015, 1}}, "0"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/3.01 holds 401.5 of cash 401.5",
                            "OrderTraded to BOB: b1 open 1/3.01 holds 301.5 of cash 301.5, 1 @ 100 as incoming",
                            "OrderTraded to ALICE: a1 filled 1/1 holds 0, 1 @ 100 as resting",
                            "OrderTraded to BOB: b1 filled 3.01/3.01 holds 0, 2.01 @ 150 as incoming",
                            "OrderTraded to ALICE: a2 open 2.01/5 holds 2.99, 2.01 @ 150 as resting"));
    EXPECT_EQ(venue.funds("bob", "USD"), "598.5+0");
}

TEST_F(SpecialTerms, ItsFeeIsPartOfTheCashWhereItIsTakenInQuote) {
    SmallVenue dear({.taker = 1'000'000, .source = FeeSource::quote});  // 10 %
    dear.deposit("alice", "BTC", "10");
    dear.deposit("bob", "USD", "110");
    dear.sell("ALICE", "a1", "5 @ 100");
    const auto lines = dear.handle(with({.cash = Decimal{110, 0}}, order("b1", Side::buy, "0")), "BOB");
    EXPECT_EQ(lines.at(1), "OrderTraded to BOB: b1 filled 1/1 holds 0, 1 @ 100 as incoming, fee 10 USD");
    EXPECT_EQ(dear.funds("bob", "USD"), "0+0");
}

TEST_F(SpecialTerms, CashThatBuysNothingOrIsntThereIsRejected) {
    EXPECT_THAT(buy({.cash = Decimal{100, 0}}, "0"), ElementsAre("OrderRejected to BOB: b1 cash_buys_nothing"));
    EXPECT_THAT(venue.handle(with({.cash = Decimal{100, 0}}, order("s1", model::Side::sell, "0")), "BOB"),
                ElementsAre("OrderRejected to BOB: s1 cash_buys_nothing"));
    EXPECT_THAT(buy({.cash = Decimal{1001, 0}}, "0"), ElementsAre("OrderRejected to BOB: b2 insufficient_funds"));
    EXPECT_THAT(buy({.cash = Decimal{1, 7}}, "0"), ElementsAre("OrderRejected to BOB: b3 cash_invalid"));
    EXPECT_THAT(buy({.cash = Decimal{-1, 0}}, "0"), ElementsAre("OrderRejected to BOB: b4 cash_invalid"));
}

TEST_F(SpecialTerms, AnOrderThatIsGoodTillATimeEndsThen) {
    venue.now = {1'000};
    buy({.expires = Timestamp{5'000}}, "1 @ 100", TimeInForce::gtd);
    EXPECT_EQ(venue.engine.next_due(), Timestamp{5'000});
    venue.handle(model::ReplaceOrder{model::ClOrdId("c1"),
                                     model::ClOrdId("b1"),
                                     {},
                                     "BTC-USD",
                                     Side::buy,
                                     model::OrderType::limit,
                                     {1, 0},
                                     Decimal{100, 0},
                                     {},
                                     "",
                                     {},
                                     with({.expires = Timestamp{4'000}}, model::ReplaceOrder{}).special},
                 "BOB");
    EXPECT_EQ(venue.engine.next_due(), Timestamp{4'000});
    venue.now = {4'000};
    EXPECT_THAT(venue.handle(model::AdvanceTime{venue.now}),
                ElementsAre("OrderExpired to BOB: c1 expired 0/1 holds 0"));
    EXPECT_THAT(buy({.expires = Timestamp{4'000}}, "1 @ 100", TimeInForce::gtd),
                ElementsAre("OrderRejected to BOB: b2 expire_time_passed"));
}

TEST_F(SpecialTerms, AnotherEndAloneKeepsTheOrdersPlace) {
    buy({.expires = Timestamp{5'000}}, "1 @ 100", TimeInForce::gtd);
    model::ReplaceOrder longer;
    longer.cl_ord_id = model::ClOrdId("c1");
    longer.orig_cl_ord_id = model::ClOrdId("b1");
    longer.symbol = "BTC-USD";
    longer.quantity = {1, 0};
    longer.price = Decimal{100, 0};
    EXPECT_THAT(venue.handle(with({.expires = Timestamp{6'000}}, longer), "BOB"),
                ElementsAre("OrderReplaced to BOB: c1 open 0/1 holds 100, was b1, kept its place"));
}

TEST_F(SpecialTerms, WhatIsJudgedAfterItsTimeIsDeclinedUntouched) {
    venue.now = {1'000};
    EXPECT_THAT(buy({.valid_until = Timestamp{999}}, "1 @ 100"), ElementsAre("OrderRejected to BOB: b1 too_late"));
    EXPECT_THAT(buy({.valid_until = Timestamp{1'000}}, "1 @ 100"),
                ElementsAre("OrderAccepted to BOB: b2 open 0/1 holds 100, rests"));
}

struct Contradiction {
    const char* what;
    AskedTerms terms;
    const char* words;
    TimeInForce time_in_force;
    std::int32_t tag;
};

class ContradictingTerms : public testing::TestWithParam<Contradiction> {};

TEST_P(ContradictingTerms, AreRejectedByTheFieldThatIsInTheWay) {
    SmallVenue venue;
    venue.handle(with(GetParam().terms, order("b1", Side::buy, GetParam().words, GetParam().time_in_force)), "BOB");
    const auto* rejected = std::get_if<model::OrderRejected>(&venue.events().back().body);
    ASSERT_NE(rejected, nullptr);
    EXPECT_EQ(rejected->flaw, (model::Flaw{model::RejectReason::terms_conflict, GetParam().tag}));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ContradictingTerms,
    testing::Values(
        Contradiction{"PostOnlyAtTheMarket", {.post_only = PostOnly::reject}, "1", TimeInForce::gtc, 18},
        Contradiction{"PostOnlyAndImmediate", {.post_only = PostOnly::reprice}, "1 @ 1", TimeInForce::ioc, 18},
        Contradiction{"PostOnlyAndFillOrKill", {.post_only = PostOnly::reject}, "1 @ 1", TimeInForce::fok, 18},
        Contradiction{"PostOnlyWithAMinimum",
                      {.post_only = PostOnly::reject, .min_quantity = Decimal{1, 0}},
                      "1 @ 1",
                      TimeInForce::gtc,
                      110},
        Contradiction{
            "CashWithAMinimum", {.min_quantity = Decimal{1, 0}, .cash = Decimal{1, 0}}, "0", TimeInForce::gtc, 110},
        Contradiction{"CashOnALimitOrder", {.cash = Decimal{1, 0}}, "0 @ 1", TimeInForce::gtc, 152},
        Contradiction{"CashBesideAQuantity", {.cash = Decimal{1, 0}}, "1", TimeInForce::gtc, 152},
        Contradiction{"AnEndOfAnOrderForTheDay", {.expires = Timestamp{9}}, "1 @ 1", TimeInForce::day, 126}),
    [](const auto& row) { return row.param.what; });

}  // namespace
}  // namespace venue::test
