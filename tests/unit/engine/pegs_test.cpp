// Orders whose price follows the best price of one side.
#include "venue/engine/pegs.hpp"

#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::Decimal;
using model::Peg;
using model::Side;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Pegged : public testing::Test {
  protected:
    Pegged() {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "USD", "1000000");
            venue.deposit(name, "BTC", "2000");
        }
        venue.buy("BOB", "bid", "1 @ 100");
        venue.sell("BOB", "offer", "1 @ 110");
    }
    static model::PlaceOrder pegged(const std::string& name, Side side, const std::string& words, Peg peg,
                                    int offset = 0) {
        auto asked = order(name, side, words);
        asked.type = model::OrderType::pegged;
        return with({.trail = Decimal{offset, 0}, .peg = peg}, asked);
    }
    std::vector<std::string> place(const std::string& name, Side side, const std::string& words, Peg peg,
                                   int offset = 0) {
        return venue.settle(pegged(name, side, words, peg, offset), "ALICE");
    }
    /// Long enough after the last following for the next to come at once.
    std::vector<std::string> by_bob(model::CommandBody asked) {
        venue.now.nanoseconds += engine::following_interval;
        return behind(venue.settle(std::move(asked), "BOB"));
    }
    std::vector<std::string> bid(const std::string& name, const std::string& words) {
        return by_bob(order(name, Side::buy, words));
    }
    std::vector<std::string> cancel_by_bob(const std::string& name, const std::string& original, Side side) {
        return by_bob(model::CancelOrder{model::ClOrdId(name), model::ClOrdId(original), {}, "BTC-USD", side, {}});
    }
    [[nodiscard]] model::Timestamp in(std::int64_t milliseconds) const {
        return {venue.now.nanoseconds + milliseconds * 1'000'000};
    }
    /// What follows an order that was accepted.
    static std::vector<std::string> behind(std::vector<std::string> lines) {
        lines.erase(lines.begin());
        return lines;
    }
    void restart() { ASSERT_TRUE(venue.restart()); }

    SmallVenue venue;
};

TEST_F(Pegged, APrimaryPegFollowsItsOwnSide) {
    EXPECT_THAT(place("a1", Side::buy, "1 @ 120", Peg::primary, -1),
                ElementsAre("OrderAccepted to ALICE: a1 open 0/1 holds 120 at 99, rests"));
    EXPECT_THAT(bid("b2", "1 @ 103"),
                ElementsAre("OrderRestated to ALICE: a1 open 0/1 holds 120 at 102, peg_moved", "PegsMoved: 103 110"));
    EXPECT_THAT(by_bob(order("b3", Side::sell, "1 @ 103")),
                ElementsAre(HasSubstr("b3 filled"), HasSubstr("b2 filled"),
                            "OrderRestated to ALICE: a1 open 0/1 holds 120 at 99, peg_moved", "PegsMoved: 100 110"));
}

TEST_F(Pegged, AMarketPegFollowsTheOtherSideAndStaysATickAway) {
    EXPECT_THAT(place("a1", Side::sell, "1", Peg::market, 3).front(), HasSubstr("at 103, rests"));
    EXPECT_THAT(place("a2", Side::sell, "1", Peg::market).front(), HasSubstr("at 101, rests"));
    EXPECT_THAT(place("a3", Side::buy, "1 @ 200", Peg::market).front(), HasSubstr("at 109, rests"));
}

TEST_F(Pegged, ALimitEndsTheFollowing) {
    place("a1", Side::buy, "1 @ 102", Peg::primary);
    place("a2", Side::sell, "1 @ 108", Peg::primary, -9);
    EXPECT_EQ(venue.book(), "bids 100:2(2) offers 108:1(1) 110:1(1)");
    EXPECT_THAT(bid("b2", "1 @ 105"), ElementsAre(HasSubstr("a1 open 0/1 holds 102 at 102"), "PegsMoved: 105 110"));
}

