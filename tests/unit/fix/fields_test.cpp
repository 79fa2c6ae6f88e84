#include "venue/fix/fields.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "venue/fix/dialect.hpp"

namespace venue::fix {
namespace {

/// Messages are written with "|" here, where the wire has 0x01.
std::string on_the_wire(std::string text) {
    std::ranges::replace(text, '|', '\x01');
    return text;
}

struct FieldsOf : testing::Test {
    bool parse(const std::string& text) {
        bytes = on_the_wire(text);
        return fields.parse(bytes);
    }
    std::string bytes;
    Fields fields;
};

TEST_F(FieldsOf, a_message_are_found_by_their_tags) {
    ASSERT_TRUE(parse("8=FIX.4.4|9=5|35=D|11=a=1|10=000|"));
    EXPECT_EQ(fields.message_type(), "D");
    EXPECT_EQ(fields.text(11), "a=1");
    EXPECT_FALSE(fields.get(44));
    EXPECT_EQ(fields.all().size(), 5U);
}

TEST_F(FieldsOf, a_message_keep_their_order_and_their_repetitions) {
    ASSERT_TRUE(parse("35=V|55=BTC-USD|55=ETH-USD|"));
    EXPECT_EQ(fields.all()[1].value, "BTC-USD");
    EXPECT_EQ(fields.all()[2].value, "ETH-USD");
}

TEST_F(FieldsOf, a_message_may_hold_separators_in_data_of_the_length_told) {
    ASSERT_TRUE(parse("35=D|354=7|355=a|b=c|d|58=x|"));
    EXPECT_EQ(fields.text(355), on_the_wire("a|b=c|d"));
    EXPECT_EQ(fields.text(58), "x");
}

TEST_F(FieldsOf, a_message_may_be_empty_and_are_there_nevertheless) {
    ASSERT_TRUE(parse("35=D|58=|"));
    EXPECT_EQ(fields.get(58), std::string_view{});
}

TEST_F(FieldsOf, nothing_but_tag_and_value_is_no_message) {
    for (const char* text : {"", "35", "35=", "35=D", "=D|", "D=35|", "0=x|", "35 =D|", "+35=D|"}) {
        EXPECT_FALSE(parse(text)) << text;
    }
}

TEST_F(FieldsOf, a_message_tell_the_first_whose_tag_is_none) {
    const auto invalid = [&](const std::string& text) {
        EXPECT_TRUE(parse("35=D|" + text + "11=a|")) << text;
        EXPECT_EQ(fields.text(11), "a") << text;
        return fields.invalid_tag();
    };
    EXPECT_EQ(invalid("58=x|99999=x|"), std::nullopt);
    EXPECT_EQ(invalid("100000=x|58=y|0=x|"), 100'000);
    EXPECT_EQ(invalid("-1=x|"), -1);
    EXPECT_EQ(invalid("0=x|"), 0);
}

TEST_F(FieldsOf, a_field_without_a_number_or_a_value_makes_no_message) {
    for (const char* text : {"x=1|", "=1|", "|", "nonsense|", "58|", "+58=x|", "5 8=x|", "99999999999999999999=x|"}) {
        EXPECT_FALSE(parse("35=D|" + std::string(text) + "11=a|")) << text;
    }
}

TEST_F(FieldsOf, a_data_length_that_lies_is_no_message) {
    for (const char* length : {"-1", "3", "5", "99999999", "99999999999999999999", "", "x"}) {
        EXPECT_FALSE(parse("35=D|95=" + std::string(length) + "|96=abcd|")) << length;
    }
    EXPECT_TRUE(parse("35=D|95=4|96=abcd|"));
}

TEST_F(FieldsOf, a_message_tell_which_stands_twice) {
    const auto duplicate = [&](const char* text) {
        EXPECT_TRUE(parse(text));
        return fields.duplicate(*dialect(model::FixVersion::fix44, false).use_of(fields.message_type()));
    };
    EXPECT_EQ(duplicate("35=D|11=a|54=1|"), 0);
    EXPECT_EQ(duplicate("35=D|11=a|54=1|54=2|"), 54);
    EXPECT_EQ(duplicate("35=D|34=1|34=2|"), 34);
    // What repeats in a group stands once per entry.
    EXPECT_EQ(duplicate("35=V|267=2|269=0|269=1|146=2|55=BTC-USD|55=ETH-USD|"), 0);
    EXPECT_EQ(duplicate("35=V|262=a|262=b|"), 262);
    EXPECT_EQ(duplicate("35=D|447=A|447=B|"), 0);
}

}  // namespace
}  // namespace venue::fix
