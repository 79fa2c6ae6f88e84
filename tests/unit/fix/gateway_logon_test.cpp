#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

using model::DisconnectReason;
using model::DisconnectSession;
using model::LogOnSession;

std::size_t logon_count(const std::vector<model::Request>& requests) {
    return static_cast<std::size_t>(std::ranges::count_if(requests, is_command<LogOnSession>));
}

/// Waits for the one disconnect of a session and tells its reason.
DisconnectReason disconnect_reason(StubVenue& venue) {
    EXPECT_TRUE(venue.wait_for(
        [](const auto& requests) { return std::ranges::any_of(requests, is_command<DisconnectSession>); }));
    for (const auto& request : venue.requests()) {
        if (is_command<DisconnectSession>(request)) return command_of<DisconnectSession>(request).reason;
    }
    return DisconnectReason::restart;
}

struct LoggedOn {
    explicit LoggedOn(StubVenue& venue) : client(venue.port()) {
        client.log_on("alice", StubVenue::secret());
        answer = client.receive();
    }
    SocketClient client;
    Received answer;
};

TEST(GatewayLogon, is_answered_once_it_is_durable) {
    StubVenue venue;
    venue.hold_commits();
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return logon_count(requests) == 1; }));
    EXPECT_EQ(venue.requests().front().origin.number, 1);
    venue.let_commits_go();
    const auto answer = client.receive();
    EXPECT_EQ(answer.at(35), "A");
    EXPECT_EQ(answer.at(34), "1");
    EXPECT_EQ(answer.at(49), "VENUE");
    EXPECT_EQ(answer.at(56), "ALICE");
    EXPECT_EQ(answer.at(108), "30");
    EXPECT_EQ(answer.at(554), "") << "secrets are not sent back";
}

TEST(GatewayLogon, may_choose_whose_orders_are_cancelled_when_it_ends) {
    using model::CancelOnDisconnect;
    const auto chosen = [](const std::string& more) {
        StubVenue venue;
        SocketClient client(venue.port());
        client.log_on("alice", StubVenue::secret(), more);
        EXPECT_EQ(client.receive().at(35), "A") << more;
        return command_of<LogOnSession>(venue.requests().front()).cancels;
    };
    EXPECT_EQ(chosen(""), std::nullopt);
    EXPECT_EQ(chosen("20000=N|"), CancelOnDisconnect::off);
    EXPECT_EQ(chosen("20000=S|"), CancelOnDisconnect::session);
    EXPECT_EQ(chosen("20000=P|"), CancelOnDisconnect::participant);
    StubVenue venue;
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret(), "20000=Y|");
    const auto refusal = client.receive();
    EXPECT_EQ(refusal.at(35), "5");
    EXPECT_EQ(refusal.at(58), "CancelOrdersOnDisconnect (20000) must be N, S or P.");
}

TEST(GatewayLogon, reads_what_came_right_behind_it) {
    StubVenue venue;
    venue.hold_commits();
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret());
    client.send("1", "112=are you there|");
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return logon_count(requests) == 1; }));
    venue.let_commits_go();
    EXPECT_EQ(client.receive().at(35), "A");
    EXPECT_EQ(client.receive().at(112), "are you there");
}

struct Refused {
    const char* what;
    std::string fields;
    std::string text;
};

TEST(GatewayLogon, is_refused_with_a_logout_that_says_why) {
    const auto& secret = StubVenue::secret();
    const std::string good = "553=alice|554=" + secret + "|";
    const std::string wrong = "Username (553) or Password (554) is wrong.";
    const std::vector<Refused> table = {
        {"a wrong password", "98=0|108=30|553=alice|554=" + secret + "x|", wrong},
        {"another's username", "98=0|108=30|553=bob|554=" + secret + "|", wrong},
        {"no secrets", "98=0|108=30|", wrong},
        {"a wrong password hides all else", "98=0|108=-1|789=1|553=alice|554=x|", wrong},
        {"789", "98=0|108=30|789=9|" + good, "NextExpectedMsgSeqNum (789) is 9, but our next number is 5."},
        {"a test", "98=0|108=30|464=Y|" + good,
         "TestMessageIndicator (464) must not be Y: this is a session for production."},
        {"a negative interval", "98=0|108=-1|" + good, "HeartBtInt (108) must be from 0 to 3600."},
        {"an absurd interval", "98=0|108=99999|" + good, "HeartBtInt (108) must be from 0 to 3600."},
        {"no interval", "98=0|" + good, "HeartBtInt (108) must be from 0 to 3600."},
        {"encryption", "98=1|108=30|" + good, "EncryptMethod (98) must be 0."},
    };
    StubVenue venue;
    for (const auto& [what, fields, text] : table) {
        SocketClient client(venue.port());
        client.send("A", fields);
        const auto logout = client.receive();
        EXPECT_EQ(logout.at(35), "5") << what;
        EXPECT_EQ(logout.at(58), text) << what;
        EXPECT_TRUE(client.is_closed()) << what;
    }
    EXPECT_TRUE(venue.requests().empty()) << "a refused logon is nobody's business";
}

