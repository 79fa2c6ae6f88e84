// An answer of many messages: all open orders of a participant, while numbers run out, reports wait and others ask.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

constexpr auto alice = StubVenue::alice;

Settings small_blocks() {
    auto settings = StubVenue::quick();
    settings.number_block = 40;
    return settings;
}

class GatewayMassStatus : public ::testing::Test {
  protected:
    GatewayMassStatus() { venue.open_orders = 200; }

    static void log_on(SocketClient& client, std::string_view more = "") {
        client.log_on("alice", StubVenue::secret(), more);
        ASSERT_EQ(client.receive("A").at(35), "A");
    }

    StubVenue venue{small_blocks()};
};

/// The messages of an answer of that many orders.
std::vector<Received> receive_mass_status(SocketClient& client, std::size_t count) {
    std::vector<Received> reports;
    while (reports.size() < count) {
        reports.push_back(client.receive());
        if (reports.back().at(584) != "m1" || reports.back().at(911) != std::to_string(count)) break;
    }
    return reports;
}

TEST_F(GatewayMassStatus, an_answer_of_many_messages_goes_on_when_there_are_numbers_again) {
    SocketClient client(venue.port());
    log_on(client);  // 1
    client.send("AF", "584=m1|585=7|");
    const auto reports = receive_mass_status(client, 200);
    ASSERT_EQ(reports.size(), 200U);
    for (std::size_t i = 0; i < reports.size(); ++i) {
        EXPECT_EQ(reports[i].at(34), std::to_string(i + 2));
        EXPECT_EQ(reports[i].at(912), i == 199 ? "Y" : "");
    }
    venue.make_event(alice);
    EXPECT_EQ(client.receive().at(34), "202") << "what was told once isn't told again";
}

TEST_F(GatewayMassStatus, a_report_waits_for_the_whole_answer_that_was_asked_before_it) {
    SocketClient client(venue.port());
    log_on(client);
    venue.hold_commits();
    client.send("AF", "584=m1|585=7|");
    ASSERT_TRUE(venue.wait_for([](const auto& requests) {
        return std::ranges::any_of(
            requests, [](const auto& request) { return std::holds_alternative<model::QuestionBody>(request.body); });
    }));
    venue.make_event(alice);
    venue.let_commits_go();
    EXPECT_EQ(receive_mass_status(client, 200).size(), 200U);
    const auto report = client.receive();
    EXPECT_EQ(report.at(34), "202");
    EXPECT_EQ(report.at(911), "");
}

TEST_F(GatewayMassStatus, an_answer_that_a_lost_connection_cut_is_told_from_its_beginning_when_it_is_asked_anew) {
    {
        SocketClient client(venue.port());
        log_on(client);
        venue.hold_numbers(true);
        client.send("AF", "584=m1|585=7|");
        EXPECT_EQ(client.receive().at(911), "200");
    }
    venue.hold_numbers(false);
    SocketClient client(venue.port());
    log_on(client, "141=Y|");
    client.send("AF", "584=m1|585=7|");
    const auto reports = receive_mass_status(client, 200);
    ASSERT_EQ(reports.size(), 200U);
    EXPECT_EQ(reports.back().at(34), "201");
    EXPECT_EQ(reports.back().at(912), "Y");
}

TEST_F(GatewayMassStatus, who_has_not_heard_of_all_orders_may_not_ask_for_them_again) {
    SocketClient client(venue.port());
    log_on(client);
    venue.hold_commits();
    client.send("AF", "584=m1|585=7|");
    client.send("AF", "584=m2|585=7|");
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return requests.back().origin.number == 3; }));
    venue.let_commits_go();
    EXPECT_EQ(receive_mass_status(client, 200).size(), 200U);
    const auto refused = client.receive();
    EXPECT_EQ(refused.at(35), "j");
    EXPECT_EQ(refused.at(379), "m2");
    EXPECT_EQ(refused.at(380), "4");
    client.send("AF", "584=m1|585=7|");
    EXPECT_EQ(receive_mass_status(client, 200).size(), 200U) << "what was told doesn't count any more";
}

TEST_F(GatewayMassStatus, an_answer_that_waits_for_numbers_waits_for_a_resend_as_well_and_goes_on_behind_it) {
    SocketClient client(venue.port());
    log_on(client);  // 1
    venue.make_event(alice);
    EXPECT_EQ(client.receive().at(34), "2");
    venue.hold_numbers(true);
    client.send("AF", "584=m1|585=7|");
    std::int64_t told = 0;
    EXPECT_EQ(client.receive().at(34), "3");
    client.send("2", "7=2|16=2|");
    for (auto message = client.receive(); message.at(43) != "Y"; message = client.receive()) ++told;
    venue.hold_numbers(false);
    while (++told < 199) EXPECT_EQ(client.receive().at(912), "");
    EXPECT_EQ(client.receive().at(912), "Y");
}

}  // namespace
}  // namespace venue::fix
