#include "venue/fix/credentials.hpp"

#include <gtest/gtest.h>

namespace venue::fix {
namespace {

TEST(Credentials, hashes_the_salts_bytes_and_then_the_secrets_text) {
    // printf '\x00\x01abc' | sha256sum
    EXPECT_EQ(secret_hash("0001", "abc"), "c038ae3bc0bc351d1a67b5446f000f21df05e24bdfd434e905afd2c3eaf801e4");
}

TEST(Credentials, makes_secrets_of_256_bits_that_are_never_the_same) {
    EXPECT_EQ(make_secret().size(), 64U);
    EXPECT_EQ(make_salt().size(), 32U);
    EXPECT_NE(make_secret(), make_secret());
}

TEST(Credentials, know_the_right_secret_from_all_others) {
    const auto salt = make_salt();
    const auto secret = make_secret();
    const auto hash = secret_hash(salt, secret);
    EXPECT_TRUE(secret_matches(salt, hash, secret));
    EXPECT_FALSE(secret_matches(salt, hash, secret + "0"));
    EXPECT_FALSE(secret_matches(salt, hash, ""));
    EXPECT_FALSE(secret_matches(make_salt(), hash, secret));
    EXPECT_FALSE(secret_matches(salt, "", secret));
}

}  // namespace
}  // namespace venue::fix