TEST(GatewayLogon, with_another_clock_is_refused_before_anything_is_reset) {
    StubVenue venue;
    const std::string rest = "98=0|108=30|141=Y|553=alice|554=" + StubVenue::secret() + "|";
    for (const auto& [time, text] : std::vector<std::pair<std::string, std::string>>{
             {"52=20200101-00:00:00|", "SendingTime (52) is more than 120 seconds off."},
             {"52=21000101-00:00:00|", "SendingTime (52) is more than 120 seconds off."},
             {"52=now|", "SendingTime (52) must be a time in UTC."},
             {"", "SendingTime (52) must be a time in UTC."}}) {
        SocketClient client(venue.port());
        client.send_bytes(framed("35=A|49=ALICE|56=VENUE|34=1|" + time + rest));
        EXPECT_EQ(client.receive("5").at(58), text) << time;
        EXPECT_TRUE(client.is_closed()) << time;
    }
    EXPECT_TRUE(venue.requests().empty());
}

TEST(GatewayLogon, that_the_dictionary_declines_is_refused_before_anything_is_reset) {
    StubVenue venue;
    const std::string rest = "52=" + utc_now() + "|98=0|108=30|553=alice|554=" + StubVenue::secret() + "|";
    for (const auto& [fields, tag] : std::vector<std::pair<std::string, std::string>>{
             {"141=Y|58=hello|", "58"}, {"141=X|", "141"}, {"141=Y|383=abc|", "383"}}) {
        SocketClient client(venue.port());
        client.send_bytes(framed("35=A|49=ALICE|56=VENUE|34=1|" + rest + fields));
        const auto text = client.receive("5").at(58);
        EXPECT_TRUE(text.starts_with("The Logon is malformed: ") && text.find(tag) != std::string::npos) << text;
        EXPECT_TRUE(client.is_closed()) << fields;
    }
    EXPECT_TRUE(venue.requests().empty());
}

TEST(GatewayLogon, may_say_that_it_is_no_test) {
    StubVenue venue;
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret(), "464=N|");
    EXPECT_EQ(client.receive().at(35), "A");
}

TEST(GatewayLogon, takes_a_number_for_a_refusal_so_that_none_is_used_twice) {
    StubVenue venue;
    SocketClient wrong(venue.port());
    wrong.log_on("alice", "wrong");
    EXPECT_EQ(wrong.receive().at(34), "1");
    EXPECT_EQ(LoggedOn(venue).answer.at(34), "2");
}

TEST(GatewayLogon, of_a_stranger_ends_in_silence) {
    StubVenue venue;
    const auto& secret = StubVenue::secret();
    const std::string secrets = "98=0|108=30|553=alice|554=" + secret + "|";
    const auto start = "35=A|34=1|52=" + utc_now() + "|";
    for (const auto& bytes :
         {framed(start + "49=MALLORY|56=VENUE|" + secrets), framed(start + "49=ALICE|56=OTHER|" + secrets),
          framed(start + secrets), framed("35=0|34=1|49=ALICE|56=VENUE|52=" + utc_now() + "|"),
          framed(start + "49=ALICE|56=VENUE|95=-5|96=abc|" + secrets), std::string("GET / HTTP/1.1\r\n\r\n"),
          with_bars("8=FIX.4.4|9=5|35=A|10=000|8=FIX.4.4|9=")}) {
        SocketClient client(venue.port());
        client.send_bytes(bytes);
        EXPECT_EQ(client.receive().bytes, "") << bytes;
        EXPECT_TRUE(client.is_closed()) << bytes;
    }
    EXPECT_TRUE(venue.requests().empty());
}

TEST(GatewayLogon, is_given_up_when_it_does_not_come) {
    auto settings = StubVenue::quick();
    settings.logon_timeout_ms = 20;
    StubVenue venue(settings);
    SocketClient client(venue.port());
    EXPECT_TRUE(client.is_closed());
}

