// Numbers that leave: what was sent is sent again as it was, what has no number gets one, and none is used twice.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

constexpr auto alice = StubVenue::alice;

Settings small_pages() {
    auto settings = StubVenue::quick();
    settings.resend_page = 3;
    settings.number_block = 40;
    return settings;
}

/// A message without what a resend may change: 8 to 10 but for 9, 43, 52, 97, 122 and 10.
std::string constant_part(const Received& message) {
    std::string part;
    for (const auto& [tag, value] : message.fields) {
        if (tag != 9 && tag != 43 && tag != 52 && tag != 122 && tag != 10)
            part += std::to_string(tag) + "=" + value + "|";
    }
    return part;
}

class GatewayResend : public ::testing::Test {
  protected:
    GatewayResend() : venue(small_pages()) {}

    void log_on(SocketClient& client, std::string_view more = "") {
        client.log_on("alice", StubVenue::secret(), more);
        ASSERT_EQ(client.receive("A").at(35), "A");
    }
    std::vector<Received> receive(SocketClient& client, std::size_t count) {
        std::vector<Received> messages;
        for (std::size_t i = 0; i < count; ++i) messages.push_back(client.receive());
        return messages;
    }

    StubVenue venue;
};

TEST_F(GatewayResend, gives_reports_again_as_they_were_and_the_rest_as_gaps) {
    SocketClient client(venue.port());
    log_on(client);  // 1
    for (int i = 0; i < 4; ++i) venue.make_event(alice);
    const auto reports = receive(client, 4);  // 2 to 5
    client.send("1", "112=x|");
    ASSERT_EQ(client.receive().at(34), "6");
    venue.make_event(alice);
    const auto last = client.receive();  // 7
    client.send("2", "7=1|16=0|");
    const auto again = receive(client, 7);
    EXPECT_EQ(again[0].at(35), "4");
    EXPECT_EQ(again[0].at(123), "Y");
    EXPECT_EQ(again[0].at(34), "1");
    EXPECT_EQ(again[0].at(36), "2");
    EXPECT_EQ(again[0].at(43), "Y");
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(constant_part(again[i + 1]), constant_part(reports[i]));
        EXPECT_EQ(again[i + 1].at(43), "Y");
        EXPECT_EQ(again[i + 1].at(122), reports[i].at(52));
    }
    EXPECT_EQ(again[5].at(34), "6");
    EXPECT_EQ(again[5].at(36), "7");
    EXPECT_EQ(constant_part(again[6]), constant_part(last));
}

TEST_F(GatewayResend, goes_on_with_live_reports_behind_it) {
    SocketClient client(venue.port());
    log_on(client);
    for (int i = 0; i < 10; ++i) venue.make_event(alice);
    receive(client, 10);
    client.send("2", "7=2|16=11|");
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return requests.back().origin.number == 2; }));
    for (int i = 0; i < 10; ++i) venue.make_event(alice);
    for (int number = 2; number <= 11; ++number) {
        const auto message = client.receive();
        EXPECT_EQ(message.at(34), std::to_string(number));
        EXPECT_EQ(message.at(43), "Y");
    }
    for (int number = 12; number <= 21; ++number) {
        const auto message = client.receive();
        EXPECT_EQ(message.at(34), std::to_string(number));
        EXPECT_EQ(message.at(43), "");
        EXPECT_EQ(message.at(97), "");
    }
}

TEST_F(GatewayResend, waits_until_the_journal_knows_the_numbers) {
    SocketClient client(venue.port());
    log_on(client);
    venue.hold_outbound(true);
    venue.make_event(alice);
    const auto report = client.receive();
    client.send("2", "7=2|16=2|");
    for (const char* word : {"nothing", "comes", "meanwhile"}) {
        client.send("1", "112=" + std::string(word) + "|");
        EXPECT_EQ(client.receive().at(112), word);
    }
    venue.hold_outbound(false);
    EXPECT_EQ(constant_part(client.receive()), constant_part(report));
}

TEST_F(GatewayResend, that_is_asked_for_again_and_again_ends_the_connection) {
    SocketClient client(venue.port());
    log_on(client);
    venue.hold_outbound(true);
    venue.make_event(alice);
    ASSERT_EQ(client.receive().at(35), "8");
    for (int i = 0; i < 16; ++i) client.send("2", "7=2|16=2|");
    client.send("1", "112=so far|");
    ASSERT_EQ(client.receive().at(112), "so far");
    client.send("2", "7=2|16=2|");
    EXPECT_TRUE(client.is_closed());
}

