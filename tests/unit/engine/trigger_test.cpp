// Orders that wait for the price of the last trade.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/triggers.hpp"

namespace venue::test {
namespace {

using model::Decimal;
using model::OrderType;
using model::Side;
using model::TimeInForce;
using model::WaitsFor;
using testing::ElementsAre;
using testing::HasSubstr;

class Trigger : public testing::Test {
  protected:
    Trigger() {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "BTC", "100");
            venue.deposit(name, "USD", "100000");
        }
    }
    std::vector<std::string> wait(std::string name, OrderType type, Side side, std::string words, std::int64_t trigger,
                                  WaitsFor waits_for = WaitsFor::nothing) {
        auto asked = order(std::move(name), side, std::move(words));
        asked.type = type;
        return venue.settle(with({.trigger = Decimal{trigger, 0}, .waits_for = waits_for}, asked), "ALICE");
    }
    /// Two others trade one lot at that price.
    std::vector<std::string> trade_at(int price) {
        const std::string words = "0.01 @ " + std::to_string(price);
        const std::string count = std::to_string(++trades_);
        venue.sell("BOB", "s" + count, words);
        return venue.settle(order("t" + count, Side::buy, words, TimeInForce::ioc), "BOB");
    }
    /// What trades caused behind their own three events.
    static std::vector<std::string> behind(std::vector<std::string> lines) {
        lines.erase(lines.begin(), lines.begin() + 3);
        return lines;
    }
    SmallVenue venue;

  private:
    int trades_ = 0;
};

TEST_F(Trigger, AStopThatSellsWaitsOutsideTheBookAndHoldsItsQuantity) {
    EXPECT_THAT(wait("a1", OrderType::stop, Side::sell, "1", 90),
                ElementsAre("OrderAccepted to ALICE: a1 open 0/1 holds 1 waits for fall to 90"));
    EXPECT_EQ(venue.book(), "bids offers");
    EXPECT_EQ(venue.funds("alice", "BTC"), "99+1");
}

TEST_F(Trigger, AStopThatBuysHoldsItsCap) {
    EXPECT_THAT(wait("a1", OrderType::stop, Side::buy, "1 @ 120", 110),
                ElementsAre("OrderAccepted to ALICE: a1 open 0/1 holds 120 waits for rise to 110"));
    EXPECT_THAT(wait("a2", OrderType::stop, Side::buy, "1", 110),
                ElementsAre("OrderRejected to ALICE: a2 cap_missing"));
}

TEST_F(Trigger, AStopTradesAtTheMarketWithinItsPriceOnceItIsReached) {
    wait("a1", OrderType::stop, Side::buy, "3 @ 112", 110);
    EXPECT_THAT(behind(trade_at(109)), testing::IsEmpty());
    venue.sell("BOB", "x1", "1 @ 111");
    venue.sell("BOB", "x2", "1 @ 113");
    EXPECT_THAT(behind(trade_at(110)), ElementsAre("OrderTriggered to ALICE: a1 open 0/3 holds 336",
                                                   "OrderTraded to ALICE: a1 open 1/3 holds 224, 1 @ 111 as incoming",
                                                   "OrderTraded to BOB: x1 filled 1/1 holds 0, 1 @ 111 as resting",
                                                   "OrderCancelled to ALICE: a1 cancelled 1/3 holds 0, no_match_left"));
    EXPECT_EQ(venue.funds("alice", "USD"), "99889+0");
}

TEST_F(Trigger, AStopLimitRestsOnceItIsReached) {
    wait("a1", OrderType::stop_limit, Side::sell, "1 @ 88", 90);
    EXPECT_THAT(behind(trade_at(89)), ElementsAre("OrderTriggered to ALICE: a1 open 0/1 holds 1, rests"));
    EXPECT_EQ(venue.book(), "bids offers 88:1(1)");
}

TEST_F(Trigger, WhatTakesProfitWaitsForThePriceToCome) {
    EXPECT_THAT(wait("a1", OrderType::market_if_touched, Side::sell, "1", 110).front(),
                HasSubstr("waits for rise to 110"));
    EXPECT_THAT(wait("a2", OrderType::market_if_touched, Side::buy, "1 @ 95", 90).front(),
                HasSubstr("waits for fall to 90"));
    EXPECT_THAT(wait("a3", OrderType::stop_limit, Side::sell, "1 @ 110", 110, WaitsFor::rise).front(),
                HasSubstr("waits for rise to 110"));
}

