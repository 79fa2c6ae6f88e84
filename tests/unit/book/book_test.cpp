// Orders by price and time, through the book's public doors: act, then compare everything that was said.
#include <gmock/gmock.h>

#include "tests/unit/book/heard_book.hpp"

namespace venue::test {
namespace {

using testing::ElementsAre;

TEST(Book, AnOrderThatMeetsNobodyRests) {
    HeardBook book;
    EXPECT_THAT(book.buy(7, 5, 100), ElementsAre("accepted 7: 5 @ 100"));
    EXPECT_THAT(book.sell(8, 3, 101), ElementsAre("accepted 8: 3 @ 101"));
    EXPECT_EQ(book.levels(), "bids 100:5(1) offers 101:3(1)");
    EXPECT_EQ((*book).best(Side::buy), (engine::book::Depth{100, 5, 1}));
    EXPECT_EQ((*book).depth(Side::sell, 101), (engine::book::Depth{101, 3, 1}));
    EXPECT_EQ((*book).depth(Side::sell, 102), (engine::book::Depth{102, 0, 0}));
    EXPECT_EQ((*book).open(7), 5);
    EXPECT_EQ((*book).open(9), 0);
}

TEST(Book, ATradeIsAtTheRestingPriceBothWays) {
    HeardBook book;
    book.sell(1, 1, 100);
    EXPECT_THAT(book.buy(2, 1, 105), ElementsAre("accepted 2: 1 @ 105", "traded 2 with 1: 1 @ 100, left 0 and 0"));
    book.buy(3, 1, 90);
    EXPECT_THAT(book.sell(4, 1, 80), ElementsAre("accepted 4: 1 @ 80", "traded 4 with 3: 1 @ 90, left 0 and 0"));
    EXPECT_EQ(book.levels(), "bids offers");
}

TEST(Book, TheBestPriceTradesFirstAndAtOnePriceTheOldestOrder) {
    HeardBook book;
    book.sell(1, 1, 102);
    book.sell(2, 1, 101);
    book.sell(3, 1, 101);
    EXPECT_THAT(book.buy(9, 3, 102),
                ElementsAre("accepted 9: 3 @ 102", "traded 9 with 2: 1 @ 101, left 2 and 0",
                            "traded 9 with 3: 1 @ 101, left 1 and 0", "traded 9 with 1: 1 @ 102, left 0 and 0"));
}

TEST(Book, AnIncomingOrderThatItsFirstOpponentExhaustsGoesNoFurther) {
    HeardBook book;
    book.buy(1, 10, 100);
    book.buy(2, 10, 100);
    EXPECT_THAT(book.sell(3, 10, 100), ElementsAre("accepted 3: 10 @ 100", "traded 3 with 1: 10 @ 100, left 0 and 0"));
    EXPECT_THAT(book.sell(4, 4, 99), ElementsAre("accepted 4: 4 @ 99", "traded 4 with 2: 4 @ 100, left 0 and 6"));
    EXPECT_EQ(book.levels(), "bids 100:6(1) offers");
}

TEST(Book, WhatIsLeftRestsAtItsOwnPrice) {
    HeardBook book;
    book.sell(1, 2, 100);
    book.buy(2, 5, 103);
    EXPECT_EQ(book.levels(), "bids 103:3(1) offers");
}

TEST(Book, OrdersAreCancelledAtTheHeadInTheMiddleAndAtTheEnd) {
    HeardBook book;
    for (std::uint64_t id = 1; id <= 5; ++id) book.buy(id, static_cast<std::int64_t>(id), 100);
    EXPECT_THAT(book.cancel(3), ElementsAre("cancelled 3: 3 left"));
    EXPECT_THAT(book.cancel(1), ElementsAre("cancelled 1: 1 left"));
    EXPECT_THAT(book.cancel(5), ElementsAre("cancelled 5: 5 left"));
    EXPECT_EQ(book.queue(Side::buy), "2 4 ");
    EXPECT_EQ(book.levels(), "bids 100:6(2) offers");
    book.buy(6, 1, 100);
    EXPECT_EQ(book.queue(Side::buy), "2 4 6 ");
}

TEST(Book, AnOrderThatEndedCantBeCancelledOrModified) {
    HeardBook book;
    book.sell(1, 1, 100);
    book.buy(2, 1, 100);
    book.sell(3, 1, 100);
    book.cancel(3);
    for (const std::uint64_t id : {1, 2, 3, 4}) {
        EXPECT_THAT(book.cancel(id), ElementsAre("rejected " + std::to_string(id) + ": id_is_unknown"));
        EXPECT_THAT(book.modify(id, 1, 1), ElementsAre("rejected " + std::to_string(id) + ": id_is_unknown"));
    }
}

TEST(Book, AnIdIsFreeAfterACancelAndAfterAFillAndNotBefore) {
    HeardBook book;
    book.buy(1, 1, 100);
    EXPECT_THAT(book.sell(1, 1, 200), ElementsAre("rejected 1: id_is_live"));
    book.cancel(1);
    EXPECT_THAT(book.sell(1, 4, 200), ElementsAre("accepted 1: 4 @ 200"));
    book.buy(2, 4, 200);
    EXPECT_THAT(book.buy(1, 2, 50), ElementsAre("accepted 1: 2 @ 50"));
    EXPECT_THAT(book.buy(2, 2, 50), ElementsAre("accepted 2: 2 @ 50"));
    EXPECT_EQ(book.queue(Side::buy), "1 2 ");
}

TEST(Book, AnEmptiedLevelAndAnEmptiedSideLeaveNothingBehind) {
    HeardBook book;
    book.sell(1, 1, 101);
    book.sell(2, 1, 102);
    book.cancel(1);
    EXPECT_EQ(book.levels(), "bids offers 102:1(1)");
    book.buy(3, 5, 102, Instruction::ioc);
    EXPECT_EQ(book.levels(), "bids offers");
    EXPECT_EQ((*book).best(Side::sell), std::nullopt);
    EXPECT_EQ((*book).order_count(), 0U);
    book.sell(4, 1, 103);
    EXPECT_EQ(book.levels(), "bids offers 103:1(1)");
}

TEST(Book, LessAtTheSamePriceKeepsThePlaceAndAnythingElseLosesIt) {
    HeardBook book;
    for (const std::uint64_t id : {1, 2, 3}) book.buy(id, 10, 100);
    EXPECT_THAT(book.modify(1, 9, 100), ElementsAre("modified 1: 9 @ 100"));
    EXPECT_EQ(book.queue(Side::buy), "1 2 3 ");
    EXPECT_THAT(book.modify(1, 9, 100), ElementsAre("modified 1: 9 @ 100"));
    EXPECT_EQ(book.queue(Side::buy), "2 3 1 ");
    EXPECT_THAT(book.modify(2, 11, 100), ElementsAre("modified 2: 11 @ 100"));
    EXPECT_EQ(book.queue(Side::buy), "3 1 2 ");
    EXPECT_THAT(book.modify(3, 1, 99), ElementsAre("modified 3: 1 @ 99"));
    EXPECT_EQ(book.queue(Side::buy), "1 2 3 ");
    EXPECT_EQ(book.levels(), "bids 100:20(2) 99:1(1) offers");
}

TEST(Book, AnOrderMovedIntoTheSpreadIsBestAndOneMovedAcrossItTrades) {
    HeardBook book;
    book.buy(1, 5, 90);
    book.buy(2, 5, 95);
    book.sell(3, 3, 100);
    book.modify(1, 5, 97);
    EXPECT_EQ(book.queue(Side::buy), "1 2 ");
    EXPECT_THAT(book.modify(2, 5, 101), ElementsAre("modified 2: 5 @ 101", "traded 2 with 3: 3 @ 100, left 2 and 0"));
    EXPECT_EQ(book.levels(), "bids 101:2(1) 97:5(1) offers");
    EXPECT_THAT(book.modify(1, 2, 98), ElementsAre("modified 1: 2 @ 98"));
    EXPECT_THAT(book.sell(4, 9, 98), ElementsAre("accepted 4: 9 @ 98", "traded 4 with 2: 2 @ 101, left 7 and 0",
                                                 "traded 4 with 1: 2 @ 98, left 5 and 0"));
}

TEST(Book, AnOrderThatIsFilledWhenMovedIsGone) {
    HeardBook book;
    book.buy(1, 2, 90);
    book.sell(2, 3, 100);
    EXPECT_THAT(book.modify(1, 2, 100), ElementsAre("modified 1: 2 @ 100", "traded 1 with 2: 2 @ 100, left 0 and 1"));
    EXPECT_THAT(book.cancel(1), ElementsAre("rejected 1: id_is_unknown"));
    EXPECT_EQ((*book).order_count(), 1U);
}

TEST(Book, AModificationAfterAPartialFillSetsWhatIsOpen) {
    HeardBook book;
    book.sell(1, 10, 100);
    book.sell(2, 10, 100);
    book.buy(3, 4, 100);
    EXPECT_THAT(book.modify(1, 5, 100), ElementsAre("modified 1: 5 @ 100"));
    EXPECT_EQ(book.queue(Side::sell), "1 2 ");
    EXPECT_THAT(book.modify(1, 6, 100), ElementsAre("modified 1: 6 @ 100"));
    EXPECT_EQ(book.queue(Side::sell), "2 1 ");
    EXPECT_EQ(book.levels(), "bids offers 100:16(2)");
}

TEST(Book, AnImmediateOrderLeavesNothing) {
    HeardBook book;
    EXPECT_THAT(book.buy(1, 5, 100, Instruction::ioc),
                ElementsAre("accepted 1: 5 @ 100", "cancelled 1: 5 left, no_match_left"));
    book.sell(2, 2, 100);
    EXPECT_THAT(book.buy(1, 5, 100, Instruction::ioc),
                ElementsAre("accepted 1: 5 @ 100", "traded 1 with 2: 2 @ 100, left 3 and 0",
                            "cancelled 1: 3 left, no_match_left"));
    EXPECT_EQ(book.levels(), "bids offers");
}

TEST(Book, AFillOrKillIsFilledOverSeveralLevelsOrNotAtAll) {
    HeardBook book;
    book.sell(1, 2, 100);
    book.sell(2, 2, 101);
    book.sell(3, 2, 105);
    EXPECT_THAT(book.buy(4, 5, 104, Instruction::fok),
                ElementsAre("accepted 4: 5 @ 104", "cancelled 4: 5 left, fok_not_fillable"));
    EXPECT_THAT(book.buy(4, 7, 105, Instruction::fok),
                ElementsAre("accepted 4: 7 @ 105", "cancelled 4: 7 left, fok_not_fillable"));
    EXPECT_THAT(book.buy(4, 4, 104, Instruction::fok),
                ElementsAre("accepted 4: 4 @ 104", "traded 4 with 1: 2 @ 100, left 2 and 0",
                            "traded 4 with 2: 2 @ 101, left 0 and 0"));
}

TEST(Book, APostOnlyOrderRestsOrIsDeclined) {
    HeardBook book;
    book.sell(1, 1, 100);
    EXPECT_THAT(book.buy(2, 1, 100, Instruction::post_only), ElementsAre("rejected 2: post_only_would_trade"));
    EXPECT_THAT(book.buy(2, 1, 99, Instruction::post_only), ElementsAre("accepted 2: 1 @ 99"));
    EXPECT_THAT(book.modify(2, 1, 100, Instruction::post_only), ElementsAre("rejected 2: post_only_would_trade"));
    EXPECT_EQ(book.levels(), "bids 99:1(1) offers 100:1(1)");
}

TEST(Book, WhatCantBeIsDeclinedAndChangesNothing) {
    HeardBook book;
    book.buy(1, 5, 100);
    EXPECT_THAT(book.buy(2, 0, 100), ElementsAre("rejected 2: quantity_must_be_positive"));
    EXPECT_THAT(book.sell(2, -1, 100), ElementsAre("rejected 2: quantity_must_be_positive"));
    EXPECT_THAT(book.modify(1, 0, 100), ElementsAre("rejected 1: quantity_must_be_positive"));
    EXPECT_THAT(book.modify(1, 1, 100, Instruction::ioc), ElementsAre("rejected 1: instruction_must_rest"));
    EXPECT_THAT(book.modify(1, 1, 100, Instruction::fok), ElementsAre("rejected 1: instruction_must_rest"));
    EXPECT_EQ(book.levels(), "bids 100:5(1) offers");
}

TEST(Book, OneOrderFillsFiveThousand) {
    HeardBook book;
    for (std::uint64_t id = 1; id <= 5'000; ++id) book.sell(id, 2, 100 + static_cast<Ticks>(id % 50));
    const auto lines = book.buy(9'999, 9'999, 149);
    ASSERT_EQ(lines.size(), 5'001U);
    EXPECT_EQ(lines[1], "traded 9999 with 50: 2 @ 100, left 9997 and 0");
    EXPECT_EQ(lines.back(), "traded 9999 with 4999: 1 @ 149, left 0 and 1");
    EXPECT_EQ(book.levels(), "bids offers 149:1(1)");
    EXPECT_EQ((*book).order_count(), 1U);
}

}  // namespace
}  // namespace venue::test
