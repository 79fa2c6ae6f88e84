// A Logon beside somebody who is on, and one that brings another secret.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"
#include "venue/fix/credentials.hpp"

namespace venue::fix {
namespace {

using model::LogOnSession;

struct LoggedOn {
    explicit LoggedOn(StubVenue& venue) : client(venue.port()) {
        client.log_on("alice", StubVenue::secret());
        client.receive();
    }
    SocketClient client;
};

TEST(NewSecret, comes_with_a_logon_and_is_for_the_next_one) {
    const std::string next(64, 'e');
    StubVenue venue;
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret(), "925=" + next + "|");
    EXPECT_EQ(client.receive().at(35), "A");
    const auto requests = venue.requests();
    const auto change = command_of<model::ChangeSession>(requests.front());
    EXPECT_EQ(change.comp_id, "ALICE");
    ASSERT_TRUE(change.secret);
    EXPECT_TRUE(secret_matches(change.secret->salt, change.secret->hash, next));
    EXPECT_TRUE(is_command<LogOnSession>(requests.at(1))) << "behind it, so that it is durable before the answer";
}

TEST(NewSecret, is_none_where_the_logon_is_declined_for_its_number) {
    StubVenue venue;
    { LoggedOn first(venue); }
    const auto is_off = [](const auto& requests) {
        return std::ranges::any_of(requests, is_command<model::DisconnectSession>);
    };
    ASSERT_TRUE(venue.wait_for(is_off));
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret(), "925=" + std::string(64, 'e') + "|");
    EXPECT_TRUE(client.receive().at(58).starts_with("MsgSeqNum too low"));
    EXPECT_TRUE(std::ranges::none_of(venue.requests(), is_command<model::ChangeSession>));
}

TEST(NewSecret, is_brought_at_most_ten_times_a_day) {
    StubVenue venue;
    const auto brought = [&](int times) {
        SocketClient client(venue.port());
        client.log_on("alice", StubVenue::secret(), "141=Y|925=" + std::string(64, 'e') + "|");
        const auto answer = client.receive();
        if (answer.at(35) != "A") return answer.at(58);
        client.send("5");
        EXPECT_TRUE(client.is_closed());
        EXPECT_TRUE(venue.wait_for([&](const auto& requests) {
            return std::ranges::count_if(requests, is_command<model::DisconnectSession>) == times;
        }));
        return std::string("on");
    };
    for (int times = 1; times <= 10; ++times) EXPECT_EQ(brought(times), "on");
    EXPECT_TRUE(brought(11).starts_with("NewPassword (925) was brought too often: try again in "));
}

TEST(NewSecret, is_none_that_could_be_guessed) {
    const std::string unlike = "NewPassword (925) must be 64 hexadecimal digits, 0-9 and a-f, from a random source.";
    for (const std::string& next :
         {std::string("x"), std::string(63, 'a'), std::string(64, 'G'), std::string(65, 'a')}) {
        StubVenue venue;
        SocketClient client(venue.port());
        client.log_on("alice", StubVenue::secret(), "925=" + next + "|");
        EXPECT_EQ(client.receive().at(58), unlike) << next;
        EXPECT_TRUE(venue.requests().empty());
    }
    StubVenue venue;
    SocketClient stranger(venue.port());
    stranger.log_on("alice", "wrong", "925=" + std::string(64, 'a') + "|");
    EXPECT_EQ(stranger.receive().at(58), "Username (553) or Password (554) is wrong.");
    EXPECT_TRUE(venue.requests().empty());
}

TEST(SecondLogon, is_refused_while_the_session_is_on_and_the_first_goes_on) {
    StubVenue venue;
    LoggedOn first(venue);
    SocketClient second(venue.port());
    second.log_on("alice", StubVenue::secret());
    const auto logout = second.receive();
    EXPECT_EQ(logout.at(35), "5");
    EXPECT_EQ(logout.at(58), "This session is logged on already.");
    EXPECT_TRUE(second.is_closed());
    first.client.send("1", "112=still here|");
    EXPECT_EQ(first.client.receive().at(112), "still here");
}

TEST(SecondLogon, is_refused_under_a_number_that_no_report_has) {
    StubVenue venue;
    LoggedOn first(venue);
    SocketClient second(venue.port());
    second.log_on("alice", StubVenue::secret());
    EXPECT_EQ(second.receive().at(34), "2");
    venue.make_event(StubVenue::alice);
    EXPECT_EQ(first.client.receive("8").at(34), "3");
    first.client.send("2", "7=2|16=2|");
    const auto filled = first.client.receive("4");
    EXPECT_EQ(filled.at(34), "2");
    EXPECT_EQ(filled.at(36), "3");
}

TEST(SecondLogon, without_the_secret_disturbs_nobody_who_is_on) {
    StubVenue venue;
    LoggedOn first(venue);
    SocketClient stranger(venue.port());
    stranger.log_on("alice", "wrong");
    EXPECT_EQ(stranger.receive().bytes, "");
    EXPECT_TRUE(stranger.is_closed());
    venue.make_event(StubVenue::alice);
    EXPECT_EQ(first.client.receive("8").at(34), "2");
    EXPECT_EQ(std::ranges::count_if(venue.requests(), is_command<LogOnSession>), 1);
}

}  // namespace
}  // namespace venue::fix
