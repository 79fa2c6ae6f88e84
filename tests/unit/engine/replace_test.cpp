#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/known_order.hpp"

namespace venue::test {
namespace {

using model::Side;
using testing::ElementsAre;

class Replace : public testing::Test {
  protected:
    Replace() {
        venue.deposit("alice", "USD", "1000");
        venue.deposit("bob", "BTC", "10");
        venue.buy("ALICE", "a1", "2 @ 100");
        venue.buy("ALICE", "behind", "1 @ 100");
    }
    /// Which of alice's orders a sell of one lot meets first.
    std::string first_in_line() {
        const auto lines = venue.sell("BOB", "probe", "0.01 @ 100");
        return lines.back().substr(0, lines.back().find(" open"));
    }

    SmallVenue venue;
};

TEST_F(Replace, ASmallerQuantityAtTheSamePriceKeepsItsPlace) {
    EXPECT_THAT(venue.replace("ALICE", "a2", "a1", "1 @ 100"),
                ElementsAre("OrderReplaced to ALICE: a2 open 0/1 holds 100, was a1, kept its place"));
    EXPECT_EQ(venue.funds("alice", "USD"), "800+200");
    EXPECT_EQ(venue.book(), "bids 100:2(2) offers");
    EXPECT_EQ(first_in_line(), "OrderTraded to ALICE: a2");
}

TEST_F(Replace, TheSameTermsUnderANewNameGoToTheBack) {
    EXPECT_THAT(venue.replace("ALICE", "a2", "a1", "2 @ 100"),
                ElementsAre("OrderReplaced to ALICE: a2 open 0/2 holds 200, was a1"));
    EXPECT_EQ(first_in_line(), "OrderTraded to ALICE: behind");
}

TEST_F(Replace, ALargerQuantityGoesToTheBack) {
    EXPECT_THAT(venue.replace("ALICE", "a2", "a1", "3 @ 100"),
                ElementsAre("OrderReplaced to ALICE: a2 open 0/3 holds 300, was a1"));
    EXPECT_EQ(venue.book(), "bids 100:4(2) offers");
    EXPECT_EQ(first_in_line(), "OrderTraded to ALICE: behind");
}

TEST_F(Replace, AnotherPriceMovesTheOrder) {
    EXPECT_THAT(venue.replace("ALICE", "a2", "a1", "2 @ 99"),
                ElementsAre("OrderReplaced to ALICE: a2 open 0/2 holds 198, was a1"));
    EXPECT_EQ(venue.book(), "bids 100:1(1) 99:2(1) offers");
}

TEST_F(Replace, ANewPriceThatCrossesTradesAsIncoming) {
    venue.sell("BOB", "b1", "1 @ 110");
    EXPECT_THAT(venue.replace("ALICE2", "a2", "a1", "2 @ 120"),
                ElementsAre("OrderReplaced to ALICE2 and ALICE: a2 open 0/2 holds 240, was a1",
                            "OrderTraded to ALICE: a2 open 1/2 holds 120, 1 @ 110 as incoming",
                            "OrderTraded to BOB: b1 filled 1/1 holds 0, 1 @ 110 as resting"));
    EXPECT_EQ(venue.funds("alice", "USD"), "670+220");
}

TEST_F(Replace, TheQuantityCountsTheFills) {
    venue.sell("BOB", "b1", "0.5 @ 100");
    EXPECT_THAT(venue.replace("ALICE", "a2", "a1", "0.5 @ 100"),
                ElementsAre("ChangeRejected to ALICE: a2 quantity_not_above_filled"));
    EXPECT_THAT(venue.replace("ALICE", "a2", "a1", "1 @ 100"),
                ElementsAre("OrderReplaced to ALICE: a2 open 0.5/1 holds 50, was a1, kept its place"));
}

TEST_F(Replace, OfASessionThatAsksForWhatShallBeOpenTheFillsAreAddedToTheQuantity) {
    venue.handle(model::AddSession{"alice", "alice", "OPEN", "open", "", "", {}, model::ReplaceQuantity::open});
    venue.sell("BOB", "b1", "0.5 @ 100");
    EXPECT_THAT(venue.replace("OPEN", "a2", "a1", "1.5 @ 100"),
                ElementsAre("OrderReplaced to OPEN and ALICE: a2 open 0.5/2 holds 150, was a1"));
    EXPECT_THAT(venue.replace("OPEN", "a3", "a2", "0.5 @ 100"),
                ElementsAre("OrderReplaced to OPEN and ALICE: a3 open 0.5/1 holds 50, was a2, kept its place"));
    EXPECT_THAT(venue.replace("OPEN", "a4", "a3", "0 @ 100"),
                ElementsAre("ChangeRejected to OPEN: a4 quantity_not_positive"));
    EXPECT_THAT(venue.replace("OPEN", "a4", "a3", "100000000000 @ 100"),
                ElementsAre("ChangeRejected to OPEN: a4 quantity_too_large"));
    EXPECT_THAT(venue.replace("ALICE", "a4", "a3", "0.75 @ 100"),
                ElementsAre("OrderReplaced to ALICE: a4 open 0.5/0.75 holds 25, was a3, kept its place"));
}

TEST_F(Replace, WithoutFundsForTheAdditionalHoldTheOriginalStands) {
    EXPECT_THAT(venue.replace("ALICE", "a2", "a1", "2 @ 451"),
                ElementsAre("ChangeRejected to ALICE: a2 insufficient_funds"));
    EXPECT_EQ(venue.book(), "bids 100:3(2) offers");
    EXPECT_THAT(venue.replace("ALICE", "a2", "a1", "2 @ 450"),
                ElementsAre("OrderReplaced to ALICE: a2 open 0/2 holds 900, was a1"));
    EXPECT_EQ(venue.funds("alice", "USD"), "0+1000");
}

TEST_F(Replace, AQuantityFarBelowZeroIsDeclinedAsAnyOther) {
    venue.sell("BOB", "s1", "1 @ 100");
    for (const std::string words : {"-92233720368547758.07 @ 100", "-92233720368547758.08 @ 100"}) {
        EXPECT_THAT(venue.replace("ALICE", "a2", "a1", words),
                    ElementsAre("ChangeRejected to ALICE: a2 quantity_not_positive"));
    }
}

TEST_F(Replace, EarlierNamesStillNameTheOrderAndStayUsed) {
    venue.replace("ALICE", "a2", "a1", "1 @ 100");
    venue.replace("ALICE", "a3", "a1", "0.5 @ 100");
    EXPECT_THAT(venue.buy("ALICE", "a2", "1 @ 1"), ElementsAre("OrderRejected to ALICE: a2 duplicate_cl_ord_id"));
    EXPECT_THAT(venue.cancel("ALICE", "c1", "a2"),
                ElementsAre("OrderCancelled to ALICE: a3 cancelled 0/0.5 holds 0, by_request c1"));
}

TEST_F(Replace, OnlyTheLastNamesAreRemembered) {
    const auto name = [](std::size_t number) { return "n" + std::to_string(number); };
    venue.replace("ALICE", name(1), "a1", "1 @ 100");
    for (std::size_t number = 1; number < engine::earlier_names_max; ++number) {
        venue.replace("ALICE", name(number + 1), name(number), "1 @ 100");
    }
    EXPECT_THAT(venue.buy("ALICE", "a1", "1 @ 1"), ElementsAre("OrderRejected to ALICE: a1 duplicate_cl_ord_id"));

    venue.replace("ALICE", "newest", "a1", "1 @ 100");
    EXPECT_THAT(venue.replace("ALICE", "r1", "a1", "1 @ 100"),
                ElementsAre("ChangeRejected to ALICE: r1 unknown_order"));
    EXPECT_THAT(venue.buy("ALICE", "a1", "1 @ 1"), ElementsAre("OrderAccepted to ALICE: a1 open 0/1 holds 1, rests"));
    EXPECT_THAT(venue.cancel("ALICE", "c1", "n1"),
                ElementsAre("OrderCancelled to ALICE: newest cancelled 0/1 holds 0, by_request c1"));
    EXPECT_THAT(venue.cancel("ALICE", "c2", "a1"),
                ElementsAre("OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, by_request c2"));
}

TEST_F(Replace, IsDeclinedInAStatedOrder) {
    EXPECT_THAT(venue.replace("ALICE", "behind", "none", "0"),
                ElementsAre("ChangeRejected to ALICE: behind duplicate_cl_ord_id"));
    EXPECT_THAT(venue.replace("ALICE", "r", "none", "0"), ElementsAre("ChangeRejected to ALICE: r unknown_order"));
    EXPECT_THAT(venue.replace("ALICE", "r", "a1", "0", Side::sell),
                ElementsAre("ChangeRejected to ALICE: r side_mismatch"));
    EXPECT_THAT(venue.replace("ALICE", "r", "a1", "0"), ElementsAre("ChangeRejected to ALICE: r type_mismatch"));
    EXPECT_THAT(venue.replace("ALICE", "r", "a1", "0 @ 0"),
                ElementsAre("ChangeRejected to ALICE: r quantity_not_positive"));
    EXPECT_THAT(venue.replace("ALICE", "r", "a1", "0.001 @ 0"),
                ElementsAre("ChangeRejected to ALICE: r quantity_too_precise"));
    EXPECT_THAT(venue.replace("ALICE", "r", "a1", "1 @ 0"),
                ElementsAre("ChangeRejected to ALICE: r price_not_positive"));
}

}  // namespace
}  // namespace venue::test
