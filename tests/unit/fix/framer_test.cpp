#include "venue/fix/framer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/fix/socket_client.hpp"

namespace venue::fix {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t message_max = 1'000;

/// Everything that comes out when `bytes` arrive in pieces of `piece`.
std::vector<std::string> cut(Framer& framer, std::string_view bytes, std::size_t piece) {
    std::vector<std::string> messages;
    while (!bytes.empty()) {
        const auto space = framer.space();
        const auto count = std::min({piece, bytes.size(), space.size()});
        std::copy_n(bytes.begin(), count, space.begin());
        framer.commit(count);
        bytes.remove_prefix(count);
        while (const auto message = framer.next()) messages.emplace_back(*message);
    }
    return messages;
}

std::vector<std::string> cut(std::string_view bytes) {
    Framer framer(message_max);
    return cut(framer, bytes, bytes.size());
}

const std::string first = framed("35=0|49=ALICE|56=VENUE|34=2|52=20260101-00:00:00|");
const std::string second = framed("35=D|49=ALICE|56=VENUE|34=3|52=20260101-00:00:00|58=FIX and 8=FIX|");

TEST(Framer, gives_the_same_messages_however_the_bytes_are_split) {
    for (std::size_t piece = 1; piece <= first.size() + second.size(); ++piece) {
        Framer framer(message_max);
        EXPECT_THAT(cut(framer, first + second, piece), ElementsAre(first, second)) << piece;
        EXPECT_EQ(framer.garbled_count(), 0U);
    }
}

TEST(Framer, takes_a_body_length_with_leading_zeros) {
    const auto body = with_bars("35=0|34=2|");
    const auto head = with_bars("8=FIX.4.4|9=0000010|");
    unsigned sum = 0;
    for (const char c : head + body) sum += static_cast<unsigned char>(c);
    auto digits = std::to_string(sum % 256);
    const auto message = head + body + "10=" + std::string(3 - digits.size(), '0') + digits + "\x01";
    EXPECT_THAT(cut(message), ElementsAre(message));
}

TEST(Framer, skips_bytes_before_a_message_and_counts_them_once) {
    for (std::size_t piece : {1U, 3U, 1'000U}) {
        Framer framer(message_max);
        EXPECT_THAT(cut(framer, "GET / HTTP/1.1\r\n\r\n8=FOX" + first, piece), ElementsAre(first)) << piece;
        EXPECT_EQ(framer.garbled_count(), 1U) << piece;
    }
}

struct Garbled {
    const char* what;
    std::string bytes;
};

TEST(Framer, skips_what_is_no_message_and_goes_on_with_the_next) {
    auto bad_sum = first;
    bad_sum[bad_sum.size() - 2] = bad_sum[bad_sum.size() - 2] == '0' ? '1' : '0';
    const std::vector<Garbled> table = {
        {"a wrong checksum", bad_sum},
        {"a length that is too small", with_bars("8=FIX.4.4|9=3|35=0|34=2|10=000|")},
        {"a negative length", with_bars("8=FIX.4.4|9=-5|35=0|34=2|10=000|")},
        {"an empty length", with_bars("8=FIX.4.4|9=|35=0|34=2|10=000|")},
        {"no length", with_bars("8=FIX.4.4|35=0|34=2|10=000|")},
        {"a length of endless digits", with_bars("8=FIX.4.4|9=00000000000000000000000000001|35=0|10=000|")},
        {"an endless version", with_bars("8=FIX.4.4.4.4.4.4.4.4.4.4.4.4.4.4|9=5|35=0|10=000|")},
        {"a checksum of two digits", with_bars("8=FIX.4.4|9=5|35=0|10=00|")},
    };
    for (const auto& [what, bytes] : table) {
        for (std::size_t piece : {1U, 7U, 10'000U}) {
            Framer framer(message_max);
            // What follows must be long enough for the longest lie to be found out.
            EXPECT_THAT(cut(framer, bytes + first + second, piece), ElementsAre(first, second)) << what;
            EXPECT_GE(framer.garbled_count(), 1U) << what;
            EXPECT_FALSE(framer.is_too_large()) << what;
        }
    }
}

TEST(Framer, takes_what_follows_for_the_rest_of_a_message_whose_length_is_too_large) {
    for (std::size_t piece : {1U, 7U, 10'000U}) {
        Framer framer(message_max);
        const auto bytes = with_bars("8=FIX.4.4|9=30|35=0|34=2|10=000|") + first + second;
        EXPECT_THAT(cut(framer, bytes, piece), ElementsAre(second)) << piece;
        EXPECT_EQ(framer.garbled_count(), 1U) << piece;
    }
}

TEST(Framer, waits_for_a_trailer_only_as_long_as_a_message_may_be) {
    Framer framer(message_max);
    const auto start = with_bars("8=FIX.4.4|9=5|35=0|");
    EXPECT_THAT(cut(framer, start + std::string(message_max - start.size() - 1, 'x'), 50), IsEmpty());
    EXPECT_FALSE(framer.is_too_large());
    EXPECT_THAT(cut(framer, "x", 1), IsEmpty());
    EXPECT_TRUE(framer.is_too_large());
}

TEST(Framer, gives_up_on_a_message_that_is_larger_than_allowed) {
    for (const char* length : {"9=1000|", "9=99999999|", "9=9999999999999999|"}) {
        Framer framer(message_max);
        EXPECT_THAT(cut(framer, with_bars(std::string("8=FIX.4.4|") + length + "35=0|"), 5), IsEmpty());
        EXPECT_TRUE(framer.is_too_large());
    }
}

TEST(Framer, keeps_a_long_stream_in_little_memory) {
    Framer framer(message_max);
    std::string stream;
    for (int i = 0; i < 20'000; ++i) stream += first;
    EXPECT_EQ(cut(framer, stream, 1'499).size(), 20'000U);
    EXPECT_LE(framer.space().size(), 131'072U);
}

}  // namespace
}  // namespace venue::fix