TEST(GatewayLogon, may_not_be_preceded_by_more_than_a_few_bytes) {
    auto settings = StubVenue::quick();
    settings.prelogon_bytes_max = 1'000;
    StubVenue venue(settings);
    SocketClient client(venue.port());
    client.send_bytes(with_bars("8=FIX.4.4|9=5000|") + std::string(1'200, 'x'));
    EXPECT_TRUE(client.is_closed());
}

TEST(GatewayLogon, that_the_engine_declines_is_followed_by_a_disconnect) {
    StubVenue venue;
    {
        LoggedOn first(venue);
        first.client.send("5");
        EXPECT_EQ(first.client.receive().at(35), "5");
    }
    EXPECT_EQ(disconnect_reason(venue), DisconnectReason::logout);
    SocketClient again(venue.port());
    again.log_on("alice", StubVenue::secret());
    EXPECT_EQ(again.receive().at(58), "MsgSeqNum too low, expecting 3 but received 1");
    EXPECT_TRUE(again.is_closed());
    ASSERT_TRUE(venue.wait_for([](const auto& requests) {
        return is_command<DisconnectSession>(requests.back()) &&
               command_of<DisconnectSession>(requests.back()).reason == DisconnectReason::declined;
    }));
}

TEST(GatewayLogon, whose_connection_drops_before_it_is_durable_is_undone_afterwards) {
    StubVenue venue;
    venue.hold_commits();
    {
        SocketClient client(venue.port());
        client.log_on("alice", StubVenue::secret());
        ASSERT_TRUE(venue.wait_for([](const auto& requests) { return logon_count(requests) == 1; }));
    }
    venue.let_commits_go();
    EXPECT_EQ(disconnect_reason(venue), DisconnectReason::dropped);
    SocketClient again(venue.port());
    again.next_number = 2;
    again.log_on("alice", StubVenue::secret());
    EXPECT_EQ(again.receive().at(35), "A");
}

TEST(GatewayLogon, ends_with_dropped_when_the_connection_is_lost) {
    StubVenue venue;
    LoggedOn on(venue);
    on.client.drop();
    EXPECT_EQ(disconnect_reason(venue), DisconnectReason::dropped);
}

TEST(GatewayLogon, again_on_the_same_connection_ends_it) {
    StubVenue venue;
    LoggedOn on(venue);
    on.client.log_on("alice", StubVenue::secret());
    EXPECT_EQ(on.client.receive().bytes, "");
    EXPECT_TRUE(on.client.is_closed());
    EXPECT_EQ(disconnect_reason(venue), DisconnectReason::dropped);
}

TEST(GatewayLogon, again_with_a_reset_begins_the_numbers_anew_on_the_same_connection) {
    StubVenue venue;
    LoggedOn on(venue);
    on.client.send("1", "112=before|");
    EXPECT_EQ(on.client.receive().at(112), "before");
    venue.hold_commits();
    on.client.next_number = 1;
    on.client.log_on("alice", StubVenue::secret(), "141=Y|");
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return logon_count(requests) == 2; }));
    on.client.send("1", "112=after|");
    venue.make_event(StubVenue::alice);
    venue.let_commits_go();
    const auto answer = on.client.receive();
    EXPECT_EQ(answer.at(35), "A");
    EXPECT_EQ(answer.at(34), "1");
    EXPECT_EQ(answer.at(141), "Y");
    EXPECT_EQ(venue.numbers(StubVenue::alice).incarnation, model::Incarnation(2));
    EXPECT_EQ(on.client.receive("0").at(112), "after");
    EXPECT_TRUE(std::ranges::none_of(venue.requests(), is_command<DisconnectSession>)) << "nobody was away";
}

TEST(GatewayLogon, again_with_a_reset_is_judged_as_the_first_one_was) {
    StubVenue venue;
    LoggedOn on(venue);
    on.client.next_number = 1;
    on.client.log_on("alice", "wrong", "141=Y|");
    const auto logout = on.client.receive();
    EXPECT_EQ(logout.at(35), "5");
    EXPECT_EQ(logout.at(34), "2");
    EXPECT_EQ(logout.at(58), "Username (553) or Password (554) is wrong.");
    EXPECT_EQ(logon_count(venue.requests()), 1U);
}

