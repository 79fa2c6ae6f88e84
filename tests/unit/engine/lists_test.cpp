// Orders that were entered together.
#include "venue/engine/lists.hpp"

#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::ClOrdId;
using model::Decimal;
using model::ListKind;
using model::OrderType;
using model::PlaceList;
using model::PlaceOrder;
using model::Side;
using testing::ElementsAre;
using testing::HasSubstr;

class Lists : public testing::Test {
  protected:
    Lists() {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "USD", "1000");
            venue.deposit(name, "BTC", "10");
        }
        venue.sell("BOB", "s0", "0.01 @ 100");
        venue.buy("BOB", "b0", "0.01 @ 100");
    }
    static PlaceOrder stop(const std::string& name, Side side, const std::string& words, int trigger) {
        auto asked = order(name, side, words);
        asked.type = asked.price ? OrderType::stop_limit : OrderType::stop;
        return with({.trigger = Decimal{trigger, 0}}, asked);
    }
    std::vector<std::string> enter(ListKind kind, std::vector<PlaceOrder> legs) {
        return venue.settle(PlaceList{{}, kind, std::move(legs)}, "ALICE");
    }
    /// Takes the profit at 110 or cuts the loss at 90.
    std::vector<std::string> bracket(const std::string& quantity = "2") {
        return enter(ListKind::one_cancels_others,
                     {order("up", Side::sell, quantity + " @ 110"), stop("down", Side::sell, quantity, 90)});
    }
    /// A buy, and what sells again.
    std::vector<std::string> entry() {
        return enter(
            ListKind::one_triggers_others,
            {order("in", Side::buy, "2 @ 99"), order("out", Side::sell, "2 @ 110"), stop("loss", Side::sell, "2", 90)});
    }
    void restart() { ASSERT_TRUE(venue.restart()); }
    std::vector<std::string> by_bob(Side side, const std::string& words) {
        return venue.settle(order("x" + std::to_string(++count_), side, words), "BOB");
    }

    SmallVenue venue;
    int count_ = 0;
};

TEST_F(Lists, OfWhichOneCancelsTheOthersHoldOnlyOnce) {
    EXPECT_THAT(bracket(), ElementsAre("OrderAccepted to ALICE: up open 0/2 holds 2, rests",
                                       "OrderAccepted to ALICE: down open 0/2 holds 0 waits for fall to 90"));
    EXPECT_EQ(venue.funds("alice", "BTC"), "8+2");
}

TEST_F(Lists, HoldTheLargestOfEachSide) {
    enter(ListKind::one_cancels_others,
          {order("a1", Side::sell, "1 @ 110"), order("a2", Side::sell, "3 @ 120"), order("a3", Side::buy, "1 @ 90")});
    EXPECT_EQ(venue.funds("alice", "BTC"), "7+3");
    EXPECT_EQ(venue.funds("alice", "USD"), "910+90");
}

TEST_F(Lists, AFillOfOneEvenInPartCancelsTheOthersBeforeIt) {
    bracket();
    EXPECT_THAT(by_bob(Side::buy, "1 @ 110"),
                ElementsAre(HasSubstr("OrderAccepted to BOB"),
                            "OrderCancelled to ALICE: down cancelled 0/2 holds 0, list_ended",
                            HasSubstr("1 @ 110 as incoming"), HasSubstr("up open 1/2 holds 1")));
    EXPECT_EQ(venue.funds("alice", "BTC"), "8+1");
}

TEST_F(Lists, AnOrderThatHeldNothingIsCoveredWhenItTrades) {
    enter(ListKind::one_cancels_others, {order("a1", Side::sell, "9 @ 120"), order("a2", Side::sell, "4 @ 110")});
    EXPECT_THAT(by_bob(Side::buy, "1 @ 110"), ElementsAre(HasSubstr("OrderAccepted"), HasSubstr("a1 cancelled"),
                                                          HasSubstr("a2 open 0/4 holds 4, hold_moved"),
                                                          HasSubstr("incoming"), HasSubstr("a2 open 1/4 holds 3")));
}

TEST_F(Lists, AReplaceByWhichOneWouldMeetAnotherOfItsListIsDeclined) {
    enter(ListKind::one_cancels_others,
          {order("a1", Side::sell, "3 @ 120"), order("a2", Side::sell, "1 @ 110"), order("a3", Side::buy, "1 @ 90")});
    EXPECT_THAT(venue.replace("ALICE", "a4", "a2", "1 @ 90", Side::sell),
                ElementsAre("ChangeRejected to ALICE: a4 post_only_would_trade"));
    EXPECT_THAT(venue.replace("ALICE", "a5", "a3", "1 @ 111"),
                ElementsAre("ChangeRejected to ALICE: a5 post_only_would_trade"));
    EXPECT_THAT(venue.replace("ALICE", "a6", "a2", "1 @ 91", Side::sell), ElementsAre(HasSubstr("a6 open 0/1")));
    EXPECT_EQ(venue.book(), "bids 90:1(1) offers 91:1(1) 120:3(1)");
}