TEST_F(GatewayResend, lets_no_more_than_a_thousand_answers_wait_for_it) {
    SocketClient client(venue.port());
    log_on(client);
    venue.hold_outbound(true);
    venue.make_event(alice);
    ASSERT_EQ(client.receive().at(35), "8");
    client.send("2", "7=2|16=2|");
    for (int i = 0; i < 1'000; ++i) client.send("B", "148=news|33=1|58=x|");
    client.send("1", "112=so far|");
    ASSERT_EQ(client.receive().at(112), "so far");
    client.send("B", "148=news|33=1|58=x|");
    EXPECT_TRUE(client.is_closed());
}

TEST_F(GatewayResend, of_numbers_that_were_never_used_is_rejected) {
    SocketClient client(venue.port());
    log_on(client);
    for (const char* range : {"7=99|16=0|", "7=0|16=1|", "7=3|16=2|", "7=-4|16=0|", "7=1|16=-1|"}) {
        client.send("2", range);
        EXPECT_EQ(client.receive().at(35), "3") << range;
    }
    client.send("2", "7=x|16=0|");
    EXPECT_EQ(client.receive().at(373), "6");
    client.send("1", "112=in step|");
    EXPECT_EQ(client.receive().at(112), "in step");
}

TEST_F(GatewayResend, is_given_although_the_request_itself_is_beyond_a_gap) {
    SocketClient client(venue.port());
    log_on(client);
    venue.make_event(alice);
    const auto report = client.receive();
    client.send_as(5, "2", "7=2|16=2|");
    EXPECT_EQ(constant_part(client.receive()), constant_part(report));
    client.send_as(2, "1", "112=in step|");
    EXPECT_EQ(client.receive().at(112), "in step") << "the request was not counted";
}

TEST_F(GatewayResend, of_reports_that_waited_while_the_participant_was_away) {
    {
        SocketClient client(venue.port());
        log_on(client);
        client.send("5");
        ASSERT_TRUE(client.is_closed());
    }
    for (int i = 0; i < 5; ++i) venue.make_event(alice);
    SocketClient client(venue.port());
    client.next_number = 3;
    client.log_on("alice", StubVenue::secret());
    EXPECT_EQ(client.receive().at(34), "8") << "1 and 2 were Logon and Logout, 3 to 7 wait as a gap";
    client.send("2", "7=3|16=0|");
    for (int number = 3; number <= 7; ++number) EXPECT_EQ(client.receive("8").at(34), std::to_string(number));
    EXPECT_EQ(client.receive().at(36), "9");
}

TEST_F(GatewayResend, never_uses_a_number_beyond_what_is_reserved) {
    SocketClient client(venue.port());
    log_on(client);
    venue.hold_numbers(true);
    for (int i = 0; i < 100; ++i) venue.make_event(alice);
    int last = 1;
    for (; last < 30; ++last) ASSERT_EQ(client.receive().at(34), std::to_string(last + 1));
    EXPECT_LE(last, venue.numbers(alice).outbound_reserved);
    client.send("1", "112=spare|");
    EXPECT_EQ(client.receive().at(112), "spare") << "reports leave a few numbers to the session itself";
    venue.hold_numbers(false);
    for (int i = 0; i < 71; ++i) EXPECT_EQ(client.receive().at(35), "8");
}

TEST_F(GatewayResend, begins_behind_the_reserved_block_after_a_restart) {
    {
        SocketClient client(venue.port());
        log_on(client);
        for (int i = 0; i < 3; ++i) venue.make_event(alice);
        ASSERT_EQ(receive(client, 3).back().at(34), "4");
    }
    const auto reserved = venue.numbers(alice).outbound_reserved;
    venue.restart();
    SocketClient client(venue.port());
    client.next_number = 2;
    client.log_on("alice", StubVenue::secret());
    const auto answer = client.receive();
    EXPECT_EQ(answer.at(34), std::to_string(reserved + 1));
    client.send("2", "7=2|16=0|");
    for (int number = 2; number <= 4; ++number) EXPECT_EQ(client.receive("8").at(34), std::to_string(number));
    EXPECT_EQ(client.receive().at(36), std::to_string(reserved + 2)) << "the rest of the block is a gap";
}

TEST_F(GatewayResend, gives_new_numbers_to_events_whose_numbers_a_crash_swallowed) {
    {
        SocketClient client(venue.port());
        log_on(client);
    }
    venue.lose_outbound(true);
    for (int i = 0; i < 8; ++i) venue.make_event(alice);
    const auto reserved = venue.numbers(alice).outbound_reserved;
    venue.restart();
    SocketClient client(venue.port());
    client.next_number = 2;
    client.log_on("alice", StubVenue::secret());
    ASSERT_EQ(client.receive("A").at(35), "A");
    client.send("2", "7=" + std::to_string(reserved + 1) + "|16=0|");
    int report_count = 0;
    for (int number = 0; number < 9; ++number) {
        const auto message = client.receive();
        if (message.at(35) != "8") continue;
        ++report_count;
        EXPECT_EQ(message.at(97), "Y");
        EXPECT_GT(std::stoi(message.at(34)), reserved);
    }
    EXPECT_EQ(report_count, 8);
}

TEST_F(GatewayResend, after_a_reset_sends_what_was_never_written_under_new_numbers) {
    std::string last_read;
    {
        SocketClient client(venue.port());
        log_on(client);
        venue.make_event(alice);
        last_read = client.receive().at(17);
        ASSERT_TRUE(venue.wait_until([&] { return venue.numbers(alice).last_written.value == std::stoll(last_read); }));
        client.send("5");
        ASSERT_TRUE(client.is_closed());
    }
    for (int i = 0; i < 5; ++i) venue.make_event(alice);
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret(), "141=Y|");
    EXPECT_EQ(client.receive().at(34), "1");
    for (int number = 2; number <= 6; ++number) {
        const auto message = client.receive();
        EXPECT_EQ(message.at(34), std::to_string(number));
        EXPECT_EQ(message.at(97), "Y");
        EXPECT_GT(std::stoll(message.at(17)), std::stoll(last_read));
    }
    venue.make_event(alice);
    EXPECT_EQ(client.receive().at(97), "") << "what comes later was never sent";
}