TEST(GatewayLogon, again_with_a_reset_by_somebody_else_ends_the_connection) {
    StubVenue venue;
    LoggedOn on(venue);
    const std::string rest = "34=1|98=0|108=30|141=Y|553=alice|554=" + StubVenue::secret() + "|";
    on.client.send_bytes(framed("35=A|49=BOB|56=VENUE|52=" + utc_now() + "|" + rest));
    EXPECT_EQ(on.client.receive().bytes, "");
    EXPECT_TRUE(on.client.is_closed());
}

TEST(GatewayLogon, again_with_a_reset_that_nobody_waits_for_is_followed_by_a_disconnect) {
    StubVenue venue;
    {
        LoggedOn on(venue);
        venue.hold_commits();
        on.client.next_number = 1;
        on.client.log_on("alice", StubVenue::secret(), "141=Y|");
        ASSERT_TRUE(venue.wait_for([](const auto& requests) { return logon_count(requests) == 2; }));
    }
    venue.let_commits_go();
    EXPECT_EQ(disconnect_reason(venue), DisconnectReason::dropped);
    EXPECT_TRUE(venue.wait_until([&] { return venue.numbers(StubVenue::alice).incarnation == model::Incarnation(2); }));
}

TEST(GatewayLogon, of_a_session_that_needs_no_proof_is_refused_in_silence_as_the_librarys_acceptor_does) {
    auto settings = StubVenue::quick();
    settings.access.every_session.authentication = model::Authentication::none;
    StubVenue venue(settings);
    for (const char* time : {"20200101-00:00:00", "21000101-00:00:00", "now"}) {
        SocketClient client(venue.port());
        client.send_bytes(framed("35=A|49=ALICE|56=VENUE|34=1|52=" + std::string(time) + "|98=0|108=30|"));
        EXPECT_EQ(client.receive().bytes, "") << time;
        EXPECT_TRUE(client.is_closed()) << time;
    }
    LoggedOn first(venue);
    SocketClient second(venue.port());
    second.send("A", "98=0|108=30|");
    EXPECT_EQ(second.receive().bytes, "");
    EXPECT_TRUE(second.is_closed());
    SocketClient wrong(venue.port(), "BOB");
    wrong.send("A", "98=0|108=99999|");
    EXPECT_EQ(wrong.receive().at(58), "HeartBtInt (108) must be from 0 to 3600.");
}

TEST(GatewayLogon, with_a_reset_begins_a_new_incarnation_at_one) {
    StubVenue venue;
    { LoggedOn first(venue); }
    EXPECT_EQ(disconnect_reason(venue), DisconnectReason::dropped);
    SocketClient again(venue.port());
    again.log_on("alice", StubVenue::secret(), "141=Y|");
    const auto answer = again.receive();
    EXPECT_EQ(answer.at(35), "A");
    EXPECT_EQ(answer.at(34), "1");
    EXPECT_EQ(answer.at(141), "Y");
    EXPECT_EQ(venue.numbers(StubVenue::alice).incarnation, model::Incarnation(2));
    again.send("1", "112=in order|");
    EXPECT_EQ(again.receive().at(112), "in order");
}

TEST(GatewayLogon, waits_until_a_number_for_its_answer_is_reserved) {
    StubVenue venue;
    venue.hold_numbers(true);
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret(), "141=Y|");
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return logon_count(requests) == 1; }));
    venue.hold_numbers(false);
    EXPECT_EQ(client.receive().at(34), "1");
}

TEST(GatewayLogon, of_a_session_that_was_added_while_the_gateway_runs_is_taken) {
    StubVenue venue;
    venue.add_session("CAROL");
    SocketClient client(venue.port(), "CAROL");
    client.log_on("CAROL", StubVenue::secret());
    EXPECT_EQ(client.receive().at(35), "A");
}

TEST(Gateway, says_when_its_address_can_not_be_listened_on) {
    StubVenue venue;
    auto settings = StubVenue::quick();
    settings.port = venue.port();
    Gateway second(settings, {});
    EXPECT_THROW(second.bind(), CannotListen);
}

TEST(Gateway, logs_sessions_out_with_a_text_when_it_stops) {
    StubVenue venue;
    LoggedOn on(venue);
    std::thread stopping([&] { venue.gateway().stop(); });
    const auto logout = on.client.receive();
    EXPECT_EQ(logout.at(35), "5");
    EXPECT_EQ(logout.at(58), "The venue is closing.");
    on.client.send("5");
    EXPECT_TRUE(on.client.is_closed());
    on.client.drop();
    stopping.join();
}

}  // namespace
}  // namespace venue::fix