TEST_F(Pegged, OneThatGoesAheadStaysATickAwayFromTheOtherSide) {
    place("a1", Side::buy, "1 @ 200", Peg::primary, 20);
    EXPECT_EQ(venue.book(), "bids 109:1(1) 100:1(1) offers 110:1(1)");
    cancel_by_bob("c1", "offer", Side::sell);
    EXPECT_EQ(venue.book(), "bids 120:1(1) 100:1(1) offers");
}

TEST_F(Pegged, OrdersDoNotFollowEachOther) {
    place("a1", Side::buy, "1 @ 200", Peg::primary, 5);
    EXPECT_THAT(place("a2", Side::buy, "1 @ 200", Peg::primary).front(), HasSubstr("at 100, rests"));
}

TEST_F(Pegged, AnOrderStaysWhereItIsWhileThereIsNothingToFollow) {
    place("a1", Side::buy, "1 @ 200", Peg::primary, -1);
    EXPECT_THAT(cancel_by_bob("c1", "bid", Side::buy), ElementsAre("PegsMoved: 0 110"));
    EXPECT_EQ(venue.book(), "bids 99:1(1) offers 110:1(1)");
    EXPECT_THAT(bid("b2", "1 @ 90"), ElementsAre(HasSubstr("a1 open 0/1 holds 200 at 89"), "PegsMoved: 90 110"));
}

TEST_F(Pegged, AnOrderWithoutAnythingToFollowIsRejected) {
    venue.cancel("BOB", "c1", "bid");
    EXPECT_THAT(place("a1", Side::buy, "1 @ 200", Peg::primary),
                ElementsAre("OrderRejected to ALICE: a1 peg_without_reference"));
    EXPECT_THAT(place("a1", Side::buy, "1", Peg::market), ElementsAre("OrderRejected to ALICE: a1 cap_missing"));
    auto other = pegged("a1", Side::buy, "1 @ 200", Peg::none);
    EXPECT_THAT(venue.settle(other, "ALICE"), ElementsAre("OrderRejected to ALICE: a1 terms_conflict"));
    other = pegged("a1", Side::buy, "1 @ 200", Peg::market);
    other.time_in_force = model::TimeInForce::ioc;
    EXPECT_THAT(venue.settle(other, "ALICE"), ElementsAre("OrderRejected to ALICE: a1 terms_conflict"));
    other = with({.trail = Decimal{5, 1}, .peg = Peg::market}, pegged("a1", Side::buy, "1 @ 200", Peg::market));
    EXPECT_THAT(venue.settle(other, "ALICE"), ElementsAre("OrderRejected to ALICE: a1 peg_offset_invalid"));
}

TEST_F(Pegged, TwoOrdersThatMeetTradeAtThePriceOfTheOneThatWasThere) {
    place("a1", Side::buy, "1 @ 200", Peg::primary, 5);
    auto other = pegged("b1", Side::sell, "3", Peg::primary, -4);
    EXPECT_THAT(venue.settle(other, "BOB"), ElementsAre(HasSubstr("OrderAccepted to BOB: b1 open 0/3 holds 3 at 106")));
    EXPECT_THAT(bid("b2", "1 @ 101"),
                ElementsAre(HasSubstr("a1 open 0/1 holds 200 at 106, peg_moved"), HasSubstr("1 @ 106 as incoming"),
                            HasSubstr("b1 open 1/3 holds 2 at 106, 1 @ 106 as resting"), "PegsMoved: 101 110 goes on",
                            "PegsMoved: 101 110"));
}

