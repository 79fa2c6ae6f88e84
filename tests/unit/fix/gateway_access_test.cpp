// Who may log on, from where and how, as the terms of access say; and when numbers begin anew by them.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

using model::DisconnectSession;
using model::LogOnSession;

constexpr model::AddressRange other_machine{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 1}, 128};
constexpr model::AddressRange this_machine{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 0}, 104};

Settings with(model::SessionAccess terms) {
    auto settings = StubVenue::quick();
    settings.access.every_session = std::move(terms);
    return settings;
}

/// What the Logon with this password is answered with.
Received answer(StubVenue& venue, const std::string& password = StubVenue::secret(), const std::string& more = "",
                std::int64_t number = 1) {
    SocketClient client(venue.port());
    client.next_number = number;
    client.log_on("alice", password, more);
    return client.receive();
}

template <class Command>
bool wait_for_command(StubVenue& venue, std::ptrdiff_t count = 1) {
    return venue.wait_for(
        [&](const auto& requests) { return std::ranges::count_if(requests, is_command<Command>) >= count; });
}

// ---- Terms ----------------------------------------------------------------------------------------------------------

TEST(GatewayAccess, bounds_the_heartbeat_interval) {
    StubVenue venue(with({.heartbeat_min_seconds = 5, .heartbeat_max_seconds = 20}));
    EXPECT_EQ(answer(venue).at(58), "HeartBtInt (108) must be from 5 to 20.");
    SocketClient client(venue.port());
    client.send("A", "98=0|108=20|553=alice|554=" + StubVenue::secret() + "|");
    EXPECT_EQ(client.receive().at(108), "20");
}

TEST(GatewayAccess, closes_in_silence_what_comes_from_elsewhere) {
    StubVenue venue(with({.addresses = {other_machine}}));
    EXPECT_EQ(answer(venue).bytes, "");
    EXPECT_TRUE(venue.requests().empty());
    auto access = model::Access{};
    access.every_session.addresses = {this_machine};
    venue.gateway().use(access);
    EXPECT_EQ(answer(venue).at(35), "A") << "other terms hold from the next logon on";
}

TEST(GatewayAccess, lets_a_session_of_this_machine_in_without_secrets_where_it_may) {
    StubVenue venue(with({.authentication = model::Authentication::none, .addresses = {this_machine}}));
    EXPECT_EQ(answer(venue, "wrong").at(35), "A");
}

TEST(GatewayAccess, logs_out_who_is_on_a_session_that_is_disabled_and_lets_nobody_on) {
    StubVenue venue;
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    ASSERT_EQ(client.receive().at(35), "A");
    SocketClient bob(venue.port(), "BOB");
    bob.log_on("bob", StubVenue::secret());
    ASSERT_EQ(bob.receive().at(35), "A");
    venue.disable_session("ALICE", true);
    EXPECT_EQ(client.receive("5").at(58), "This session is disabled.");
    EXPECT_TRUE(client.is_closed());
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue));
    EXPECT_EQ(answer(venue, "wrong", "", 2).at(58), "Username (553) or Password (554) is wrong.")
        << "only who knows the secret learns more";
    EXPECT_EQ(answer(venue, StubVenue::secret(), "", 2).at(58), "This session is disabled.");
    bob.send("1", "112=still here|");
    EXPECT_EQ(bob.receive().at(112), "still here");
    venue.restart();
    EXPECT_EQ(answer(venue, StubVenue::secret(), "", 2).at(58), "This session is disabled.") << "after a crash as well";
    venue.disable_session("ALICE", false);
    EXPECT_EQ(answer(venue, StubVenue::secret(), "", 2).at(35), "A");
}

TEST(GatewayAccess, ends_a_logon_of_a_session_that_is_disabled_before_it_is_durable) {
    StubVenue venue;
    venue.hold_commits();
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    ASSERT_TRUE(wait_for_command<LogOnSession>(venue));
    venue.disable_session("ALICE", true);
    venue.let_commits_go();
    EXPECT_TRUE(client.is_closed());
    EXPECT_TRUE(wait_for_command<DisconnectSession>(venue)) << "what was journaled as on is journaled as off";
}

