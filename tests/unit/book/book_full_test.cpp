// What a book does at its limits: sums, memory, growth.
#include <gmock/gmock.h>

#include <limits>

#include "tests/unit/book/heard_book.hpp"

namespace venue::test {
namespace {

using testing::ElementsAre;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

TEST(FullBook, SumsOverLevelsAreExactUpToTheLastLot) {
    HeardBook book;
    book.buy(1, most - 5, 100);
    EXPECT_THAT(book.buy(2, 6, 100), ElementsAre("rejected 2: level_is_full"));
    EXPECT_THAT(book.buy(2, 5, 100), ElementsAre("accepted 2: 5 @ 100"));
    EXPECT_EQ((*book).depth(Side::buy, 100), (engine::book::Depth{100, most, 2}));
    EXPECT_THAT(book.modify(2, 6, 100), ElementsAre("rejected 2: level_is_full"));
    EXPECT_THAT(book.modify(1, most - 7, 100), ElementsAre("modified 1: 9223372036854775800 @ 100"));
    EXPECT_THAT(book.modify(2, 7, 100), ElementsAre("modified 2: 7 @ 100"));
    EXPECT_THAT(book.buy(3, 1, 100), ElementsAre("rejected 3: level_is_full"));
    EXPECT_THAT(book.buy(3, most, 99), ElementsAre("accepted 3: 9223372036854775807 @ 99"));
    EXPECT_THAT(
        book.sell(4, most, 99, Instruction::fok),
        ElementsAre("accepted 4: 9223372036854775807 @ 99", "traded 4 with 1: 9223372036854775800 @ 100, left 7 and 0",
                    "traded 4 with 2: 7 @ 100, left 0 and 0"));
}

TEST(FullBook, AnOrderThatTradesFirstCanAlwaysRest) {
    HeardBook book;
    book.sell(1, 1, 100);
    EXPECT_THAT(book.buy(2, most, 100), ElementsAre("accepted 2: 9223372036854775807 @ 100",
                                                    "traded 2 with 1: 1 @ 100, left 9223372036854775806 and 0"));
}

TEST(FullBook, ABookMadeForFewDeclinesMoreAndTakesThemOnceThereIsRoom) {
    HeardBook book(8);
    std::uint64_t id = 1;
    while (book.buy(id, 1, static_cast<Ticks>(id)).front().starts_with("accepted")) ++id;
    EXPECT_EQ((*book).order_count(), id - 1);
    EXPECT_GE(id, 3U);
    EXPECT_THAT(book.buy(id, 1, 1), ElementsAre("rejected " + std::to_string(id) + ": book_is_full"));
    EXPECT_THAT(book.sell(id, 1, 1, Instruction::ioc).size(), 2U);
    book.cancel(1);
    EXPECT_THAT(book.buy(1, 1, 1), ElementsAre("accepted 1: 1 @ 1"));
}

TEST(FullBook, GrowthLosesNothing) {
    HeardBook book;
    constexpr std::uint64_t count = 200'000;
    for (std::uint64_t at = 0; at < count; ++at)
        book.sell(at << 32, 1 + static_cast<std::int64_t>(at % 7), static_cast<Ticks>(at % 997));
    EXPECT_EQ((*book).order_count(), count);
    for (std::uint64_t at = 0; at < count; ++at)
        ASSERT_EQ((*book).open(at << 32), 1 + static_cast<std::int64_t>(at % 7));
    EXPECT_LT((*book).bytes(), count * 128);
    for (std::uint64_t at = 0; at < count; at += 2) ASSERT_EQ(book.cancel(at << 32).front().substr(0, 9), "cancelled");
    for (std::uint64_t at = 0; at < count; ++at) ASSERT_EQ((*book).open(at << 32) != 0, at % 2 == 1);
    EXPECT_EQ((*book).order_count(), count / 2);
}

TEST(FullBook, ABookWithoutOrdersTakesNoMemory) {
    HeardBook book;
    EXPECT_EQ((*book).bytes(), 0U);
    EXPECT_LT(sizeof(*book), 512U);
    EXPECT_THAT(book.cancel(1), ElementsAre("rejected 1: id_is_unknown"));
    EXPECT_THAT(book.buy(1, 1, 1, Instruction::ioc).size(), 2U);
    EXPECT_EQ((*book).bytes(), 0U);
}

}  // namespace
}  // namespace venue::test