TEST_F(Pegged, AReplaceChangesLimitAndOffsetAndGoesToTheBack) {
    place("a1", Side::buy, "2 @ 120", Peg::primary);
    model::ReplaceOrder change{model::ClOrdId("a2"), model::ClOrdId("a1"), {}, "BTC-USD"};
    change.type = model::OrderType::trailing_stop;
    change.quantity = {2, 0};
    change.price = Decimal{130, 0};
    EXPECT_THAT(venue.settle(change, "ALICE"),
                ElementsAre("OrderReplaced to ALICE: a2 open 0/2 holds 260 at 100, was a1"));
    change = with({.trail = Decimal{-3, 0}}, change);
    change.cl_ord_id = model::ClOrdId("a3");
    EXPECT_THAT(venue.settle(change, "ALICE"),
                ElementsAre("OrderReplaced to ALICE: a3 open 0/2 holds 260 at 97, was a2"));
    change = with({.peg = Peg::market}, change);
    change.cl_ord_id = model::ClOrdId("a4");
    EXPECT_THAT(venue.settle(change, "ALICE"), ElementsAre("ChangeRejected to ALICE: a4 type_mismatch"));
}

TEST_F(Pegged, AReplacedOrderIsNeverBeyondItsLimitAlsoWithNothingToFollow) {
    place("a1", Side::buy, "1 @ 100", Peg::primary);
    cancel_by_bob("c1", "bid", Side::buy);
    model::ReplaceOrder change{model::ClOrdId("a2"), model::ClOrdId("a1"), {}, "BTC-USD"};
    change.type = model::OrderType::trailing_stop;
    change.quantity = {1, 0};
    change.price = Decimal{50, 0};
    EXPECT_THAT(venue.settle(change, "ALICE"),
                ElementsAre("OrderReplaced to ALICE: a2 open 0/1 holds 50 at 50, was a1"));
    EXPECT_EQ(venue.book(), "bids 50:1(1) offers 110:1(1)");
    restart();
    EXPECT_THAT(venue.settle(order("s1", Side::sell, "1 @ 50"), "BOB").back(),
                HasSubstr("a2 filled 1/1 holds 0 at 50, 1 @ 50 as resting"));
    EXPECT_EQ(venue.funds("alice", "USD"), "999950+0");
    place("a3", Side::sell, "1", Peg::primary);
    cancel_by_bob("c2", "offer", Side::sell);
    change = model::ReplaceOrder{model::ClOrdId("a4"), model::ClOrdId("a3"), {}, "BTC-USD", Side::sell};
    change.type = model::OrderType::trailing_stop;
    change.quantity = {1, 0};
    change.price = Decimal{130, 0};
    EXPECT_THAT(venue.settle(change, "ALICE"), ElementsAre(HasSubstr("a4 open 0/1 holds 1 at 130, was a3")));
}