// ---- Lock-out -------------------------------------------------------------------------------------------------------

TEST(GatewayAccess, locks_a_session_whose_logons_fail_over_and_over) {
    auto settings = StubVenue::quick();
    settings.access.lock_out.session_failures_max = 3;
    StubVenue venue(settings);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(answer(venue, "wrong").at(58), "Username (553) or Password (554) is wrong.");
    EXPECT_TRUE(answer(venue).at(58).starts_with("Too many logons of this session failed: it is locked for "));
    SocketClient bob(venue.port(), "BOB");
    bob.log_on("bob", StubVenue::secret());
    EXPECT_EQ(bob.receive().at(35), "A") << "nobody else is";
}

TEST(GatewayAccess, does_not_lock_a_session_whose_wrong_logons_come_from_elsewhere) {
    auto settings = with({.addresses = {other_machine}});
    settings.access.lock_out.session_failures_max = 1;
    StubVenue venue(settings);
    EXPECT_EQ(answer(venue, "wrong").bytes, "");
    venue.gateway().use({});
    EXPECT_EQ(answer(venue).at(35), "A");
}

TEST(GatewayAccess, locks_an_address_whose_logons_fail_over_and_over) {
    auto settings = StubVenue::quick();
    settings.access.lock_out.address_failures_max = 3;
    StubVenue venue(settings);
    SocketClient bob(venue.port(), "BOB");
    bob.log_on("bob", StubVenue::secret());
    ASSERT_EQ(bob.receive().at(35), "A");
    for (int i = 0; i < 3; ++i) {
        SocketClient stranger(venue.port(), "MALLORY");
        stranger.log_on("mallory", "guess");
        EXPECT_TRUE(stranger.is_closed());
    }
    EXPECT_EQ(answer(venue).bytes, "") << "nothing from there is looked at";
    bob.send("1", "112=still here|");
    EXPECT_EQ(bob.receive().at(112), "still here") << "who is on stays";
}

TEST(GatewayAccess, slows_a_session_that_logs_on_too_often) {
    auto settings = StubVenue::quick();
    settings.access.rates.logons_per_minute = 2;
    StubVenue venue(settings);
    for (std::int64_t number = 1; number <= 2; ++number) {
        EXPECT_EQ(answer(venue, StubVenue::secret(), "", number).at(35), "A");
        ASSERT_TRUE(wait_for_command<DisconnectSession>(venue, number));
    }
    EXPECT_TRUE(answer(venue, StubVenue::secret(), "", 3).at(58).starts_with("This session logs on too often: try "));
}

TEST(GatewayAccess, closes_what_connects_too_often) {
    auto settings = StubVenue::quick();
    settings.access.rates.connections_per_second = 3;
    StubVenue venue(settings);
    SocketClient first(venue.port());
    first.log_on("alice", StubVenue::secret());
    ASSERT_EQ(first.receive().at(35), "A");
    // A machine that stalls lets more than three in, each second three.
    std::vector<std::unique_ptr<SocketClient>> more;
    for (int i = 0; i < 100; ++i) more.push_back(std::make_unique<SocketClient>(venue.port()));
    EXPECT_TRUE(more.back()->is_closed());
    first.send("1", "112=still here|");
    EXPECT_EQ(first.receive("0").at(112), "still here") << "who is in stays in";
}

