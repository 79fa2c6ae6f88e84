#include "venue/model/base64.hpp"

#include <gtest/gtest.h>

namespace venue::model {
namespace {

TEST(Base64, is_read_as_the_standard_shows) {
    EXPECT_EQ(decode_base64("Zg=="), "f");
    EXPECT_EQ(decode_base64("Zm8="), "fo");
    EXPECT_EQ(decode_base64("Zm9v"), "foo");
    EXPECT_EQ(decode_base64("Zm9vYg=="), "foob");
    EXPECT_EQ(decode_base64("+/+/"), "\xfb\xff\xbf");
    EXPECT_EQ(decode_base64("AAA="), std::string(2, '\0'));
}

TEST(Base64, that_is_none_or_means_what_another_text_means_is_refused) {
    for (const auto* text :
         {"", "Z", "Zg", "Zg=", "Zh==", "Zm9=", "====", "Zg==Zg==", "Zm9v\n", "Zm 9", "-_-_", "Z==="}) {
        EXPECT_EQ(decode_base64(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace venue::model