TEST_F(Pegged, AnOrderGoesNoFurtherThanTheStaticBand) {
    venue = SmallVenue({.static_band_bp = 1'000, .reference_price = Decimal{100, 0}});
    for (const std::string name : {"alice", "bob"}) {
        venue.deposit(name, "USD", "1000000");
        venue.deposit(name, "BTC", "2000");
    }
    venue.buy("BOB", "bid", "1 @ 100");
    venue.sell("BOB", "offer", "1 @ 105");
    place("a1", Side::buy, "1 @ 200", Peg::primary, 50);
    EXPECT_EQ(venue.book(), "bids 104:1(1) 100:1(1) offers 105:1(1)");
    cancel_by_bob("c1", "offer", Side::sell);
    EXPECT_EQ(venue.book(), "bids 110:1(1) 100:1(1) offers");
    restart();
}

TEST_F(Pegged, OrdersMoveInTheOrderOfTheirIdsAsManyAsOneCommandMay) {
    for (int i = 0; i < engine::due_per_command_max + 20; ++i) {
        place("n" + std::to_string(i), Side::buy, "1 @ 200", Peg::primary);
    }
    EXPECT_EQ(venue.handle(order("b2", Side::buy, "1 @ 101"), "BOB").size(), 1U);
    const auto first = venue.handle(*venue.engine.follow_up());
    ASSERT_EQ(first.size(), engine::due_per_command_max + 1U);
    EXPECT_THAT(first.front(), HasSubstr("n0 open"));
    EXPECT_EQ(first.back(), "PegsMoved: 101 110 goes on");
    restart();
    const auto rest = venue.handle(*venue.engine.follow_up());
    ASSERT_EQ(rest.size(), 21U);
    EXPECT_THAT(rest.front(), HasSubstr("n100 open"));
    EXPECT_FALSE(venue.engine.follow_up());
    restart();
    EXPECT_FALSE(venue.engine.follow_up());
}

TEST_F(Pegged, OrdersOfAnInstrumentAndOfAParticipantInItAreLimited) {
    constexpr auto of_each = engine::own_pegged_orders_max;
    for (std::size_t i = 0; i < of_each; ++i) place("n" + std::to_string(i), Side::sell, "1", Peg::primary);
    EXPECT_THAT(place("a1", Side::sell, "1", Peg::primary), ElementsAre("OrderRejected to ALICE: a1 too_many_pegged"));

    for (std::size_t others = 1; others < engine::pegged_orders_max / of_each; ++others) {
        const std::string name = "other" + std::to_string(others);
        const std::string session = "OTHER" + std::to_string(others);
        venue.handle(model::AddParticipant{name});
        venue.handle(model::OpenAccount{name, name});
        venue.handle(model::AddSession{name, name, session, name, "", ""});
        venue.deposit(name, "BTC", "2000");
        for (std::size_t i = 0; i < of_each; ++i) {
            venue.settle(pegged("n" + std::to_string(i), Side::sell, "1", Peg::primary), session);
        }
    }
    EXPECT_THAT(venue.settle(pegged("b1", Side::buy, "1 @ 100", Peg::primary), "BOB"),
                ElementsAre("OrderRejected to BOB: b1 too_many_pegged"));
}

TEST_F(Pegged, OrdersAheadOfTheTouchNeitherAreNorHideIt) {
    for (int ahead = 1; ahead <= 3; ++ahead) {
        place("a" + std::to_string(ahead), Side::buy, "1 @ 200", Peg::primary, ahead);
    }
    EXPECT_EQ(venue.book(), "bids 103:1(1) 102:1(1) 101:1(1) 100:1(1) offers 110:1(1)");
    bid("b2", "1 @ 102");
    EXPECT_EQ(venue.book(), "bids 105:1(1) 104:1(1) 103:1(1) 102:1(1) 100:1(1) offers 110:1(1)");
    cancel_by_bob("x1", "b2", Side::buy);
    EXPECT_EQ(venue.book(), "bids 103:1(1) 102:1(1) 101:1(1) 100:1(1) offers 110:1(1)");
    restart();
    by_bob(model::ReplaceOrder{model::ClOrdId("b3"),
                               model::ClOrdId("bid"),
                               {},
                               "BTC-USD",
                               Side::buy,
                               model::OrderType::limit,
                               Decimal{1, 0},
                               Decimal{99, 0},
                               {}});
    EXPECT_EQ(venue.book(), "bids 102:1(1) 101:1(1) 100:1(1) 99:1(1) offers 110:1(1)");
}

TEST_F(Pegged, PricesThatNoneFollowsMoveNobody) {
    place("a1", Side::buy, "1 @ 200", Peg::primary, -1);
    EXPECT_THAT(by_bob(order("b2", Side::sell, "1 @ 108")), IsEmpty());
}

TEST_F(Pegged, OrdersFollowAtOnceAndThenNotBeforeTheTimeIsOver) {
    place("a1", Side::buy, "1 @ 200", Peg::primary);
    EXPECT_THAT(bid("b2", "1 @ 101"), ElementsAre(HasSubstr("a1 open 0/1 holds 200 at 101"), "PegsMoved: 101 110"));
    const auto due = in(100);
    venue.now = in(40);
    EXPECT_THAT(behind(venue.settle(order("b3", Side::buy, "1 @ 102"), "BOB")), IsEmpty());
    venue.now = in(40);
    EXPECT_THAT(behind(venue.settle(order("b4", Side::buy, "1 @ 103"), "BOB")), IsEmpty());
    restart();
    EXPECT_EQ(venue.engine.next_due(), due);
    EXPECT_THAT(venue.advance({due.nanoseconds - 1}), IsEmpty());
    EXPECT_THAT(venue.advance(due),
                ElementsAre("OrderRestated to ALICE: a1 open 0/1 holds 200 at 103, peg_moved", "PegsMoved: 103 110"));
    EXPECT_FALSE(venue.engine.next_due());
}

TEST_F(Pegged, AnOrderThatComesAndGoesWithinTheTimeMovesNobody) {
    place("a1", Side::buy, "1 @ 200", Peg::primary);
    bid("b2", "1 @ 101");
    EXPECT_THAT(behind(venue.settle(order("b3", Side::buy, "1 @ 102"), "BOB")), IsEmpty());
    EXPECT_TRUE(venue.engine.next_due());
    venue.cancel("BOB", "c3", "b3");
    EXPECT_FALSE(venue.engine.next_due());
    EXPECT_THAT(venue.advance(in(1'000)), IsEmpty());
}

TEST_F(Pegged, OneThatIsBehindTradesWhereItIs) {
    place("a1", Side::buy, "1 @ 200", Peg::primary);
    bid("b2", "1 @ 101");
    venue.settle(order("b3", Side::buy, "1 @ 103"), "BOB");
    EXPECT_EQ(venue.book(), "bids 103:1(1) 101:2(2) 100:1(1) offers 110:1(1)");
    EXPECT_THAT(venue.settle(order("s1", Side::sell, "3 @ 101"), "BOB").back(),
                HasSubstr("a1 filled 1/1 holds 0 at 101, 1 @ 101 as resting"));
    EXPECT_FALSE(venue.engine.next_due());
}

TEST_F(Pegged, WhatExpiresAtTheMomentIsNotFollowed) {
    place("a1", Side::buy, "1 @ 200", Peg::primary);
    bid("b2", "1 @ 101");
    const auto due = in(100);
    auto passing = with({.expires = due}, order("b3", Side::buy, "1 @ 105", model::TimeInForce::gtd));
    EXPECT_THAT(behind(venue.settle(passing, "BOB")), IsEmpty());
    venue.settle(order("b4", Side::buy, "1 @ 103"), "BOB");
    EXPECT_THAT(venue.advance(due), ElementsAre(HasSubstr("OrderExpired to BOB: b3"),
                                                HasSubstr("holds 200 at 103, peg_moved"), "PegsMoved: 103 110"));
}

TEST_F(Pegged, OrdersAreLookedAtAgainWhenTheBandMoves) {
    venue = SmallVenue({.static_band_bp = 1'000, .reference_price = Decimal{100, 0}});
    for (const std::string name : {"alice", "bob"}) {
        venue.deposit(name, "USD", "1000000");
        venue.deposit(name, "BTC", "2000");
    }
    venue.buy("BOB", "bid", "1 @ 100");
    place("a1", Side::buy, "5 @ 200", Peg::primary, 50);
    EXPECT_EQ(venue.book(), "bids 110:5(1) 100:1(1) offers");
    EXPECT_THAT(
        venue.settle(model::ChangeInstrument{.symbol = "BTC-USD", .static_band_bp = 500}),
        ElementsAre("InstrumentChanged: BTC-USD", HasSubstr("holds 1000 at 105, peg_moved"), "PegsMoved: 100 0"));
    restart();

    // An uncross moves what the band is around.
    venue.enter(model::Phase::closing_auction);
    venue.sell("BOB", "s1", "1 @ 95");
    venue.now = in(100);
    EXPECT_THAT(venue.enter(model::Phase::continuous),
                ElementsAre("UncrossBegun: BTC-USD 1 @ 105, then continuous", HasSubstr("a1 open 1/5"),
                            HasSubstr("s1 filled"), "PhaseChanged: BTC-USD continuous",
                            HasSubstr("a1 open 1/5 holds 800 at 110, peg_moved"), "PegsMoved: 100 0"));
    restart();
}

}  // namespace
}  // namespace venue::test
