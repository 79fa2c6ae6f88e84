#include "venue/fix/utc_time.hpp"

#include <gtest/gtest.h>

#include "venue/fix/encode.hpp"

namespace venue::fix {
namespace {

TEST(UtcTime, reads_what_is_written) {
    for (const char* text :
         {"19700101-00:00:00.000", "20260228-23:59:59.999", "20240229-12:34:56.789", "22611231-23:59:59.999"}) {
        const auto time = parse_utc_time(text);
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(fix_time(*time), text);
    }
    EXPECT_EQ(parse_utc_time("19700101-00:00:01")->nanoseconds, 1'000'000'000);
    EXPECT_EQ(parse_utc_time("19700101-00:00:00.000000001")->nanoseconds, 1);
}

TEST(UtcTime, refuses_what_is_no_time) {
    for (const char* text :
         {"", "20260101", "20260101 00:00:00", "20260230-00:00:00", "20260101-24:00:00", "20260101-00:60:00",
          "20260101-00:00:61", "20260101-00:00:00.", "20260101-00:00:00.0000000001", "2026010x-00:00:00",
          "-0260101-00:00:00", "20260101-00:00:00Z", "22620101-00:00:00", "99991231-23:59:59"}) {
        EXPECT_FALSE(parse_utc_time(text)) << text;
    }
}

}  // namespace
}  // namespace venue::fix
