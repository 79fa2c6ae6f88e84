// Reports that had numbers when their connection broke, and were never written: a reset of the numbers makes the loss
// good.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

constexpr auto alice = StubVenue::alice;

class GatewayLoss : public ::testing::Test {
  protected:
    static constexpr int report_count = 40'000;

    static Settings deep_queue() {
        auto settings = StubVenue::quick();
        settings.output_queue_bytes_max = 100'000'000;
        return settings;
    }
    GatewayLoss() : venue(deep_queue()) {}

    void log_on(SocketClient& client, const std::string& more = "") {
        client.log_on("alice", StubVenue::secret(), more);
        ASSERT_EQ(client.receive().at(35), "A");
    }
    /// The system takes some of the reports, whose last one is told, and keeps the others waiting until the end.
    void lose_reports() {
        SocketClient client(venue.port());
        client.shrink_buffer();
        log_on(client);
        for (int i = 0; i < report_count; ++i) venue.make_event(alice);
        last = venue.last_event();
        ASSERT_TRUE(venue.wait_until([&] { return venue.last_numbered(alice) == last; }));
        client.drop();
        ASSERT_TRUE(
            venue.wait_for([](const auto& requests) { return is_command<model::DisconnectSession>(requests.back()); }));
        ASSERT_LT(last_written(), last) << "nothing was lost";
    }
    /// More reports than the system takes, and the Logout behind them.
    void log_out_unread(SocketClient& client) {
        log_on(client);
        for (int i = 0; i < 2 * report_count; ++i) venue.make_event(alice);
        last = venue.last_event();
        ASSERT_TRUE(venue.wait_until([&] { return venue.last_numbered(alice) == last; }));
        client.send("5");
        ASSERT_TRUE(
            venue.wait_for([](const auto& requests) { return is_command<model::DisconnectSession>(requests.back()); }));
        EXPECT_LT(last_written(), last) << "all was written before the Logout";
    }
    model::Sequence last_written() { return venue.numbers(alice).last_written; }
    bool everything_counts_as_written() {
        return venue.wait_until([&] { return venue.numbers(alice).last_written >= last; });
    }
    void expect_nothing_again_after_a_reset() {
        SocketClient client(venue.port());
        log_on(client, "141=Y|");
        venue.make_event(alice);
        const auto report = client.receive();
        EXPECT_EQ(report.at(34), "2");
        EXPECT_EQ(report.at(97), "");
    }

    StubVenue venue;
    model::Sequence last;
};

TEST_F(GatewayLoss, is_made_good_by_a_reset_even_if_something_later_was_written) {
    lose_reports();
    const auto arrived = last_written();
    {
        SocketClient client(venue.port());
        client.next_number = 2;
        log_on(client);
        venue.make_event(alice);
        ASSERT_EQ(client.receive().at(35), "8");
        client.send("5");
        ASSERT_TRUE(client.is_closed());
    }
    SocketClient client(venue.port());
    log_on(client, "141=Y|");
    for (int i = 1; i <= 3; ++i) {
        const auto report = client.receive();
        EXPECT_EQ(std::stoll(report.at(17)), arrived.value + i);
        EXPECT_EQ(report.at(97), "Y");
    }
}

TEST_F(GatewayLoss, is_made_good_by_a_second_reset_whatever_was_on_its_way_when_the_first_was_asked_for) {
    lose_reports();
    const auto arrived = last_written();
    {
        SocketClient client(venue.port());
        client.next_number = 2;
        log_on(client);
        // Behind the gap, and more than the system takes: their write goes on while the numbers begin anew.
        for (int i = 0; i < 2 * report_count; ++i) venue.make_event(alice);
        const auto later = venue.last_event();
        ASSERT_TRUE(venue.wait_until([&] { return venue.last_numbered(alice) == later; }));
        client.next_number = 1;
        client.log_on("alice", StubVenue::secret(), "141=Y|");
        ASSERT_TRUE(venue.wait_until([&] { return venue.numbers(alice).incarnation.value == 2; }));
        ASSERT_EQ(client.receive("A").at(34), "1");
        client.drop();
    }
    ASSERT_TRUE(
        venue.wait_for([](const auto& requests) { return is_command<model::DisconnectSession>(requests.back()); }));
    EXPECT_LT(last_written(), last) << "what never arrived counts as written";
    SocketClient client(venue.port());
    log_on(client, "141=Y|");
    const auto first = client.receive();
    EXPECT_GT(std::stoll(first.at(17)), arrived.value);
    EXPECT_LE(std::stoll(first.at(17)), last_written().value + 1);
}

TEST_F(GatewayLoss, is_made_good_when_the_last_of_them_was_sent_again) {
    lose_reports();
    {
        SocketClient client(venue.port());
        client.next_number = 2;
        log_on(client);
        client.send("2", "7=" + std::to_string(report_count) + "|16=0|");
        EXPECT_EQ(client.receive("8").at(34), std::to_string(report_count));
        EXPECT_TRUE(everything_counts_as_written());
        client.send("5");
        ASSERT_TRUE(client.is_closed());
    }
    expect_nothing_again_after_a_reset();
}

TEST_F(GatewayLoss, is_none_to_a_participant_that_names_the_next_number) {
    lose_reports();
    SocketClient client(venue.port());
    client.next_number = 2;
    log_on(client, "789=" + std::to_string(report_count + 2) + "|");
    EXPECT_TRUE(everything_counts_as_written());
    client.send("1", "112=in step|");
    EXPECT_EQ(client.receive().at(112), "in step");
}

TEST_F(GatewayLoss, is_none_where_all_was_written_behind_the_logout) {
    {
        SocketClient client(venue.port());
        log_out_unread(client);
        ASSERT_TRUE(client.is_closed());
    }
    EXPECT_TRUE(everything_counts_as_written());
    expect_nothing_again_after_a_reset();
}

TEST_F(GatewayLoss, is_none_where_a_logon_was_declined_before_all_was_written_behind_the_logout) {
    {
        SocketClient client(venue.port());
        log_out_unread(client);
        SocketClient second(venue.port());
        second.log_on("alice", StubVenue::secret());
        ASSERT_NE(second.receive("5").at(58).find("MsgSeqNum too low"), std::string::npos);
        EXPECT_LT(last_written(), last) << "all was written before the second Logon";
        ASSERT_TRUE(client.is_closed());
    }
    EXPECT_TRUE(everything_counts_as_written());
    expect_nothing_again_after_a_reset();
}

}  // namespace
}  // namespace venue::fix
