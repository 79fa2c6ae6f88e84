// Prices anywhere in 64 bits, and a window that follows the market.
#include <gmock/gmock.h>

#include <limits>

#include "tests/unit/book/heard_book.hpp"

namespace venue::test {
namespace {

using testing::ElementsAre;

constexpr Ticks lowest = std::numeric_limits<Ticks>::min();
constexpr Ticks highest = std::numeric_limits<Ticks>::max();
constexpr Ticks window = 1 << 18;

/// Enough levels on both sides of a price for a window to come.
void surround(HeardBook& book, Ticks middle, std::uint64_t first_id) {
    for (int at = 1; at <= 40; ++at) {
        book.buy(first_id++, 1, middle - at);
        book.sell(first_id++, 1, middle + at);
    }
}

TEST(FarPrices, BothExtremesOfBothSidesRestAndTrade) {
    HeardBook book;
    surround(book, 0, 1'000);
    EXPECT_THAT(book.buy(1, 1, lowest), ElementsAre("accepted 1: 1 @ -9223372036854775808"));
    EXPECT_THAT(book.sell(2, 1, highest), ElementsAre("accepted 2: 1 @ 9223372036854775807"));
    EXPECT_EQ((*book).depth(Side::buy, lowest).quantity, 1);
    EXPECT_EQ((*book).depth(Side::sell, highest).quantity, 1);
    EXPECT_THAT(book.sell(3, 99, lowest, Instruction::ioc).back(), "cancelled 3: 58 left, no_match_left");
    EXPECT_THAT(book.buy(4, 99, highest, Instruction::ioc).back(), "cancelled 4: 58 left, no_match_left");
    EXPECT_EQ(book.levels(), "bids offers");
}

TEST(FarPrices, TheWorstExtremesMayBeTheBestThereIs) {
    HeardBook book;
    book.buy(1, 1, lowest);
    book.sell(2, 1, highest);
    EXPECT_EQ((*book).best(Side::buy), (engine::book::Depth{lowest, 1, 1}));
    EXPECT_EQ((*book).best(Side::sell), (engine::book::Depth{highest, 1, 1}));
    EXPECT_THAT(book.sell(3, 1, lowest + 1), ElementsAre("accepted 3: 1 @ -9223372036854775807"));
    EXPECT_THAT(book.buy(4, 1, highest), ElementsAre("accepted 4: 1 @ 9223372036854775807",
                                                     "traded 4 with 3: 1 @ -9223372036854775807, left 0 and 0"));
    EXPECT_THAT(book.sell(5, 1, lowest), ElementsAre("accepted 5: 1 @ -9223372036854775808",
                                                     "traded 5 with 1: 1 @ -9223372036854775808, left 0 and 0"));
    EXPECT_THAT(book.buy(6, 2, highest), ElementsAre("accepted 6: 2 @ 9223372036854775807",
                                                     "traded 6 with 2: 1 @ 9223372036854775807, left 1 and 0"));
    EXPECT_EQ(book.levels(), "bids 9223372036854775807:1(1) offers");
}

TEST(FarPrices, LevelsInsideAndOutsideTheWindowAreOneOrder) {
    HeardBook book;
    surround(book, 0, 1'000);
    book.sell(1, 1, 10 * window);
    book.sell(2, 1, 2 * window);
    book.sell(3, 1, window + 7);
    book.sell(4, 1, highest);
    book.buy(9, 40, 40);
    EXPECT_EQ(book.queue(Side::sell), "3 2 1 4 ");
    EXPECT_EQ((*book).best(Side::sell)->price, window + 7);
}

TEST(FarPrices, ABookThatWandersThroughAllPricesStaysExact) {
    HeardBook book;
    std::uint64_t id = 1;
    for (const Ticks middle : {Ticks{0}, window / 2, window, 3 * window, highest - 50, Ticks{17}, lowest + 50, -window,
                               -window - 70'000, lowest + 200}) {
        const std::uint64_t first = id;
        surround(book, middle, first);
        id += 80;
        EXPECT_EQ((*book).best(Side::buy)->price, middle - 1);
        EXPECT_EQ((*book).best(Side::sell)->price, middle + 1);
        EXPECT_EQ((*book).depth(Side::sell, middle + 40), (engine::book::Depth{middle + 40, 1, 1}));
        for (; book.sell(0, 1, middle - 40, Instruction::fok).size() == 2;) {
            if ((*book).best(Side::buy) == std::nullopt) break;
        }
        for (std::uint64_t gone = first; gone < id; ++gone) book.cancel(gone);
        EXPECT_EQ(book.levels(), "bids offers") << middle;
    }
}

TEST(FarPrices, AWindowThatLeavesLevelsBehindFindsThemAgain) {
    HeardBook book;
    // A wide book of offers, then the best price walks through it and past it.
    for (std::uint64_t at = 0; at < 2'000; ++at) book.sell(at + 1, 1, static_cast<Ticks>(at) * 1'000);
    Ticks expected = 0;
    for (std::uint64_t at = 0; at < 2'000; ++at, expected += 1'000) {
        ASSERT_EQ((*book).best(Side::sell)->price, expected);
        ASSERT_EQ(book.buy(5'000, 1, highest).size(), 2U);
        // Arrivals near the best price draw the window after it.
        book.sell(10'000 + at, 1, expected + 1'500'000'000);
    }
    EXPECT_EQ((*book).order_count(), 2'000U);
    for (std::uint64_t at = 0; at < 2'000; ++at) book.sell(20'000 + at, 1, static_cast<Ticks>(at) * 777 - 900'000);
    EXPECT_EQ((*book).best(Side::sell)->price, -900'000);
    EXPECT_EQ(book.buy(5'000, 4'000, highest).size(), 4'001U);
    EXPECT_EQ(book.levels(), "bids offers");
}

}  // namespace
}  // namespace venue::test
