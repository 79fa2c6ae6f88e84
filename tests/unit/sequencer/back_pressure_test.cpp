#include "venue/sequencer/back_pressure.hpp"

#include <gtest/gtest.h>

namespace venue::sequencer {
namespace {

using model::Admission;

constexpr std::size_t room = 100;
constexpr std::int64_t milliseconds = 1'000'000;

TEST(BackPressure, a_burst_only_slows) {
    BackPressure pressure(room);
    EXPECT_EQ(pressure.judge(room - 1, 0), Admission::open);
    EXPECT_EQ(pressure.judge(room, 1 * milliseconds), Admission::slow);
    EXPECT_EQ(pressure.judge(room, 499 * milliseconds), Admission::slow);
    EXPECT_EQ(pressure.judge(room - 1, 499 * milliseconds), Admission::open);
}

TEST(BackPressure, a_full_room_that_is_judged_soon_is_no_emergency_however_long_it_lasts) {
    BackPressure pressure(room);
    for (int i = 0; i < 10'000; ++i) EXPECT_EQ(pressure.judge(room + room / 2, 30 * milliseconds), Admission::slow);
}

TEST(BackPressure, who_waits_for_long_is_a_reason_to_refuse_until_nobody_does) {
    BackPressure pressure(room);
    EXPECT_EQ(pressure.judge(3, 500 * milliseconds), Admission::busy) << "however few they are";
    EXPECT_EQ(pressure.judge(room, 100 * milliseconds), Admission::busy) << "a little is taken now and then";
    EXPECT_EQ(pressure.judge(room, 99 * milliseconds), Admission::slow);
    EXPECT_EQ(pressure.judge(room - 1, 200 * milliseconds), Admission::open);
    EXPECT_EQ(pressure.judge(room - 1, 500 * milliseconds), Admission::busy);
    EXPECT_EQ(pressure.judge(0, 0), Admission::open);
}

TEST(BackPressure, even_cancels_do_not_wait_without_limit) {
    BackPressure pressure(room);
    EXPECT_EQ(pressure.judge(4 * room - 1, 500 * milliseconds), Admission::busy);
    EXPECT_EQ(pressure.judge(4 * room, 501 * milliseconds), Admission::slow);
    EXPECT_EQ(pressure.judge(4 * room - 1, 502 * milliseconds), Admission::busy);
}

}  // namespace
}  // namespace venue::sequencer
