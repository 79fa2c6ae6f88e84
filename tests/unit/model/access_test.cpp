#include "venue/model/access.hpp"

#include <gtest/gtest.h>

namespace venue::model {
namespace {

constexpr NetworkAddress ipv4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
    return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, a, b, c, d};
}
constexpr NetworkAddress ipv6_loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

TEST(AddressRange, has_the_addresses_that_share_its_leading_bits) {
    const AddressRange range{ipv4(192, 168, 4, 0), 96 + 22};
    EXPECT_TRUE(range.contains(ipv4(192, 168, 4, 0)));
    EXPECT_TRUE(range.contains(ipv4(192, 168, 7, 255)));
    EXPECT_FALSE(range.contains(ipv4(192, 168, 8, 0)));
    EXPECT_FALSE(range.contains(ipv4(192, 168, 3, 255)));
    EXPECT_FALSE(range.contains(ipv6_loopback));
}

TEST(AddressRange, of_no_bits_has_all_and_of_all_bits_has_one) {
    EXPECT_TRUE((AddressRange{{}, 0}.contains(ipv6_loopback)));
    const AddressRange one{ipv4(10, 0, 0, 1), 128};
    EXPECT_TRUE(one.contains(ipv4(10, 0, 0, 1)));
    EXPECT_FALSE(one.contains(ipv4(10, 0, 0, 2)));
}

TEST(AddressRange, is_loopback_when_none_of_it_is_another_machine) {
    EXPECT_TRUE((AddressRange{ipv4(127, 0, 0, 0), 96 + 8}.is_loopback()));
    EXPECT_TRUE((AddressRange{ipv4(127, 0, 0, 1), 128}.is_loopback()));
    EXPECT_TRUE((AddressRange{ipv6_loopback, 128}.is_loopback()));
    EXPECT_FALSE((AddressRange{ipv4(126, 0, 0, 0), 96 + 7}.is_loopback()));
    EXPECT_FALSE((AddressRange{{}, 0}.is_loopback()));
    EXPECT_FALSE((AddressRange{ipv6_loopback, 127}.is_loopback()));
}

TEST(Access, of_a_session_without_terms_of_its_own_is_that_of_every_session) {
    Access access;
    access.every_session.heartbeat_max_seconds = 60;
    access.sessions["ALICE"].heartbeat_max_seconds = 30;
    EXPECT_EQ(access.of("ALICE").heartbeat_max_seconds, 30);
    EXPECT_EQ(access.of("BOB").heartbeat_max_seconds, 60);
}

TEST(LastTimeOfDay, is_today_once_it_has_passed_and_yesterday_before) {
    constexpr std::int64_t hour = 3'600'000'000'000;
    constexpr std::int64_t midnight = 20'000 * 24 * hour;
    constexpr std::int32_t at_ten_pm = 22 * 3'600;
    EXPECT_EQ(last_time_of_day({midnight + 22 * hour}, at_ten_pm).nanoseconds, midnight + 22 * hour);
    EXPECT_EQ(last_time_of_day({midnight + 23 * hour}, at_ten_pm).nanoseconds, midnight + 22 * hour);
    EXPECT_EQ(last_time_of_day({midnight + 22 * hour - 1}, at_ten_pm).nanoseconds, midnight - 2 * hour);
}

}  // namespace
}  // namespace venue::model