TEST_F(Trigger, OnesThatIsReachedAlreadyIsRejected) {
    trade_at(100);
    EXPECT_THAT(wait("a1", OrderType::stop, Side::sell, "1", 100),
                ElementsAre("OrderRejected to ALICE: a1 trigger_reached"));
    EXPECT_THAT(wait("a2", OrderType::stop, Side::sell, "1", 99), testing::SizeIs(1));
    EXPECT_THAT(wait("a3", OrderType::stop, Side::buy, "1 @ 200", 100),
                ElementsAre("OrderRejected to ALICE: a3 trigger_reached"));
}

TEST_F(Trigger, SeveralAreTriggeredInTheOrderOfTheirPricesThenOfTheirIds) {
    trade_at(100);
    wait("low", OrderType::stop_limit, Side::sell, "1 @ 200", 96);
    wait("high1", OrderType::stop_limit, Side::sell, "1 @ 200", 98);
    wait("high2", OrderType::stop_limit, Side::sell, "1 @ 200", 98);
    EXPECT_THAT(behind(trade_at(95)),
                ElementsAre(HasSubstr("high1 open"), HasSubstr("high2 open"), HasSubstr("low open")));
}

TEST_F(Trigger, OneMayTriggerTheNext) {
    trade_at(100);
    wait("a1", OrderType::stop, Side::sell, "1", 98);
    wait("a2", OrderType::stop, Side::sell, "1", 95);
    venue.buy("BOB", "x1", "1 @ 94");
    venue.buy("BOB", "x2", "1 @ 90");
    const auto lines = behind(trade_at(98));
    EXPECT_THAT(lines, ElementsAre("OrderTriggered to ALICE: a1 open 0/1 holds 1", HasSubstr("a1 filled"),
                                   HasSubstr("x1 filled"), "OrderTriggered to ALICE: a2 open 0/1 holds 1",
                                   HasSubstr("1 @ 90 as incoming"), HasSubstr("x2 filled")));
    EXPECT_TRUE(venue.events().back().asked.empty());
    EXPECT_FALSE(venue.engine.follow_up());
}

TEST_F(Trigger, WhatTheTradesOfOneTakeOutOfReachOfTheOtherWaitsOn) {
    trade_at(100);
    wait("a1", OrderType::stop, Side::sell, "1", 98);
    wait("a2", OrderType::stop, Side::sell, "1", 98);
    venue.sell("BOB", "x0", "0.01 @ 97");
    venue.buy("BOB", "x1", "0.01 @ 97");  // The last trade is at 97; nothing has followed it yet.
    ASSERT_TRUE(venue.engine.follow_up());
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()).front(), HasSubstr("a1"));
}

TEST_F(Trigger, CanBeCancelledReplacedAndExpire) {
    wait("a1", OrderType::stop, Side::sell, "1", 90);
    model::ReplaceOrder change;
    change.cl_ord_id = model::ClOrdId("a2");
    change.orig_cl_ord_id = model::ClOrdId("a1");
    change.symbol = "BTC-USD";
    change.side = Side::sell;
    change.type = OrderType::stop;
    change.quantity = {2, 0};
    EXPECT_THAT(venue.handle(with({.trigger = Decimal{95, 0}}, change), "ALICE"),
                ElementsAre("OrderReplaced to ALICE: a2 open 0/2 holds 2 waits for fall to 95, was a1"));
    EXPECT_THAT(venue.cancel("ALICE", "c1", "a2", Side::sell), ElementsAre(HasSubstr("a2 cancelled 0/2 holds 0")));
    EXPECT_THAT(behind(trade_at(80)), testing::IsEmpty());
    EXPECT_EQ(venue.funds("alice", "BTC"), "100+0");

    auto for_the_day = order("a3", Side::sell, "1", TimeInForce::day);
    for_the_day.type = OrderType::stop;
    venue.handle(with({.trigger = Decimal{70, 0}}, for_the_day), "ALICE");
    venue.now = *venue.engine.next_due();
    EXPECT_THAT(venue.handle(model::AdvanceTime{venue.now}), ElementsAre(HasSubstr("a3 expired")));
    EXPECT_THAT(behind(trade_at(60)), testing::IsEmpty());
}

TEST_F(Trigger, AFoldedEngineTriggersWhatTheLiveOneWould) {
    trade_at(100);
    wait("a1", OrderType::stop, Side::sell, "1", 98);
    venue.sell("BOB", "x0", "0.01 @ 97");
    venue.buy("BOB", "x1", "0.01 @ 97");
    engine::Engine folded;
    for (const model::Event& event : venue.events()) folded.fold(event);
    ASSERT_TRUE(folded.follow_up());
    EXPECT_EQ(std::get<model::TriggerOrder>(*folded.follow_up()).order,
              std::get<model::TriggerOrder>(*venue.engine.follow_up()).order);
    EXPECT_EQ(folded.state_hash(), venue.engine.state_hash());
}

