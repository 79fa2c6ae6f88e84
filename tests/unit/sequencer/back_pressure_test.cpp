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
    EXPECT_EQ(pressure.judge(room / 2 - 1, 499 * milliseconds), Admission::open);
    EXPECT_EQ(pressure.judge(room, 600 * milliseconds), Admission::slow) << "the next burst is one of its own";
}

TEST(BackPressure, what_lasts_refuses_until_half_of_the_room_is_free) {
    BackPressure pressure(room);
    pressure.judge(room, 0);
    EXPECT_EQ(pressure.judge(room, 500 * milliseconds), Admission::busy);
    EXPECT_EQ(pressure.judge(room / 2, 501 * milliseconds), Admission::busy);
    EXPECT_EQ(pressure.judge(room / 2 - 1, 502 * milliseconds), Admission::open);
    EXPECT_EQ(pressure.judge(room - 1, 503 * milliseconds), Admission::open);
}

TEST(BackPressure, what_lasts_refuses_although_the_engine_takes_a_little_now_and_then) {
    BackPressure pressure(room);
    for (std::int64_t at = 0; at < 500; at += 10) {
        EXPECT_EQ(pressure.judge(room, at * milliseconds), Admission::slow);
        EXPECT_EQ(pressure.judge(room / 2, (at + 5) * milliseconds), Admission::open);
    }
    EXPECT_EQ(pressure.judge(room / 2, 500 * milliseconds), Admission::busy);
}

TEST(BackPressure, even_cancels_do_not_wait_without_limit) {
    BackPressure pressure(room);
    pressure.judge(room, 0);
    EXPECT_EQ(pressure.judge(4 * room - 1, 500 * milliseconds), Admission::busy);
    EXPECT_EQ(pressure.judge(4 * room, 501 * milliseconds), Admission::slow);
    EXPECT_EQ(pressure.judge(4 * room - 1, 502 * milliseconds), Admission::busy);
}

}  // namespace
}  // namespace venue::sequencer