TEST_F(GatewayResend, after_a_reset_sends_what_came_while_nobody_was_there_even_if_something_later_was_written) {
    for (int i = 0; i < 3; ++i) venue.make_event(alice);
    {
        SocketClient client(venue.port());
        log_on(client);
        venue.make_event(alice);
        ASSERT_EQ(client.receive("8").at(97), "") << "a report behind the gap, which isn't asked for";
        client.send("5");
        ASSERT_TRUE(client.is_closed());
    }
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret(), "141=Y|");
    EXPECT_EQ(client.receive().at(34), "1");
    for (int number = 2; number <= 5; ++number) {
        const auto message = client.receive();
        EXPECT_EQ(message.at(34), std::to_string(number));
        EXPECT_EQ(message.at(97), "Y");
    }
}

TEST_F(GatewayResend, after_a_reset_sends_nothing_again_that_was_resent) {
    for (int i = 0; i < 3; ++i) venue.make_event(alice);
    {
        SocketClient client(venue.port());
        log_on(client);
        client.send("2", "7=1|16=0|");
        const auto again = receive(client, 4);
        const auto last = std::stoll(again[2].at(17));
        ASSERT_TRUE(venue.wait_until([&] { return venue.numbers(alice).last_written.value == last; }));
        client.send("5");
        ASSERT_TRUE(client.is_closed());
    }
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret(), "141=Y|");
    ASSERT_EQ(client.receive().at(34), "1");
    venue.make_event(alice);
    const auto report = client.receive();
    EXPECT_EQ(report.at(34), "2");
    EXPECT_EQ(report.at(97), "");
}

TEST_F(GatewayResend, after_a_reset_and_a_restart_sends_nothing_again_that_was_written_before) {
    {
        SocketClient client(venue.port());
        log_on(client);
        venue.make_event(alice);
        const auto written = std::stoll(client.receive().at(17));
        ASSERT_TRUE(venue.wait_until([&] { return venue.numbers(alice).last_written.value == written; }));
    }
    {
        SocketClient client(venue.port());
        ASSERT_TRUE(
            venue.wait_for([](const auto& requests) { return is_command<model::DisconnectSession>(requests.back()); }));
        log_on(client, "141=Y|");
    }
    venue.restart();
    SocketClient client(venue.port());
    client.log_on("alice", StubVenue::secret(), "141=Y|");
    ASSERT_EQ(client.receive().at(34), "1");
    venue.make_event(alice);
    const auto report = client.receive();
    EXPECT_EQ(report.at(34), "2");
    EXPECT_EQ(report.at(97), "");
}

}  // namespace
}  // namespace venue::fix
