#include "venue/fix/rate_gate.hpp"

#include <gmock/gmock.h>

namespace venue::fix {
namespace {

using testing::HasSubstr;

constexpr std::int64_t ms = 1'000'000;
constexpr model::ParticipantId alice{1};
constexpr model::SessionId desk{1};
constexpr model::SessionId robot{2};

class RateGateTest : public testing::Test {
  protected:
    RateGateTest() { limit({}, {}); }

    void limit(model::RateLimit of_all, std::map<model::SessionId, model::RateLimit> of_sessions) {
        model::Reference changed;
        changed.participants[alice] = {.id = alice, .rate = of_all, .session_rates = std::move(of_sessions)};
        reference = std::make_shared<const model::Reference>(std::move(changed));
    }
    /// What is said to a request at that moment; empty when it is taken.
    std::string ask(RateGate& gate, std::int64_t at_ms, std::string_view type = "D") {
        // At 14:05:00 by the clock that people read.
        const RateMoment now{at_ms * ms, {1'795'442'700'000'000'000 + at_ms * ms}};
        const auto excess = gate.take(type, now, reference);
        if (!excess) return "";
        return (excess->ends_session ? "the end: " : "") + excess->text;
    }

    std::shared_ptr<const model::Reference> reference;
    std::shared_ptr<RateMeter> all = std::make_shared<RateMeter>();
    RateGate by_desk{desk, alice, all};
    RateGate by_robot{robot, alice, all};
};

TEST_F(RateGateTest, takes_everything_where_nothing_is_limited) {
    for (int i = 0; i < 10'000; ++i) ASSERT_EQ(ask(by_desk, 0), "");
}

TEST_F(RateGateTest, takes_so_many_in_a_window_and_refuses_the_rest_of_it) {
    limit({}, {{desk, {.requests = 2}}});
    EXPECT_EQ(ask(by_desk, 100), "");
    EXPECT_EQ(ask(by_desk, 900), "");
    EXPECT_EQ(ask(by_desk, 1'000), "More than 2 requests in 1000 ms: none is left until 20261123-14:05:01.100.");
    EXPECT_NE(ask(by_desk, 1'099), "");
    EXPECT_EQ(ask(by_desk, 1'100), "") << "the window began with its first request";
    EXPECT_EQ(ask(by_robot, 1'100), "") << "another session has a limit of its own, or none";
}

TEST_F(RateGateTest, tells_how_many_more_are_left_until_the_session_ends) {
    limit({}, {{desk, {.requests = 1, .logout_at = 3, .window_ms = 60'000}}});
    EXPECT_EQ(ask(by_desk, 0), "");
    EXPECT_EQ(
        ask(by_desk, 0),
        "More than 1 requests in 60000 ms: none is left until 20261123-14:06:00.000, and 2 more before that end the "
        "session.");
    EXPECT_THAT(ask(by_desk, 0), HasSubstr("1 more"));
    EXPECT_EQ(ask(by_desk, 500),
              "the end: More than 3 requests in 60000 ms: the session ends; requests are taken again from "
              "20261123-14:06:00.000 on.");
    EXPECT_THAT(ask(by_desk, 59'999), HasSubstr("the end: ")) << "to come back at once doesn't help";
    EXPECT_EQ(ask(by_desk, 60'000), "");
}

TEST_F(RateGateTest, may_end_a_session_without_refusing_anything_before) {
    limit({}, {{desk, {.logout_at = 1}}});
    EXPECT_EQ(ask(by_desk, 0), "");
    EXPECT_THAT(ask(by_desk, 0), HasSubstr("the end: "));
}

TEST_F(RateGateTest, never_counts_a_cancel) {
    limit({}, {{desk, {.requests = 1}}});
    EXPECT_EQ(ask(by_desk, 0), "");
    for (const char* type : {"F", "q", "K"}) EXPECT_EQ(ask(by_desk, 0, type), "") << type;
    for (const char* type : {"D", "E", "G", "H", "M", "V", "x"}) EXPECT_NE(ask(by_desk, 0, type), "") << type;
}

TEST_F(RateGateTest, counts_all_sessions_of_a_participant_together) {
    limit({.requests = 2}, {{robot, {.requests = 1}}});
    EXPECT_EQ(ask(by_desk, 0), "");
    EXPECT_EQ(ask(by_robot, 0), "");
    EXPECT_THAT(ask(by_desk, 0), HasSubstr("More than 2 requests from the participant's sessions"));
    EXPECT_THAT(ask(by_robot, 0), HasSubstr("More than 1 requests in")) << "its own limit is told first";
}

TEST_F(RateGateTest, tells_of_the_limit_that_ends_the_session) {
    limit({.requests = 1, .logout_at = 1}, {{desk, {.requests = 1}}});
    EXPECT_EQ(ask(by_desk, 0), "");
    EXPECT_THAT(ask(by_desk, 0), HasSubstr("the end: More than 1 requests from the participant's sessions"));
}

TEST_F(RateGateTest, keeps_to_a_changed_limit_at_once) {
    limit({}, {{desk, {.requests = 1, .window_ms = 60'000}}});
    EXPECT_EQ(ask(by_desk, 0), "");
    EXPECT_NE(ask(by_desk, 1), "");
    limit({}, {{desk, {.requests = 5, .window_ms = 60'000}}});
    EXPECT_EQ(ask(by_desk, 2), "");
    limit({}, {{desk, {.requests = 1}}});
    EXPECT_EQ(ask(by_desk, 3), "") << "the long window is over";
    EXPECT_NE(ask(by_desk, 4), "");
    limit({}, {});
    EXPECT_EQ(ask(by_desk, 5), "");
}

}  // namespace
}  // namespace venue::fix
