// What an operator sees of sessions, and has them do, while they trade.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

using model::DisconnectSession;
using model::LogOnSession;
using model::SessionLook;
using model::SessionOrder;
using model::SessionState;

std::vector<SessionLook> all(StubVenue& venue, const std::string& comp_id = "") {
    std::promise<std::vector<SessionLook>> told;
    venue.gateway().look(comp_id, [&](auto looks) { told.set_value(std::move(looks)); });
    return told.get_future().get();
}

SessionLook look(StubVenue& venue, const std::string& comp_id = "ALICE") { return all(venue, comp_id).at(0); }

std::string ask(StubVenue& venue, SessionOrder order, const std::string& comp_id = "ALICE",
                const std::string& text = "") {
    std::promise<std::string> told;
    venue.gateway().carry_out({comp_id, order, text}, [&](const auto& fault) { told.set_value(fault); });
    return told.get_future().get();
}

template <class Command>
bool wait_for_command(StubVenue& venue, std::ptrdiff_t count = 1) {
    return venue.wait_for(
        [&](const auto& requests) { return std::ranges::count_if(requests, is_command<Command>) >= count; });
}

struct GatewayLook : ::testing::Test {
    void log_on() {
        client.log_on("alice", StubVenue::secret());
        ASSERT_EQ(client.receive().at(35), "A");
    }

    StubVenue venue;
    SocketClient client{venue.port()};
};

// ---- Seen -----------------------------------------------------------------------------------------------------------

TEST_F(GatewayLook, sees_who_is_away) {
    const auto seen = all(venue);
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].comp_id, "ALICE");
    EXPECT_EQ(seen[1].comp_id, "BOB");
    EXPECT_EQ(seen[0].state, SessionState::off);
    EXPECT_EQ(seen[0].next_inbound, 1);
    EXPECT_EQ(seen[0].next_outbound, 1);
    EXPECT_EQ(seen[0].last_inbound.type, "");
    EXPECT_EQ(seen[0].address, "");
    EXPECT_EQ(seen[0].since, model::Timestamp{});
    EXPECT_TRUE(all(venue, "MALLORY").empty());
}

TEST_F(GatewayLook, sees_numbers_and_last_messages_of_both_directions) {
    log_on();
    const auto fresh = look(venue);
    EXPECT_EQ(fresh.state, SessionState::on);
    EXPECT_EQ(fresh.version, model::FixVersion::fix44);
    EXPECT_TRUE(fresh.address.starts_with("127.0.0.1:"));
    EXPECT_NE(fresh.since, model::Timestamp{});
    EXPECT_EQ(fresh.last_inbound.type, "A");
    EXPECT_EQ(fresh.last_outbound.type, "A");
    EXPECT_EQ(fresh.next_outbound, 2);

    client.send("D", order("a1"));
    ASSERT_EQ(client.receive().at(35), "8");
    const auto traded = look(venue);
    EXPECT_EQ(traded.next_inbound, 3);
    EXPECT_EQ(traded.next_outbound, 3);
    EXPECT_EQ(traded.last_inbound.type, "D");
    EXPECT_EQ(traded.last_inbound.number, 2);
    EXPECT_GE(traded.last_inbound.at, traded.since);
    EXPECT_EQ(traded.last_outbound.type, "8");
    EXPECT_EQ(traded.last_outbound.number, 2);
    EXPECT_GE(traded.last_outbound.at, traded.since);
    EXPECT_TRUE(venue.wait_until([&] { return look(venue).latency_ns > 0; }));
    EXPECT_GE(look(venue).latency_max_ns, look(venue).latency_ns);
}

TEST_F(GatewayLook, sees_what_waits_behind_a_gap) {
    log_on();
    client.send_as(7, "1", "112=early|");
    ASSERT_EQ(client.receive().at(35), "2");
    EXPECT_EQ(look(venue).kept_count, 1);
    EXPECT_EQ(look(venue).next_inbound, 2);
}

TEST_F(GatewayLook, sees_a_logon_that_is_not_durable_yet) {
    venue.hold_commits();
    client.log_on("alice", StubVenue::secret());
    ASSERT_TRUE(wait_for_command<LogOnSession>(venue));
    EXPECT_EQ(look(venue).state, SessionState::logging_on);
    EXPECT_NE(ask(venue, SessionOrder::reset_numbers), "") << "it is between off and on";
    venue.let_commits_go();
    EXPECT_EQ(client.receive().at(35), "A");
}

// ---- Told what to do ------------------------------------------------------------------------------------------------

TEST_F(GatewayLook, asks_whether_somebody_is_there) {
    log_on();
    EXPECT_EQ(ask(venue, SessionOrder::test_request), "");
    const auto asked = client.receive();
    EXPECT_EQ(asked.at(35), "1");
    EXPECT_EQ(asked.at(34), "2");
    EXPECT_EQ(look(venue).round_trip_ns, 0);
    client.send("0", "112=" + asked.at(112) + "|");
    client.send("1", "112=seen|");
    ASSERT_EQ(client.receive().at(112), "seen");
    EXPECT_GT(look(venue).round_trip_ns, 0);
}

TEST_F(GatewayLook, ends_a_logon_with_a_word) {
    log_on();
    EXPECT_EQ(ask(venue, SessionOrder::disconnect, "ALICE", "Please call us."), "");
    EXPECT_EQ(client.receive().at(58), "Please call us.");
    EXPECT_TRUE(client.is_closed());
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue));
    EXPECT_EQ(look(venue).state, SessionState::off);
    SocketClient again(venue.port());
    again.next_number = 2;
    again.log_on("alice", StubVenue::secret());
    EXPECT_EQ(again.receive().at(34), "3") << "numbers go on behind the Logout";
}

TEST_F(GatewayLook, begins_the_numbers_of_a_session_that_is_on_anew) {
    log_on();
    EXPECT_EQ(ask(venue, SessionOrder::reset_numbers), "");
    EXPECT_EQ(client.receive().at(58), "The numbers of this session begin anew now.");
    EXPECT_TRUE(client.is_closed());
    ASSERT_TRUE(wait_for_command<LogOnSession>(venue, 2));
    ASSERT_TRUE(venue.wait_until([&] { return look(venue).incarnation == model::Incarnation{2}; }));
    EXPECT_EQ(look(venue).next_outbound, 1);
    EXPECT_EQ(look(venue).next_inbound, 1);
    SocketClient again(venue.port());
    again.log_on("alice", StubVenue::secret());
    EXPECT_EQ(again.receive().at(34), "1");
}

TEST_F(GatewayLook, begins_the_numbers_of_a_session_that_is_away_anew) {
    log_on();
    client.drop();
    ASSERT_TRUE(wait_for_command<DisconnectSession>(venue));
    EXPECT_EQ(look(venue).next_outbound, 2);
    EXPECT_EQ(ask(venue, SessionOrder::reset_numbers), "");
    ASSERT_TRUE(venue.wait_until([&] { return look(venue).incarnation == model::Incarnation{2}; }));
    EXPECT_EQ(look(venue).state, SessionState::off);
    EXPECT_EQ(look(venue).next_outbound, 1);
}

TEST_F(GatewayLook, says_what_can_not_be_done) {
    EXPECT_EQ(ask(venue, SessionOrder::disconnect), "The session isn't logged on.");
    EXPECT_EQ(ask(venue, SessionOrder::test_request), "The session isn't logged on.");
    EXPECT_EQ(ask(venue, SessionOrder::disconnect, "MALLORY"), "The session MALLORY is not known.");
}

}  // namespace
}  // namespace venue::fix