TEST(GatewayAccess, drops_a_client_that_takes_nothing_in_time) {
    auto settings = StubVenue::quick();
    settings.write_timeout_ms = 100;
    StubVenue venue(settings);
    SocketClient client(venue.port());
    client.shrink_buffer();
    client.log_on("alice", StubVenue::secret());
    ASSERT_TRUE(wait_for_command<LogOnSession>(venue));
    for (int i = 0; i < 20'000; ++i) venue.make_event(StubVenue::alice);
    EXPECT_TRUE(wait_for_command<DisconnectSession>(venue));
}

// ---- A second logon -------------------------------------------------------------------------------------------------

TEST(GatewayAccess, lets_a_second_logon_take_over_where_it_may) {
    StubVenue venue(with({.second_logon = model::SecondLogon::takes_over}));
    SocketClient first(venue.port());
    first.log_on("alice", StubVenue::secret());
    ASSERT_EQ(first.receive().at(35), "A");
    SocketClient wrong(venue.port());
    wrong.log_on("alice", "wrong");
    EXPECT_TRUE(wrong.is_closed()) << "not without the secret";
    SocketClient second(venue.port());
    second.next_number = 2;
    second.log_on("alice", StubVenue::secret());
    EXPECT_EQ(second.receive().at(35), "A");
    EXPECT_EQ(first.receive("5").at(58), "Another connection logged on to this session.");
    EXPECT_TRUE(first.is_closed());
    second.send("1", "112=mine now|");
    EXPECT_EQ(second.receive("0").at(112), "mine now");
}

// ---- NextExpectedMsgSeqNum ------------------------------------------------------------------------------------------

struct NextExpected : ::testing::Test {
    StubVenue venue;

    /// Alice hears of three orders, numbers 2 to 4, and is gone.
    void SetUp() override {
        SocketClient client(venue.port());
        client.log_on("alice", StubVenue::secret());
        ASSERT_EQ(client.receive().at(35), "A");
        for (int i = 0; i < 3; ++i) {
            venue.make_event(StubVenue::alice);
            ASSERT_EQ(client.receive().at(35), "8");
        }
        client.drop();
        ASSERT_TRUE(wait_for_command<DisconnectSession>(venue));
    }
};

TEST_F(NextExpected, is_answered_by_what_the_participant_lacks_and_the_answers_own_number) {
    SocketClient client(venue.port());
    client.next_number = 2;
    client.log_on("alice", StubVenue::secret(), "789=3|");
    const auto logon = client.receive();
    EXPECT_EQ(logon.at(35), "A");
    EXPECT_EQ(logon.at(34), "5");
    EXPECT_EQ(logon.at(789), "3") << "the venue tells the same";
    for (const std::string number : {"3", "4"}) {
        const auto report = client.receive();
        EXPECT_EQ(report.at(35), "8");
        EXPECT_EQ(report.at(34), number);
        EXPECT_EQ(report.at(43), "Y");
    }
    const auto fill = client.receive();
    EXPECT_EQ(fill.at(35), "4");
    EXPECT_EQ(fill.at(123), "Y");
    EXPECT_EQ(fill.at(34), "5");
    EXPECT_EQ(fill.at(36), "6") << "the answer itself came too early to be counted";
    client.send("1", "112=next|");
    EXPECT_EQ(client.receive().at(34), "6");
}

TEST_F(NextExpected, of_our_next_number_needs_nothing_but_the_answer) {
    SocketClient client(venue.port());
    client.next_number = 2;
    client.log_on("alice", StubVenue::secret(), "789=5|");
    EXPECT_EQ(client.receive().at(34), "5");
    client.send("1", "112=next|");
    EXPECT_EQ(client.receive().at(112), "next");
}

TEST_F(NextExpected, above_our_next_number_is_refused) {
    EXPECT_EQ(answer(venue, StubVenue::secret(), "789=6|", 2).at(58),
              "NextExpectedMsgSeqNum (789) is 6, but our next number is 5.");
    EXPECT_EQ(answer(venue, StubVenue::secret(), "789=2|141=Y|", 1).at(58),
              "NextExpectedMsgSeqNum (789) is 2, but our next number is 1.");
    EXPECT_EQ(answer(venue, StubVenue::secret(), "789=0|", 2).at(58),
              "NextExpectedMsgSeqNum (789) must be a positive number.");
    EXPECT_EQ(answer(venue, StubVenue::secret(), "789=1|141=Y|", 1).at(34), "1");
}

TEST_F(NextExpected, stands_beside_a_gap_of_the_participants) {
    SocketClient client(venue.port());
    client.next_number = 4;
    client.log_on("alice", StubVenue::secret(), "789=5|");
    EXPECT_EQ(client.receive().at(789), "2") << "the number that the venue lacks first";
    EXPECT_EQ(client.receive().at(35), "2");
}

// ---- Numbers that begin anew ----------------------------------------------------------------------------------------

TEST(GatewayReset, on_logon_begins_each_connection_at_one_with_what_arose_in_between) {
    StubVenue venue(with({.reset = model::NumberReset::on_logon}));
    {
        SocketClient client(venue.port());
        client.log_on("alice", StubVenue::secret());
        EXPECT_EQ(client.receive().at(34), "1");
        client.send("1", "112=counted|");
        EXPECT_EQ(client.receive().at(34), "2");
    }
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue));
    venue.make_event(StubVenue::alice);
    EXPECT_EQ(answer(venue, "wrong").at(34), "1") << "a refusal takes no number of the next connection's";
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    const auto logon = client.receive();
    EXPECT_EQ(logon.at(34), "1");
    EXPECT_EQ(logon.at(141), "") << "nobody asked for it";
    const auto report = client.receive();
    EXPECT_EQ(report.at(35), "8");
    EXPECT_EQ(report.at(34), "2");
    EXPECT_EQ(report.at(97), "") << "it was never sent before";
    EXPECT_EQ(report.at(43), "");
}

