// Orders of one participant that would trade with each other.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::SelfTrade;
using model::Side;
using model::TimeInForce;
using testing::ElementsAre;

class SelfTrades : public testing::Test {
  protected:
    SelfTrades() {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "BTC", "100");
            venue.deposit(name, "USD", "100000");
        }
    }
    std::vector<std::string> buy(SelfTrade rule, std::string words, TimeInForce time_in_force = TimeInForce::gtc,
                                 std::int64_t group = 0) {
        const std::string name = "b" + std::to_string(++count_);
        return venue.settle(
            with({.self_trade = rule, .self_trade_group = group}, order(name, Side::buy, words, time_in_force)),
            "ALICE2");
    }
    SmallVenue venue;

  private:
    int count_ = 0;
};

TEST_F(SelfTrades, AreAllowedUnlessSomebodySaysOtherwise) {
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(venue.buy("ALICE2", "b1", "1 @ 100"), testing::SizeIs(3));
}

TEST_F(SelfTrades, TheNewestIsCancelledAfterItTradedWithOthersBefore) {
    venue.sell("BOB", "x1", "1 @ 99");
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(buy(SelfTrade::cancel_newest, "3 @ 100"),
                ElementsAre("OrderAccepted to ALICE2: b1 open 0/3 holds 300, rests",
                            "OrderTraded to ALICE2: b1 open 1/3 holds 200, 1 @ 99 as incoming",
                            "OrderTraded to BOB: x1 filled 1/1 holds 0, 1 @ 99 as resting",
                            "OrderCancelled to ALICE2: b1 cancelled 1/3 holds 0, self_trade_prevented"));
    EXPECT_EQ(venue.funds("alice", "USD"), "99901+0");
}

TEST_F(SelfTrades, TheOldestIsCancelledAndTheNewestGoesOn) {
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.sell("BOB", "x1", "1 @ 100");
    EXPECT_THAT(buy(SelfTrade::cancel_oldest, "1 @ 100"),
                ElementsAre("OrderAccepted to ALICE2: b1 open 0/1 holds 100, rests",
                            "OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, self_trade_prevented",
                            "OrderTraded to ALICE2: b1 filled 1/1 holds 0, 1 @ 100 as incoming",
                            "OrderTraded to BOB: x1 filled 1/1 holds 0, 1 @ 100 as resting"));
    EXPECT_EQ(venue.funds("alice", "BTC"), "101+0");
}

TEST_F(SelfTrades, BothAreCancelled) {
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(buy(SelfTrade::cancel_both, "2 @ 100"),
                ElementsAre("OrderAccepted to ALICE2: b1 open 0/2 holds 200, rests",
                            "OrderCancelled to ALICE2: b1 cancelled 0/2 holds 0, self_trade_prevented",
                            "OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, self_trade_prevented"));
    EXPECT_EQ(venue.book(), "bids offers");
}

TEST_F(SelfTrades, BothAreDecrementedByTheSmallerWhichIsCancelled) {
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(buy(SelfTrade::decrement, "3 @ 100"),
                ElementsAre("OrderAccepted to ALICE2: b1 open 0/3 holds 300, rests",
                            "OrderRestated to ALICE2: b1 open 0/2 holds 200, self_trade_prevented, kept its place",
                            "OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, self_trade_prevented"));
    venue.cancel("ALICE", "c1", "b1");
    venue.sell("ALICE", "a2", "3 @ 100");
    EXPECT_THAT(buy(SelfTrade::decrement, "1 @ 100"),
                ElementsAre("OrderAccepted to ALICE2: b2 open 0/1 holds 100, rests",
                            "OrderCancelled to ALICE2: b2 cancelled 0/1 holds 0, self_trade_prevented",
                            "OrderRestated to ALICE: a2 open 0/2 holds 2, self_trade_prevented, kept its place"));
    EXPECT_EQ(venue.book(), "bids offers 100:2(1)");
    EXPECT_EQ(venue.funds("alice", "BTC"), "98+2");
}

TEST_F(SelfTrades, AnIcebergIsDecrementedWithWhatItHides) {
    venue.handle(with({.display = model::Decimal{1, 0}}, order("a1", Side::sell, "5 @ 100")), "ALICE");
    EXPECT_EQ(buy(SelfTrade::decrement, "3 @ 100").back(),
              "OrderRestated to ALICE: a1 open 0/2 holds 2 shows 1, self_trade_prevented, kept its place");
}

