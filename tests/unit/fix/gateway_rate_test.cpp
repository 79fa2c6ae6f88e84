// A session that sends too much: what is refused, what ends it, and what is taken nevertheless.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

using testing::HasSubstr;

constexpr std::int32_t long_ms = 600'000;

class GatewayRate : public testing::Test {
  protected:
    void log_on() {
        client.log_on("alice", StubVenue::secret());
        ASSERT_EQ(client.receive("A").at(35), "A");
    }
    std::size_t command_count() {
        const auto requests = venue.requests();
        return static_cast<std::size_t>(std::ranges::count_if(requests, is_command<model::PlaceOrder>));
    }

    StubVenue venue{StubVenue::quick()};
    SocketClient client{venue.port()};
};

TEST_F(GatewayRate, refuses_what_is_too_much_and_takes_cancels) {
    venue.limit_rate({}, {.requests = 1, .window_ms = long_ms});
    log_on();
    client.send("D", order("a1"));
    EXPECT_EQ(client.receive().at(150), "0");
    client.send("D", order("a2"));
    const auto refusal = client.receive();
    EXPECT_EQ(refusal.at(35), "j");
    EXPECT_EQ(refusal.at(372), "D");
    EXPECT_EQ(refusal.at(379), "a2");
    EXPECT_EQ(refusal.at(380), "0");
    EXPECT_EQ(refusal.at(45), "3");
    EXPECT_THAT(refusal.at(58), HasSubstr("More than 1 requests in 600000 ms: none is left until 20"));
    client.send("F", "11=c1|41=a1|55=BTC-USD|54=1|60=" + utc_now() + "|");
    ASSERT_TRUE(venue.wait_for(
        [](const auto& requests) { return std::ranges::any_of(requests, is_command<model::CancelOrder>); }));
    EXPECT_EQ(command_count(), 1U) << "what is refused never reaches the engine";
    client.send("1", "112=still here|");
    EXPECT_EQ(client.receive("0").at(112), "still here") << "what keeps the session alive isn't counted";
}

TEST_F(GatewayRate, ends_the_session_with_a_reason_when_it_goes_on) {
    venue.limit_rate({}, {.requests = 1, .logout_at = 2, .window_ms = long_ms});
    log_on();
    client.send("D", order("a1"));
    EXPECT_EQ(client.receive().at(150), "0");
    for (const char* name : {"a2", "a3", "a4"}) client.send("D", order(name));
    const auto logout = client.receive("5");
    EXPECT_THAT(logout.at(58),
                HasSubstr("More than 2 requests in 600000 ms: the session ends; requests are taken again"));
    EXPECT_TRUE(client.is_closed());
    EXPECT_EQ(command_count(), 1U);
    EXPECT_EQ(venue.rate_logouts(), 1);
}

TEST_F(GatewayRate, counts_what_is_malformed_and_not_what_is_sent_again) {
    venue.limit_rate({}, {.requests = 2, .window_ms = long_ms});
    log_on();
    client.send("D", "11=a1|55=BTC-USD|54=7|60=" + utc_now() + "|");
    EXPECT_EQ(client.receive().at(35), "3");
    client.send("D", order("a2"));
    EXPECT_EQ(client.receive().at(150), "0");
    client.send_as(3, "D", "43=Y|122=" + utc_now() + "|" + order("a2"));
    client.send("1", "112=quiet|");
    EXPECT_EQ(client.receive().at(112), "quiet");
    client.send("D", order("a3"));
    EXPECT_EQ(client.receive().at(35), "j");
    client.send("D", "11=a4|55=BTC-USD|54=7|60=" + utc_now() + "|");
    EXPECT_EQ(client.receive().at(35), "3") << "what is malformed is told so, whatever the rate";
}

TEST_F(GatewayRate, counts_the_sessions_of_a_participant_together) {
    venue.limit_rate({.requests = 1, .window_ms = long_ms}, {});
    log_on();
    SocketClient other(venue.port(), "BOB");
    other.log_on("bob", StubVenue::secret());
    ASSERT_EQ(other.receive("A").at(35), "A");
    client.send("D", order("a1"));
    EXPECT_EQ(client.receive().at(150), "0");
    other.send("D", order("b1"));
    EXPECT_THAT(other.receive("j").at(58), HasSubstr("from the participant's sessions"));
}

TEST_F(GatewayRate, keeps_to_a_limit_that_is_set_while_it_runs) {
    log_on();
    client.send("D", order("a1"));
    EXPECT_EQ(client.receive().at(150), "0");
    venue.limit_rate({}, {.requests = 1, .window_ms = long_ms});
    client.send("D", order("a2"));
    EXPECT_EQ(client.receive().at(150), "0");
    client.send("D", order("a3"));
    EXPECT_EQ(client.receive().at(35), "j");
}

}  // namespace
}  // namespace venue::fix