TEST_F(Lists, ASweepMeetsOneOrderOfEach) {
    enter(ListKind::one_cancels_others, {order("a1", Side::sell, "2 @ 110"), order("a2", Side::sell, "2 @ 111")});
    EXPECT_THAT(venue.settle(order("f1", Side::buy, "3 @ 111", model::TimeInForce::fok), "BOB").back(),
                HasSubstr("fok_not_fillable"));
    EXPECT_THAT(by_bob(Side::buy, "3 @ 111").back(), HasSubstr("a1 filled"));
    EXPECT_EQ(venue.book(), "bids 111:1(1) offers");
}

TEST_F(Lists, ATriggerCancelsTheOthersBeforeIt) {
    bracket();
    by_bob(Side::buy, "0.01 @ 90");
    EXPECT_THAT(by_bob(Side::sell, "0.01 @ 90"),
                ElementsAre(HasSubstr("OrderAccepted"), HasSubstr("incoming"), HasSubstr("resting"),
                            "OrderCancelled to ALICE: up cancelled 0/2 holds 0, list_ended", HasSubstr("hold_moved"),
                            "OrderTriggered to ALICE: down open 0/2 holds 2", HasSubstr("no_match_left")));
}

TEST_F(Lists, AnEndOfOneCancelsTheOthersBehindIt) {
    bracket();
    EXPECT_THAT(venue.cancel("ALICE2", "c1", "down", Side::sell),
                ElementsAre("OrderCancelled to ALICE2 and ALICE: down cancelled 0/2 holds 0, by_request c1",
                            "OrderCancelled to ALICE2 and ALICE: up cancelled 0/2 holds 0, list_ended"));
    EXPECT_EQ(venue.funds("alice", "BTC"), "10+0");
}

TEST_F(Lists, AMassCancelCountsWhatItCancelledItself) {
    bracket();
    venue.buy("ALICE", "other", "1 @ 50");
    EXPECT_THAT(venue.settle(model::MassCancel{ClOrdId("m1")}, "ALICE"),
                ElementsAre(HasSubstr("up cancelled 0/2 holds 0, mass_cancelled"), HasSubstr("down cancelled"),
                            HasSubstr("other cancelled"), "MassCancelReported to ALICE: m1 2"));
}

TEST_F(Lists, AReplaceMovesTheHoldToWhicheverCostsMost) {
    enter(ListKind::one_cancels_others, {order("a1", Side::sell, "4 @ 110"), order("a2", Side::sell, "3 @ 120")});
    EXPECT_THAT(venue.replace("ALICE", "a3", "a2", "10 @ 120", Side::sell),
                ElementsAre("OrderRestated: a1 open 0/4 holds 0, hold_moved, kept its place",
                            "OrderReplaced to ALICE: a3 open 0/10 holds 10, was a2"));
    EXPECT_THAT(venue.replace("ALICE", "a4", "a3", "11 @ 120", Side::sell),
                ElementsAre("ChangeRejected to ALICE: a4 insufficient_funds"));
    EXPECT_THAT(venue.replace("ALICE", "a4", "a3", "1 @ 120", Side::sell),
                ElementsAre("OrderReplaced to ALICE: a4 open 0/1 holds 0, was a3, kept its place",
                            "OrderRestated: a1 open 0/4 holds 4, hold_moved, kept its place"));
}

TEST_F(Lists, OrdersThatWouldTradeOnArrivalAreNoList) {
    EXPECT_THAT(
        enter(ListKind::one_cancels_others, {order("a1", Side::sell, "1 @ 110"), order("a2", Side::buy, "1 @ 111")}),
        ElementsAre("OrderRejected to ALICE: a1 post_only_would_trade",
                    "OrderRejected to ALICE: a2 post_only_would_trade"));
    by_bob(Side::buy, "1 @ 105");
    EXPECT_THAT(
        enter(ListKind::one_cancels_others, {order("a1", Side::sell, "1 @ 105"), order("a2", Side::sell, "1 @ 111")}),
        ElementsAre("OrderRejected to ALICE: a1 post_only_would_trade", "OrderRejected to ALICE: a2 list_rejected"));
}