TEST_F(SelfTrades, OnlyOrdersOfOneGroupAreKeptApart) {
    venue.sell("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(buy(SelfTrade::cancel_newest, "1 @ 100", TimeInForce::gtc, 7), testing::SizeIs(3));
    venue.handle(with({.self_trade_group = 7}, order("a2", Side::sell, "1 @ 100")), "ALICE");
    EXPECT_THAT(buy(SelfTrade::cancel_newest, "1 @ 100", TimeInForce::gtc, 7), testing::SizeIs(2));
}

TEST_F(SelfTrades, OrdersOfTwoAccountsOfOneParticipantAreKeptApartWithAGroupAndWithout) {
    venue.handle(model::OpenAccount{"alice", "alice-2"});
    venue.deposit("alice-2", "BTC", "10");
    auto elsewhere = order("a1", Side::sell, "1 @ 100");
    elsewhere.account = "alice-2";
    venue.handle(elsewhere, "ALICE");
    EXPECT_THAT(buy(SelfTrade::cancel_newest, "1 @ 100").back(), testing::EndsWith("self_trade_prevented"));
    elsewhere.cl_ord_id = model::ClOrdId("a2");
    venue.handle(with({.self_trade_group = 7}, elsewhere), "ALICE");
    venue.cancel("ALICE", "c1", "a1", Side::sell);
    EXPECT_THAT(buy(SelfTrade::cancel_newest, "1 @ 100", TimeInForce::gtc, 7).back(),
                testing::EndsWith("self_trade_prevented"));
    EXPECT_EQ(venue.funds("alice-2", "BTC"), "9+1");
}

TEST_F(SelfTrades, TheParticipantsChoiceHoldsForOrdersThatSayNothing) {
    venue.handle(model::AddParticipant{"carol", SelfTrade::cancel_newest});
    venue.handle(model::OpenAccount{"carol", "carol"});
    venue.handle(model::AddSession{"carol", "carol", "CAROL", "carol", "", ""});
    venue.deposit("carol", "BTC", "10");
    venue.deposit("carol", "USD", "1000");
    venue.sell("CAROL", "s1", "1 @ 100");
    EXPECT_EQ(venue.buy("CAROL", "b1", "1 @ 100").back(),
              "OrderCancelled to CAROL: b1 cancelled 0/1 holds 0, self_trade_prevented");
    EXPECT_EQ(
        venue.handle(with({.self_trade = SelfTrade::cancel_oldest}, order("b2", Side::buy, "1 @ 100")), "CAROL").back(),
        "OrderCancelled to CAROL: s1 cancelled 0/1 holds 0, self_trade_prevented");
}

TEST_F(SelfTrades, OwnOrdersDontCountForFillOrKill) {
    venue.sell("BOB", "x1", "1 @ 100");
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.sell("BOB", "x2", "1 @ 100");
    for (const SelfTrade rule : {SelfTrade::cancel_newest, SelfTrade::cancel_both, SelfTrade::decrement}) {
        EXPECT_THAT(buy(rule, "2 @ 100", TimeInForce::fok).back(), testing::HasSubstr("fok_not_fillable"));
    }
    EXPECT_THAT(buy(SelfTrade::cancel_oldest, "3 @ 100", TimeInForce::fok).back(),
                testing::HasSubstr("fok_not_fillable"));
    EXPECT_THAT(buy(SelfTrade::cancel_oldest, "2 @ 100", TimeInForce::fok), testing::SizeIs(6));
}

TEST_F(SelfTrades, AreKeptApartInBoundedPieces) {
    for (int i = 0; i < engine::fills_per_command_max + 2; ++i) {
        venue.sell("ALICE", "a" + std::to_string(i), "0.01 @ 100");
    }
    venue.handle(with({.self_trade = SelfTrade::cancel_oldest}, order("b1", Side::buy, "1 @ 100")), "ALICE2");
    ASSERT_TRUE(venue.engine.follow_up());
    EXPECT_EQ(model::name(venue.events().back().body), "SweepMarked");
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()), testing::SizeIs(3));
    EXPECT_FALSE(venue.engine.follow_up());
    EXPECT_EQ(venue.book(), "bids 100:1(1) offers");
    engine::Engine folded;
    for (const model::Event& event : venue.events()) folded.fold(event);
    EXPECT_EQ(folded.state_hash(), venue.engine.state_hash());
}

}  // namespace
}  // namespace venue::test