TEST(GatewayReset, on_logon_sends_again_what_may_not_have_arrived) {
    StubVenue venue(with({.reset = model::NumberReset::on_disconnect}));
    {
        SocketClient client(venue.port());
        client.log_on("alice", StubVenue::secret());
        ASSERT_EQ(client.receive().at(35), "A");
    }
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue));
    venue.make_event(StubVenue::alice);
    venue.restart();
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    EXPECT_EQ(client.receive().at(34), "1");
    EXPECT_EQ(client.receive().at(97), "Y") << "after a restart nobody knows";
}

TEST(GatewayReset, on_logout_leaves_the_numbers_of_who_was_lost) {
    StubVenue venue(with({.reset = model::NumberReset::on_logout}));
    SocketClient lost(venue.port());
    lost.log_on("alice", StubVenue::secret());
    ASSERT_EQ(lost.receive().at(34), "1");
    lost.drop();
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue));
    SocketClient back(venue.port());
    back.next_number = 2;
    back.log_on("alice", StubVenue::secret());
    ASSERT_EQ(back.receive().at(34), "2");
    back.send("5");
    ASSERT_EQ(back.receive().at(35), "5");
    ASSERT_TRUE(wait_for_command<LogOnSession>(venue, 3)) << "the reset is durable at once";
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue, 3));
    EXPECT_EQ(command_of<DisconnectSession>(venue.requests().back()).reason, model::DisconnectReason::declined);
    EXPECT_EQ(answer(venue).at(34), "1");
}

TEST(GatewayReset, at_a_time_of_the_day_logs_out_who_is_on) {
    const auto soon =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::seconds(3);
    const auto second = soon.time_since_epoch() % std::chrono::hours(24);
    StubVenue venue(with({.reset_at = static_cast<std::int32_t>(second.count())}));
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    ASSERT_EQ(client.receive().at(35), "A");
    EXPECT_EQ(client.receive("5").at(58), "The numbers of this session begin anew now.");
    EXPECT_TRUE(client.is_closed());
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue, 3)) << "alice is off, and both sessions began anew";
    EXPECT_EQ(answer(venue).at(34), "1");
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue, 4));
    EXPECT_EQ(answer(venue, StubVenue::secret(), "", 2).at(34), "2") << "once";
}

TEST(GatewayReset, at_a_time_of_the_day_is_made_up_for_when_the_venue_was_away) {
    constexpr std::int64_t two_days = 2LL * 86'400 * 1'000'000'000;
    auto settings = with({.reset_at = 0});
    StubVenue venue(settings);
    EXPECT_EQ(answer(venue).at(34), "1");
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue));
    const auto now = std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
    venue.lived_until = model::Timestamp{now - two_days};
    venue.restart();
    EXPECT_EQ(answer(venue).at(34), "1");
    EXPECT_EQ(venue.numbers(StubVenue::alice).incarnation, model::Incarnation(2));
}

}  // namespace
}  // namespace venue::fix
