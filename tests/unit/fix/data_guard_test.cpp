#include "venue/fix/data_guard.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/fix/socket_client.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

bool fits(const std::string& body) { return data_fields_fit(framed("35=A|34=1|" + body)); }

std::string pair(const DataPair& tags, const std::string& length, const std::string& bytes) {
    return std::to_string(tags.length_tag) + "=" + length + "|" + std::to_string(tags.data_tag) + "=" + bytes + "|";
}

TEST(DataGuard, knows_every_pair_of_the_specification) {
    ASSERT_GE(data_pairs().size(), 5U);
    for (const auto& tags : data_pairs()) {
        const auto name = std::to_string(tags.data_tag);
        EXPECT_TRUE(fits(pair(tags, "3", "abc"))) << name;
        EXPECT_TRUE(fits(pair(tags, "003", "a|c"))) << name << ": a separator inside is part of the bytes";
        for (const char* lie :
             {"-5", "0", "2", "4", "99999999", "99999999999999999999999", "", " 3", "+3", "3x", "0x3"}) {
            EXPECT_FALSE(fits(pair(tags, lie, "abc"))) << name << " with length " << lie;
        }
        EXPECT_FALSE(fits(std::to_string(tags.length_tag) + "=3|")) << name << " is missing";
        EXPECT_FALSE(fits(std::to_string(tags.data_tag) + "=abc|")) << name << " alone";
        EXPECT_FALSE(fits(std::to_string(tags.length_tag) + "=3|58=x|" + std::to_string(tags.data_tag) + "=abc|"))
            << name;
        EXPECT_FALSE(fits(pair(tags, "3", "abc") + pair(tags, "1", "a")))
            << name << ": the parser takes the first length";
        EXPECT_TRUE(fits(pair(tags, "3", "abc") + pair(tags, "3", "xyz"))) << name;
    }
}

TEST(DataGuard, lets_ordinary_messages_pass) {
    EXPECT_TRUE(fits("98=0|108=30|553=alice|554=secret|"));
    EXPECT_TRUE(fits("")) << "a message without a body";
    EXPECT_TRUE(fits("x=1|99999999999=2|-5=3|")) << "tags that are none are the parser's to refuse";
}

TEST(DataGuard, reads_no_length_from_a_field_without_an_equals_sign) {
    EXPECT_TRUE(fits("98=0|nonsense|"));
    EXPECT_FALSE(fits("95|96=abc|"));
}

}  // namespace
}  // namespace venue::fix