TEST_F(Lists, AreAcceptedWholeOrNotAtAll) {
    EXPECT_THAT(
        enter(ListKind::one_triggers_others, {order("a1", Side::buy, "1 @ 90"), order("a1", Side::sell, "1 @ 110")}),
        ElementsAre("OrderRejected to ALICE: a1 duplicate_cl_ord_id",
                    "OrderRejected to ALICE: a1 duplicate_cl_ord_id"));
    EXPECT_THAT(enter(ListKind::one_cancels_others, {order("a1", Side::sell, "1 @ 110")}),
                ElementsAre("OrderRejected to ALICE: a1 list_invalid"));
    EXPECT_THAT(enter(ListKind::one_cancels_others, {order("a1", Side::sell, "1 @ 110"), order("a2", Side::sell, "1")}),
                ElementsAre("OrderRejected to ALICE: a1 list_rejected", "OrderRejected to ALICE: a2 list_invalid"));
    EXPECT_THAT(
        enter(ListKind::one_cancels_others, {order("a1", Side::sell, "11 @ 110"), order("a2", Side::sell, "1 @ 120")}),
        ElementsAre("OrderRejected to ALICE: a1 insufficient_funds", "OrderRejected to ALICE: a2 list_rejected"));
    EXPECT_EQ(venue.book(), "bids offers");
}

TEST_F(Lists, AnOrderOfAnotherInstrumentIsDeclinedAndItsPriceSaysNothingOfTheOthers) {
    venue.handle(model::AddAsset{{{}, "ETH", 8, 8}});
    venue.handle(
        model::ListInstrument{.symbol = "ETH-USD", .base = "ETH", .quote = "USD", .tick = {1, 0}, .lot = {1, 2}});
    auto elsewhere = order("a2", Side::buy, "1 @ 200");
    elsewhere.symbol = "ETH-USD";
    EXPECT_THAT(enter(ListKind::one_cancels_others, {order("a1", Side::sell, "1 @ 110"), elsewhere}),
                ElementsAre("OrderRejected to ALICE: a1 list_rejected", "OrderRejected to ALICE: a2 list_invalid"));
}

TEST_F(Lists, ATrailingStopThatDoesNotSayHowFarItTrailsTakesRoomAllTheSame) {
    venue.handle(model::ChangeInstrument{.symbol = "BTC-USD", .limits = {.open_orders = 1}});
    auto trailing = order("a1", Side::sell, "1");
    trailing.type = OrderType::trailing_stop;
    EXPECT_THAT(
        enter(ListKind::one_cancels_others, {trailing, order("a2", Side::sell, "1 @ 110")}),
        ElementsAre("OrderRejected to ALICE: a1 trail_invalid", "OrderRejected to ALICE: a2 too_many_open_orders"));
}

TEST_F(Lists, OfWhichOneTriggersTheOthersHoldForTheFirstAlone) {
    EXPECT_THAT(entry(), ElementsAre("OrderAccepted to ALICE: in open 0/2 holds 198, rests",
                                     "OrderAccepted to ALICE: out open 0/2 holds 0 dormant",
                                     "OrderAccepted to ALICE: loss open 0/2 holds 0 dormant waits for fall to 90"));
    EXPECT_EQ(venue.funds("alice", "BTC"), "10+0");
}

TEST_F(Lists, WhenTheFirstIsFilledTheOthersComeAliveInTheOrderOfTheirIds) {
    entry();
    EXPECT_THAT(by_bob(Side::sell, "1 @ 99"), testing::SizeIs(3));
    restart();
    const auto lines = by_bob(Side::sell, "1 @ 99");
    ASSERT_EQ(lines.size(), 5U);
    EXPECT_EQ(lines[3], "OrderTriggered to ALICE: out open 0/2 holds 2, rests, leg_activated");
    EXPECT_EQ(lines[4], "OrderTriggered to ALICE: loss open 0/2 holds 2 waits for fall to 90, leg_activated");
    EXPECT_EQ(venue.book(), "bids offers 110:2(1)");
}

TEST_F(Lists, ComeAliveAfterARestartToo) {
    entry();
    venue.handle(order("x1", Side::sell, "2 @ 99"), "BOB");
    ASSERT_TRUE(venue.engine.follow_up());
    restart();
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()), ElementsAre(HasSubstr("out open")));
    restart();
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()), ElementsAre(HasSubstr("loss open")));
    EXPECT_FALSE(venue.engine.follow_up());
}

TEST_F(Lists, AnOrderThatIsNotCoveredWhenItsTurnComesIsCancelled) {
    enter(ListKind::one_triggers_others, {order("in", Side::buy, "1 @ 99"), order("out", Side::sell, "20 @ 110")});
    EXPECT_EQ(by_bob(Side::sell, "1 @ 99").back(),
              "OrderCancelled to ALICE: out cancelled 0/20 holds 0, leg_not_covered");
}

TEST_F(Lists, WhenTheFirstEndsUnfilledTheOthersAreCancelled) {
    entry();
    by_bob(Side::sell, "1 @ 99");
    EXPECT_THAT(venue.cancel("ALICE", "c1", "in"),
                ElementsAre(HasSubstr("in cancelled 1/2"), HasSubstr("out cancelled 0/2 holds 0, list_ended"),
                            HasSubstr("loss cancelled 0/2 holds 0, list_ended")));
}

