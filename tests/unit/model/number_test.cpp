#include "venue/model/number.hpp"

#include <gtest/gtest.h>

namespace venue::model {
namespace {

std::string read_and_printed(std::string_view text) {
    const auto number = parse_decimal(text);
    return number ? to_text(*number) : "no number";
}

TEST(Decimal, IsReadAndPrintedExactly) {
    struct Case {
        const char* text;
        const char* printed;
    };
    const Case cases[] = {
        {"20000", "20000"},
        {"0.5", "0.5"},
        {"-1.25", "-1.25"},
        {"1.500", "1.5"},
        {"100", "100"},
        {"007", "7"},
        {"5.", "5"},
        {".5", "0.5"},
        {"-.5", "-0.5"},
        {"0", "0"},
        {"-0", "0"},
        {"0.000", "0"},
        {"0.00000001", "0.00000001"},
        {"999999999999999999999999999999", "999999999999999999999999999999"},
        {"0.00000000000000000000000000001", "0.00000000000000000000000000001"},
    };
    for (const Case& each : cases) EXPECT_EQ(read_and_printed(each.text), each.printed) << each.text;
}

TEST(Decimal, AnythingElseIsNoNumber) {
    for (const char* text : {"", "-", ".", "-.", "+1", "1e5", " 1", "1 ", "1,5", "1.2.3", "--1", "0x10", "nan",
                             "1000000000000000000000000000000", "0.0000000000000000000000000000001"}) {
        EXPECT_EQ(read_and_printed(text), "no number") << text;
    }
}

TEST(Decimal, EqualNumbersCompareEqual) { EXPECT_EQ(parse_decimal("1.50"), parse_decimal("01.5")); }

TEST(Steps, AreCountedExactlyOrNotAtAll) {
    EXPECT_EQ(steps_of({15, 1}, {5, 1}), 3);
    EXPECT_EQ(steps_of({-15, 1}, {5, 1}), -3);
    EXPECT_EQ(steps_of({1, 0}, {1, 8}), 100'000'000);
    EXPECT_EQ(steps_of({0, 0}, {1, 8}), 0);
    EXPECT_EQ(steps_of({1, 2}, {5, 2}), std::nullopt);
    EXPECT_EQ(steps_of({1, 9}, {1, 8}), std::nullopt);
    EXPECT_EQ(steps_of({10'000'000'000, 0}, {1, 10}), std::nullopt) << "more than 63 bits";
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(steps_of({-most, 8}, {1, 8}), -most);
    EXPECT_EQ(steps_of({-Int128{most} - 1, 8}, {1, 8}), std::nullopt) << "its opposite is no number of 64 bits";
    EXPECT_EQ(steps_of({-Int128{most} - 1, 0}, {1, 0}), std::nullopt);
    EXPECT_EQ(steps_of({(-Int128{most} - 1) * 10, 0}, {10, 0}), std::nullopt) << "nor is it by a longer division";
    EXPECT_EQ(steps_of({most, 0}, {1, 1}), std::nullopt) << "ten times as many steps";
    EXPECT_EQ(steps_of({Int128{most} * 10, 0}, {10, 0}), most);
    EXPECT_EQ(steps_of({most - most % 1'000, 0}, {1'000, 0}), most / 1'000);
    EXPECT_EQ(steps_of({50, 2}, {5, 1}), 1) << "zeros behind the last digit change nothing";
    EXPECT_EQ(steps_of({1, 0}, {1, 19}), std::nullopt);
    EXPECT_EQ(steps_of({0, 0}, {1, 19}), 0);
}

TEST(Amount, IsAWholeNumberOfLedgerUnits) {
    EXPECT_EQ(amount_of({15, 1}, 2), Amount{150});
    EXPECT_EQ(amount_of({15, 1}, 0), std::nullopt);
    EXPECT_EQ(amount_of({1, 0}, 37), Amount{Int128{1'000'000'000'000'000'000} * 1'000'000'000'000'000'000 * 10});
    EXPECT_EQ(amount_of({11, 0}, 37), std::nullopt);
    EXPECT_EQ(to_text(Amount{-150}, 2), "-1.5");
    EXPECT_EQ(to_text(Amount{7}, 3), "0.007");
}

TEST(Decimal, AStepTimesACountIsShortest) {
    EXPECT_EQ(times(Decimal{1, 2}, 150), (Decimal{15, 1}));
    EXPECT_EQ(times(Decimal{25, 2}, 4), (Decimal{1, 0}));
}

}  // namespace
}  // namespace venue::model
