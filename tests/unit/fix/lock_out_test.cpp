#include "venue/fix/lock_out.hpp"

#include <gtest/gtest.h>

namespace venue::fix {
namespace {

using namespace std::chrono_literals;

struct LockOutTest : ::testing::Test {
    static constexpr LockOutLimits limits{3, 60s, 30s};
    LockOut::Time now{1h};
    LockOut lock_out;

    bool fail(std::string_view name) { return lock_out.add(name, limits, now); }
};

TEST_F(LockOutTest, locks_a_name_at_its_last_failure_and_for_a_time) {
    EXPECT_FALSE(fail("alice"));
    EXPECT_FALSE(fail("alice"));
    EXPECT_EQ(lock_out.remaining("alice", now), 0s);
    EXPECT_TRUE(fail("alice"));
    EXPECT_EQ(lock_out.remaining("alice", now), 30s);
    EXPECT_EQ(lock_out.remaining("bob", now), 0s);
    EXPECT_EQ(lock_out.remaining("alice", now + 29'500ms), 1s) << "rounded up: nobody is told to come too early";
    EXPECT_EQ(lock_out.remaining("alice", now + 30s), 0s);
}

TEST_F(LockOutTest, counts_anew_when_failures_are_far_between) {
    fail("alice");
    fail("alice");
    now += 61s;
    EXPECT_FALSE(fail("alice"));
    EXPECT_FALSE(fail("alice"));
    EXPECT_TRUE(fail("alice"));
}

TEST_F(LockOutTest, counts_anew_behind_a_lock) {
    for (int i = 0; i < 3; ++i) fail("alice");
    now += 31s;
    EXPECT_FALSE(fail("alice"));
}

TEST_F(LockOutTest, forgets_who_came_in) {
    fail("alice");
    fail("alice");
    lock_out.forget("alice");
    EXPECT_FALSE(fail("alice"));
    EXPECT_EQ(lock_out.size(), 1U);
}

TEST_F(LockOutTest, forgets_who_failed_longest_ago_when_there_are_too_many) {
    LockOut small(2);
    small.add("first", {1, 60s, 30s}, now);
    small.add("second", {1, 60s, 30s}, now);
    small.add("first", {1, 60s, 30s}, now);
    small.add("third", {1, 60s, 30s}, now);
    EXPECT_EQ(small.size(), 2U);
    EXPECT_EQ(small.remaining("second", now), 0s);
    EXPECT_EQ(small.remaining("first", now), 30s);
    EXPECT_EQ(small.remaining("third", now), 30s);
}

}  // namespace
}  // namespace venue::fix