TEST_F(Lists, ADormantOrderIsReplacedAndCancelledByItself) {
    entry();
    EXPECT_THAT(venue.replace("ALICE", "out2", "out", "3 @ 98", Side::sell),
                ElementsAre("OrderReplaced to ALICE: out2 open 0/3 holds 0 dormant, was out"));
    EXPECT_THAT(venue.cancel("ALICE", "c1", "loss", Side::sell), testing::SizeIs(1));
    EXPECT_EQ(venue.book(), "bids 99:2(1) offers");
    EXPECT_THAT(by_bob(Side::sell, "2 @ 99").back(), HasSubstr("out2 open 0/3 holds 3, rests, leg_activated"));
}

TEST_F(Lists, AFirstOrderThatTradesOnArrivalTriggersAtOnce) {
    by_bob(Side::sell, "2 @ 99");
    const auto lines = entry();
    EXPECT_EQ(lines.size(), 7U);
    EXPECT_THAT(lines.back(), HasSubstr("loss open 0/2 holds 2"));
}

TEST_F(Lists, NothingIsLeftCrossedWhenAnAuctionCancelsOrdersThatItsPriceHadCounted) {
    venue.deposit("bob", "USD", "1000");
    enter(ListKind::one_cancels_others, {order("a1", Side::sell, "5 @ 99"), order("a2", Side::sell, "5 @ 101")});
    venue.enter(model::Phase::closing_auction);
    venue.settle(order("a3", Side::sell, "5 @ 103"), "ALICE2");
    by_bob(Side::buy, "10 @ 105");
    const model::ChangePhase change{"BTC-USD", model::Phase::continuous};
    EXPECT_THAT(venue.handle(change), ElementsAre("UncrossBegun: BTC-USD 10 @ 101, then continuous"));
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()),
                ElementsAre("OrderCancelled to ALICE: a2 cancelled 0/5 holds 0, list_ended",
                            HasSubstr("x1 open 5/10 holds 525, 5 @ 101 as crossed"),
                            HasSubstr("a1 filled 5/5 holds 0, 5 @ 101 as crossed"),
                            "UncrossBegun: BTC-USD 5 @ 103, then continuous"));
    restart();
    EXPECT_THAT(
        venue.handle(*venue.engine.follow_up()),
        ElementsAre(HasSubstr("x1 filled 10/10 holds 0, 5 @ 103 as crossed"),
                    HasSubstr("a3 filled 5/5 holds 0, 5 @ 103 as crossed"), "PhaseChanged: BTC-USD continuous"));
    EXPECT_FALSE(venue.engine.follow_up());
    EXPECT_EQ(venue.book(), "bids offers");
}

TEST_F(Lists, StayDormantWhereThePhaseTakesNoOrderAndComeAliveWhenOneDoes) {
    for (const auto phase : {model::Phase::post_only, model::Phase::closed, model::Phase::halted}) {
        const std::string name(model::name(phase));
        enter(ListKind::one_triggers_others,
              {order("in" + name, Side::buy, "1 @ 99"), order("out" + name, Side::sell, "1 @ 110"),
               stop("loss" + name, Side::sell, "1", 90)});
        venue.enter(model::Phase::closing_auction);
        by_bob(Side::sell, "1 @ 99");
        venue.enter(phase == model::Phase::halted ? model::Phase::closed : phase);
        venue.enter(phase);
        EXPECT_THAT(venue.funds("alice", "BTC"), testing::EndsWith("+0")) << name;
        EXPECT_EQ(venue.book(), "bids offers");
        restart();
        EXPECT_FALSE(venue.engine.follow_up());
        const auto lines = venue.enter(model::Phase::pre_open);
        EXPECT_THAT(lines, ElementsAre("PhaseChanged: BTC-USD pre_open",
                                       HasSubstr("out" + name + " open 0/1 holds 1, rests, leg_activated"),
                                       HasSubstr("loss" + name + " open 0/1 holds 1 waits for fall to 90")));
        venue.settle(model::MassCancel{ClOrdId("m" + name)}, "ALICE");
        venue.enter(model::Phase::continuous);
    }
}

TEST_F(Lists, OpenOrdersAreTheSameAfterARestart) {
    bracket("1");
    entry();
    restart();
    EXPECT_THAT(by_bob(Side::buy, "1 @ 110"), testing::Contains(HasSubstr("down cancelled")));
    EXPECT_THAT(by_bob(Side::sell, "2 @ 99").back(), HasSubstr("loss open 0/2 holds 2"));
}

}  // namespace
}  // namespace venue::test
