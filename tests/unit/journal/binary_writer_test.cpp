// The bytes are PostgreSQL's wire format; that the server reads them as meant is the integration test's to show.
#include "venue/journal/binary_writer.hpp"

#include <gtest/gtest.h>

#include "tests/support/every_event.hpp"

namespace venue::journal {
namespace {

std::string hex(const std::string& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text.append({digits[byte >> 4], digits[byte & 15]});
    }
    return text;
}

/// Expected bytes as `hex` prints them; the spaces are for the reader.
std::string bytes(std::string text) {
    std::erase(text, ' ');
    return text;
}

std::string numeric(model::Int128 value) {
    BinaryWriter writer;
    writer.numeric(value);
    return hex(writer.take());
}

TEST(BinaryWriter, WritesIntegersInNetworkOrderBehindTheirLength) {
    BinaryWriter writer;
    writer.int2(-2);
    writer.int4(258);
    writer.int8(-1);
    EXPECT_EQ(hex(writer.take()), bytes("00000002fffe 0000000400000102 00000008ffffffffffffffff"));
}

TEST(BinaryWriter, WritesBooleansTextJsonAndNull) {
    BinaryWriter writer;
    writer.boolean(true);
    writer.boolean(false);
    writer.text("ab");
    writer.text("");
    writer.jsonb("{}");
    writer.null();
    EXPECT_EQ(hex(writer.take()), bytes("0000000101 0000000100 000000026162 00000000 00000003017b7d ffffffff"));
}

// Digits to the base 10,000, the first one's weight, the sign; zeros at the end are left out.
TEST(BinaryWriter, WritesNumericsInBaseTenThousand) {
    EXPECT_EQ(numeric(0), bytes("00000008 0000 0000 0000 0000"));
    EXPECT_EQ(numeric(7), bytes("0000000a 0001 0000 0000 0000 0007"));
    EXPECT_EQ(numeric(-10'000), bytes("0000000a 0001 0001 4000 0000 0001"));
    EXPECT_EQ(numeric(100'020'003), bytes("0000000e 0003 0002 0000 0000 0001 0002 0003"));
    EXPECT_EQ(numeric(model::int128_min - 1),
              bytes("0000001c 000a 0009 4000 0000 00aa 0583 209a 01d5 090d 0c60 1c87 1bf6 20da 1660"));
}

TEST(BinaryWriter, ClosesAValueWithTheLengthOfWhatCameBetween) {
    BinaryWriter writer;
    const auto mark = writer.begin();
    writer.row_header(1);
    writer.column_type(PgType::int2);
    writer.int2(5);
    writer.end(mark);
    EXPECT_EQ(hex(writer.take()), bytes("0000000e 00000001 00000015 000000020005"));
}

TEST(BinaryWriter, AnEmptyArrayHasNoDimension) {
    BinaryWriter empty;
    empty.array_header(20, 0);
    EXPECT_EQ(hex(empty.take()), bytes("00000000 00000000 00000014"));
    BinaryWriter two;
    two.array_header(20, 2);
    EXPECT_EQ(hex(two.take()), bytes("00000001 00000000 00000014 00000002 00000001"));
}

}  // namespace
}  // namespace venue::journal