TEST_F(Trigger, AReplaceThatMovesThePriceThatAnOrderWaitsForIsJudgedByTheLimits) {
    const auto move = [&](const std::string& name, const std::string& original, OrderType type, Side side,
                          const std::string& words, int trigger) {
        const auto like = order(name, side, words);
        model::ReplaceOrder asked;
        asked.cl_ord_id = like.cl_ord_id;
        asked.orig_cl_ord_id = model::ClOrdId(original);
        asked.symbol = "BTC-USD";
        asked.side = side;
        asked.type = type;
        asked.quantity = like.quantity;
        asked.price = like.price;
        return venue.handle(with({.trigger = Decimal{trigger, 0}}, asked), "ALICE");
    };
    trade_at(100);
    venue.handle(model::ChangeInstrument{.symbol = "BTC-USD", .limits = {.notional = Decimal{150, 0}}});
    wait("a1", OrderType::stop, Side::sell, "10", 1);
    EXPECT_THAT(move("a2", "a1", OrderType::stop, Side::sell, "10", 99),
                ElementsAre("ChangeRejected to ALICE: a2 notional_above_limit"));
    EXPECT_THAT(move("a3", "a1", OrderType::stop, Side::sell, "10", 1), ElementsAre(HasSubstr("a3 open")));
    const model::AskedLimits fat_finger{.notional = Decimal{}, .fat_finger_bp = 500};
    venue.handle(model::ChangeInstrument{.symbol = "BTC-USD", .limits = fat_finger});
    wait("f1", OrderType::stop_limit, Side::buy, "1 @ 1040", 1'000);
    EXPECT_THAT(move("f2", "f1", OrderType::stop_limit, Side::buy, "1 @ 1040", 101),
                ElementsAre("ChangeRejected to ALICE: f2 price_far_from_last"));
}

class Trailing : public Trigger {
  protected:
    std::vector<std::string> trail(std::string name, Side side, std::string words, Decimal distance,
                                   bool in_bp = false) {
        auto asked = order(std::move(name), side, std::move(words));
        asked.type = OrderType::trailing_stop;
        return venue.settle(with({.trail = distance, .trail_in_bp = in_bp}, asked), "ALICE");
    }
};

TEST_F(Trailing, AStopThatSellsFollowsThePriceUpAndNeverDown) {
    trade_at(100);
    EXPECT_THAT(trail("a1", Side::sell, "1", {5, 0}),
                ElementsAre("OrderAccepted to ALICE: a1 open 0/1 holds 1 waits for fall to 95"));
    EXPECT_THAT(behind(trade_at(103)),
                ElementsAre("OrderRestated: a1 open 0/1 holds 1 waits for fall to 98, trail_moved, kept its place"));
    EXPECT_THAT(behind(trade_at(99)), testing::IsEmpty());
    EXPECT_THAT(behind(trade_at(98)), ElementsAre("OrderTriggered to ALICE: a1 open 0/1 holds 1",
                                                  "OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, no_match_left"));
}

TEST_F(Trailing, AStopThatBuysFollowsThePriceDownInBasisPoints) {
    trade_at(200);
    EXPECT_THAT(trail("a1", Side::buy, "1 @ 300", {1'000, 0}, true),
                ElementsAre("OrderAccepted to ALICE: a1 open 0/1 holds 300 waits for rise to 220"));
    EXPECT_THAT(behind(trade_at(100)),
                ElementsAre("OrderRestated: a1 open 0/1 holds 300 waits for rise to 110, trail_moved, kept its place"));
    EXPECT_THAT(behind(trade_at(110)), testing::SizeIs(2));
}

TEST_F(Trailing, OneThatComesBeforeTheFirstTradeBeginsWithIt) {
    EXPECT_THAT(trail("a1", Side::sell, "1", {5, 0}).front(), HasSubstr("waits for fall to 0"));
    EXPECT_THAT(behind(trade_at(100)).front(), HasSubstr("waits for fall to 95, trail_moved"));
}

TEST_F(Trailing, NeedsADistanceAndABuyNeedsItsCap) {
    EXPECT_THAT(trail("a1", Side::sell, "1", {0, 0}), ElementsAre(HasSubstr("trail_invalid")));
    EXPECT_THAT(trail("a2", Side::sell, "1", {5, 1}), ElementsAre(HasSubstr("trail_invalid")));
    EXPECT_THAT(trail("a3", Side::sell, "1", {10'001, 0}, true), ElementsAre(HasSubstr("trail_invalid")));
    EXPECT_THAT(trail("a4", Side::buy, "1", {5, 0}), ElementsAre(HasSubstr("cap_missing")));
}

TEST_F(Trailing, ADistanceBeyondAllPricesIsDeclined) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    trade_at(100);
    EXPECT_THAT(trail("a1", Side::buy, "1 @ 300", {most, 0}), ElementsAre(HasSubstr("trail_invalid")));
    EXPECT_THAT(trail("a2", Side::sell, "1", {-most, 0}), ElementsAre(HasSubstr("trail_invalid")));
    EXPECT_THAT(trail("a3", Side::sell, "1", {-model::Int128{most} - 1, 0}), ElementsAre(HasSubstr("trail_invalid")));
}

TEST_F(Trailing, StopsOfAnInstrumentAndOfAParticipantInItAreLimited) {
    trade_at(100);
    for (std::size_t i = 0; i < engine::own_trailing_stops_max; ++i) {
        trail("a" + std::to_string(i), Side::sell, "0.01", {5, 0});
    }
    EXPECT_THAT(trail("b1", Side::buy, "0.01 @ 200", {5, 0}),
                ElementsAre("OrderRejected to ALICE: b1 too_many_pegged"));
    venue.cancel("ALICE", "c1", "a0", Side::sell);
    EXPECT_THAT(trail("b2", Side::buy, "0.01 @ 200", {5, 0}), ElementsAre(HasSubstr("b2 open")));
    EXPECT_THAT(trail("b3", Side::buy, "0.01 @ 200", {5, 0}), ElementsAre(HasSubstr("too_many_pegged")));
    auto bobs = order("x1", Side::sell, "0.01");
    bobs.type = OrderType::trailing_stop;
    EXPECT_THAT(venue.handle(with({.trail = Decimal{5, 0}}, bobs), "BOB"), ElementsAre(HasSubstr("x1 open")));
}

TEST_F(Trailing, AStopThatComesAliveWhereThereIsNoMoreRoomIsCancelled) {
    trade_at(100);
    auto stop = order("leg", Side::sell, "1");
    stop.type = OrderType::trailing_stop;
    venue.handle(model::PlaceList{model::ClOrdId("l1"),
                                  model::ListKind::one_triggers_others,
                                  {order("first", Side::buy, "1 @ 90"), with({.trail = Decimal{5, 0}}, stop)}},
                 "ALICE");
    for (std::size_t i = 0; i < engine::own_trailing_stops_max; ++i) {
        trail("a" + std::to_string(i), Side::sell, "0.01", {50, 0});
    }
    EXPECT_THAT(venue.settle(order("s", Side::sell, "1 @ 90"), "BOB").back(),
                "OrderCancelled to ALICE: leg cancelled 0/1 holds 0, too_many_pegged");
}

TEST_F(Trailing, ManyFollowInBoundedPieces) {
    trade_at(100);
    for (int i = 0; i < engine::due_per_command_max + 1; ++i)
        trail("a" + std::to_string(i), Side::sell, "0.01", {5, 0});
    venue.sell("BOB", "x0", "0.01 @ 101");
    venue.buy("BOB", "x1", "0.01 @ 101");
    ASSERT_TRUE(venue.engine.follow_up());
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()), testing::SizeIs(engine::due_per_command_max));
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()), testing::SizeIs(1));
    EXPECT_FALSE(venue.engine.follow_up());
}

TEST_F(Trigger, TermsThatMakeNoSenseOnAnOrderThatWaitsAreRejected) {
    auto asked = order("a1", Side::sell, "1", TimeInForce::ioc);
    asked.type = OrderType::stop;
    EXPECT_THAT(venue.handle(with({.trigger = Decimal{90, 0}}, asked), "ALICE"),
                ElementsAre(HasSubstr("terms_conflict")));
    EXPECT_THAT(venue.handle(with({.trigger = Decimal{90, 0}}, order("a2", Side::sell, "1 @ 90")), "ALICE"),
                ElementsAre(HasSubstr("terms_conflict")));
    asked.time_in_force = TimeInForce::gtc;
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre(HasSubstr("trigger_invalid")));
    EXPECT_THAT(venue.handle(with({.display = Decimal{1, 1}, .trigger = Decimal{90, 0}}, asked), "ALICE"),
                ElementsAre(HasSubstr("terms_conflict")));
}

}  // namespace
}  // namespace venue::test
