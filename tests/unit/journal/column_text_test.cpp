#include "venue/journal/column_text.hpp"

#include <gtest/gtest.h>

#include "tests/support/every_event.hpp"
#include "venue/journal/journal.hpp"

namespace venue::journal {
namespace {

TEST(StoredText, LeavesPrintableTextAsItIs) { EXPECT_EQ(stored_text("BTC-USD 'x' \"y\""), "BTC-USD 'x' \"y\""); }

TEST(StoredText, IsPrintableAsciiWhateverCameIn) {
    EXPECT_EQ(stored_text(std::string("\\\x01\xff\0", 4)), "\\\\\\x01\\xff\\x00");
}

TEST(StoredText, ReadsBackToTheSameBytes) {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte.push_back(static_cast<char>(byte));
    for (const auto& text : {std::string{}, every_byte, model::nasty_text, std::string("\\"), std::string("\\\\x41")}) {
        EXPECT_EQ(original_text(stored_text(text)), text);
    }
}

TEST(ParseInt128, ReadsEveryInt128) {
    for (const auto value : {model::int128_min, model::int128_max, model::Int128{0}, model::Int128{-5}}) {
        EXPECT_TRUE(parse_int128(model::to_text(value)) == value) << model::to_text(value);
    }
}

TEST(ParseInteger, RefusesWhatIsNoWholeNumber) {
    for (const char* text : {"", "1.5", "x", "1 ", "99999999999999999999"}) {
        EXPECT_THROW(parse_integer(text), JournalUnreadable) << text;
    }
    EXPECT_THROW(parse_int128("1234567890123456789.5"), JournalUnreadable);
}

TEST(CopyLine, GivesColumnsNullsAndEscapes) {
    CopyLine line("12\t\\N\t\ta\\tb\\\\c");
    EXPECT_EQ(line.next(), "12");
    EXPECT_EQ(line.next(), std::nullopt);
    EXPECT_EQ(line.next(), "");
    EXPECT_EQ(line.next(), "a\tb\\c");
    EXPECT_THROW(line.next(), JournalUnreadable);
}

}  // namespace
}  // namespace venue::journal
