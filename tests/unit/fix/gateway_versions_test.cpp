// Sessions of different versions on one acceptor.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

/// A session CAROL of that version, and a client of hers that isn't logged on yet.
struct Carol {
    Carol(model::FixVersion version, const std::string& begin_string) {
        venue.add_session("CAROL", version);
        client = std::make_unique<SocketClient>(venue.port(), "CAROL", begin_string);
    }
    Received log_on(std::string_view more = "") {
        client->log_on("CAROL", StubVenue::secret(), more);
        auto answer = client->receive();
        EXPECT_EQ(answer.at(35), "A");
        return answer;
    }
    StubVenue venue;
    std::unique_ptr<SocketClient> client;
};

TEST(GatewayVersions, speaks_to_each_session_in_its_own) {
    Carol carol(model::FixVersion::fix42, "FIX.4.2");
    SocketClient alice(carol.venue.port());
    alice.log_on("alice", StubVenue::secret());
    EXPECT_EQ(alice.receive().at(8), "FIX.4.4");
    carol.log_on();
    carol.client->send("D", "21=1|" + order("c1"));
    const auto in_42 = carol.client->receive("8");
    EXPECT_EQ(in_42.at(8), "FIX.4.2");
    EXPECT_EQ(in_42.at(20), "0");
    alice.send("D", order("a1"));
    const auto in_44 = alice.receive("8");
    EXPECT_EQ(in_44.at(8), "FIX.4.4");
    EXPECT_EQ(in_44.at(20), "");
}

TEST(GatewayVersions, a_resend_is_told_in_the_sessions_version) {
    Carol carol(model::FixVersion::fix42, "FIX.4.2");
    carol.log_on();
    carol.client->send("D", "21=1|" + order("c1"));
    const auto first = carol.client->receive("8");
    carol.client->send("2", "7=2|16=0|");
    const auto again = carol.client->receive("8");
    EXPECT_EQ(again.at(8), "FIX.4.2");
    EXPECT_EQ(again.at(43), "Y");
    EXPECT_EQ(again.at(20), "0");
    EXPECT_EQ(again.at(17), first.at(17));
}

TEST(GatewayVersions, the_password_may_stand_in_raw_data_where_a_logon_has_no_other_field_for_it) {
    const auto raw_data = "95=" + std::to_string(StubVenue::secret().size()) + "|96=" + StubVenue::secret() + "|";
    Carol carol(model::FixVersion::fix42, "FIX.4.2");
    carol.client->send("A", "98=0|108=30|" + raw_data);
    EXPECT_EQ(carol.client->receive().at(35), "A");

    StubVenue venue;
    SocketClient alice(venue.port());
    alice.send("A", "98=0|108=30|" + raw_data);
    EXPECT_EQ(alice.receive().at(35), "5") << "FIX 4.4 has fields for it";
}

TEST(GatewayVersions, a_logon_with_a_wrong_secret_in_raw_data_is_refused) {
    Carol carol(model::FixVersion::fix42, "FIX.4.2");
    carol.client->send("A", "98=0|108=30|95=5|96=wrong|");
    EXPECT_EQ(carol.client->receive().at(35), "5");
}

/// The version is a part of a session's name: who has another one isn't known.
TEST(GatewayVersions, a_logon_in_another_version_is_closed_without_a_word) {
    Carol carol(model::FixVersion::fix42, "FIX.4.4");
    carol.client->log_on("CAROL", StubVenue::secret());
    EXPECT_TRUE(carol.client->is_closed());
    SocketClient alice(carol.venue.port(), "ALICE", "FIX.4.2");
    alice.log_on("alice", StubVenue::secret());
    EXPECT_TRUE(alice.receive().fields.empty());
}

TEST(GatewayVersions, a_message_that_the_version_does_not_have_is_rejected) {
    Carol carol(model::FixVersion::fix42, "FIX.4.2");
    carol.log_on();
    for (const std::string type : {"q", "x", "AF"}) {
        carol.client->send(type, "11=m1|");
        const auto reject = carol.client->receive("3");
        EXPECT_EQ(reject.at(372), type);
        EXPECT_EQ(reject.at(373), "11") << "invalid MsgType";
    }
    carol.client->send("B", "148=news|33=1|58=text|");
    EXPECT_EQ(carol.client->receive("j").at(380), "3") << "known, and not offered";
}

TEST(GatewayVersions, a_reason_that_the_version_does_not_have_is_left_out_of_a_reject) {
    Carol carol(model::FixVersion::fix42, "FIX.4.2");
    carol.log_on();
    carol.client->send("D", "21=1|" + order("c1") + "54=1|");
    const auto in_42 = carol.client->receive("3");
    EXPECT_EQ(in_42.at(371), "54");
    EXPECT_EQ(in_42.at(373), "") << "13 is a reason of FIX 4.4";
    carol.client->send("D", order("c2"));
    EXPECT_EQ(carol.client->receive("3").at(373), "1") << "HandlInst (21) is required";
}

TEST(GatewayVersions, a_session_of_5_0_sp2_agrees_on_its_application_version_at_logon) {
    Carol carol(model::FixVersion::fix50sp2, "FIXT.1.1");
    const auto answer = carol.log_on("1137=9|");
    EXPECT_EQ(answer.at(8), "FIXT.1.1");
    EXPECT_EQ(answer.at(1137), "9");
    EXPECT_EQ(answer.at(1409), "") << "that it is active goes without saying";
    carol.client->send("D", order("c1"));
    const auto report = carol.client->receive("8");
    EXPECT_EQ(report.at(8), "FIXT.1.1");
    EXPECT_EQ(report.at(150), "0");
    EXPECT_EQ(report.at(20), "");
    carol.client->send("D", "1128=9|" + order("c2"));
    EXPECT_EQ(carol.client->receive("8").at(11), "c2") << "what was agreed on may be said again";
}

TEST(GatewayVersions, a_logon_chooses_in_each_whose_orders_are_cancelled_when_it_ends) {
    const auto chosen = [](model::FixVersion version, const std::string& begin_string, const std::string& more) {
        Carol carol(version, begin_string);
        carol.log_on(more + "20000=P|");
        return command_of<model::LogOnSession>(carol.venue.requests().front()).cancels;
    };
    EXPECT_EQ(chosen(model::FixVersion::fix42, "FIX.4.2", ""), model::CancelOnDisconnect::participant);
    EXPECT_EQ(chosen(model::FixVersion::fix50sp2, "FIXT.1.1", "1137=9|"), model::CancelOnDisconnect::participant);
}

TEST(GatewayVersions, a_logon_for_another_application_version_is_refused) {
    for (const std::string version : {"1137=6|", "1137=9X|", ""}) {
        Carol carol(model::FixVersion::fix50sp2, "FIXT.1.1");
        carol.client->log_on("CAROL", StubVenue::secret(), version);
        const auto logout = carol.client->receive();
        EXPECT_EQ(logout.at(35), "5") << version;
        EXPECT_EQ(logout.at(58), "DefaultApplVerID (1137) must be 9.") << version;
    }
}

TEST(GatewayVersions, a_message_of_another_application_version_is_rejected_and_counted) {
    Carol carol(model::FixVersion::fix50sp2, "FIXT.1.1");
    carol.log_on("1137=9|");
    carol.client->send("D", "1128=6|" + order("c1"));
    const auto reject = carol.client->receive();
    EXPECT_EQ(reject.at(35), "3");
    EXPECT_EQ(reject.at(373), "18");
    EXPECT_EQ(reject.at(371), "1128");
    carol.client->send("D", order("c2"));
    EXPECT_EQ(carol.client->receive().at(11), "c2");
}

TEST(GatewayVersions, a_wrong_secret_has_a_code_where_a_logout_has_a_field_for_it) {
    Carol carol(model::FixVersion::fix50sp2, "FIXT.1.1");
    carol.client->log_on("CAROL", "wrong", "1137=9|");
    EXPECT_EQ(carol.client->receive().at(1409), "5");
    Carol in_42(model::FixVersion::fix42, "FIX.4.2");
    in_42.client->log_on("CAROL", "wrong");
    EXPECT_EQ(in_42.client->receive().at(1409), "");
    Carol in_44(model::FixVersion::fix44, "FIX.4.4");
    in_44.client->log_on("CAROL", "wrong");
    EXPECT_EQ(in_44.client->receive().at(1409), "");
}

TEST(GatewayVersions, a_session_that_is_disabled_has_a_code_where_a_logout_has_a_field_for_it) {
    const auto status = [](model::FixVersion version, const std::string& begin_string, const std::string& more) {
        Carol carol(version, begin_string);
        carol.venue.disable_session("CAROL", true);
        carol.client->log_on("CAROL", StubVenue::secret(), more);
        const auto logout = carol.client->receive("5");
        EXPECT_EQ(logout.at(58), "This session is disabled.");
        return logout.at(1409);
    };
    EXPECT_EQ(status(model::FixVersion::fix50sp2, "FIXT.1.1", "1137=9|"), "6");
    EXPECT_EQ(status(model::FixVersion::fix44, "FIX.4.4", ""), "");
    EXPECT_EQ(status(model::FixVersion::fix42, "FIX.4.2", ""), "");
}

TEST(GatewayVersions, a_session_that_is_locked_has_a_code_where_a_logout_has_a_field_for_it) {
    Carol carol(model::FixVersion::fix50sp2, "FIXT.1.1");
    model::Access access;
    access.lock_out.session_failures_max = 1;
    carol.venue.gateway().use(access);
    carol.client->log_on("CAROL", "wrong", "1137=9|");
    EXPECT_EQ(carol.client->receive().at(1409), "5");
    SocketClient again(carol.venue.port(), "CAROL", "FIXT.1.1");
    carol.client->drop();
    again.log_on("CAROL", StubVenue::secret(), "1137=9|");
    const auto logout = again.receive();
    EXPECT_TRUE(logout.at(58).starts_with("Too many logons of this session failed"));
    EXPECT_EQ(logout.at(1409), "6");
}

TEST(GatewayVersions, a_length_that_belongs_to_another_field_harms_nobody) {
    Carol carol(model::FixVersion::fix50sp2, "FIXT.1.1");
    carol.log_on("1137=9|");
    for (const std::string lie : {"99999999", "-5", "x"}) {
        carol.client->send("D", order("lie") + "1526=" + lie + "|1527=text|");
        carol.client->receive();
    }
    carol.client->send("D", order("c1"));
    EXPECT_EQ(carol.client->receive("8").at(150), "0");
}

// ---- Changed by the operator ----------------------------------------------------------------------------------------

constexpr const char* now_speaks = "The operator changed this session: it speaks FIX ";

TEST(GatewayVersions, a_session_that_gets_another_is_logged_out_with_the_reason_and_begins_anew_in_it) {
    Carol carol(model::FixVersion::fix44, "FIX.4.4");
    carol.log_on();
    carol.client->send("D", order("c1"));
    EXPECT_EQ(carol.client->receive("8").at(11), "c1");
    carol.client->send("1", "112=by now the report counts as written|");
    carol.client->receive("0");
    carol.venue.change_session("CAROL", model::FixVersion::fix42);
    const auto logout = carol.client->receive("5");
    EXPECT_EQ(logout.at(8), "FIX.4.4");
    EXPECT_EQ(logout.at(34), "4");
    EXPECT_EQ(logout.at(58), std::string(now_speaks) + "4.2 without extensions now, and its numbers begin anew at 1.");
    EXPECT_TRUE(carol.client->is_closed());

    SocketClient stale(carol.venue.port(), "CAROL");
    stale.log_on("CAROL", StubVenue::secret());
    EXPECT_TRUE(stale.receive().fields.empty()) << "it is another session's name now";
    carol.client = std::make_unique<SocketClient>(carol.venue.port(), "CAROL", "FIX.4.2");
    const auto answer = carol.log_on();
    EXPECT_EQ(answer.at(8), "FIX.4.2");
    EXPECT_EQ(answer.at(34), "1");
    carol.client->send("D", "21=1|" + order("c2"));
    const auto report = carol.client->receive();
    EXPECT_EQ(report.at(11), "c2") << "what was written is not sent again";
    EXPECT_EQ(report.at(20), "0");
    EXPECT_EQ(report.at(34), "2");
}

TEST(GatewayVersions, a_session_that_is_sent_more_from_now_on_is_logged_out_and_begins_anew_as_well) {
    Carol carol(model::FixVersion::fix44, "FIX.4.4");
    carol.log_on();
    carol.venue.change_session("CAROL", model::FixVersion::fix44, true);
    EXPECT_EQ(carol.client->receive("5").at(58),
              std::string(now_speaks) + "4.4 with extensions now, and its numbers begin anew at 1.");
    carol.client = std::make_unique<SocketClient>(carol.venue.port(), "CAROL");
    EXPECT_EQ(carol.log_on().at(34), "1");
}

TEST(GatewayVersions, a_change_of_anything_else_disturbs_nobody) {
    Carol carol(model::FixVersion::fix44, "FIX.4.4");
    carol.log_on();
    carol.venue.change_session("CAROL", model::FixVersion::fix44);
    carol.client->send("1", "112=still here|");
    EXPECT_EQ(carol.client->receive().at(112), "still here");
}

TEST(GatewayVersions, what_arises_for_a_session_that_was_changed_while_nobody_was_on_is_told_in_the_new_one) {
    Carol carol(model::FixVersion::fix44, "FIX.4.4");
    carol.venue.change_session("CAROL", model::FixVersion::fix50sp2, true);
    carol.venue.make_event(model::SessionId{3});
    carol.venue.restart();
    carol.client = std::make_unique<SocketClient>(carol.venue.port(), "CAROL", "FIXT.1.1");
    const auto answer = carol.log_on("1137=9|");
    EXPECT_EQ(answer.at(8), "FIXT.1.1");
    carol.client->send("2", "7=1|16=0|");
    EXPECT_EQ(carol.client->receive("8").at(8), "FIXT.1.1");
}

TEST(GatewayVersions, a_logon_that_is_not_durable_when_its_session_is_changed_ends) {
    Carol carol(model::FixVersion::fix44, "FIX.4.4");
    carol.venue.hold_commits();
    carol.client->log_on("CAROL", StubVenue::secret());
    ASSERT_TRUE(carol.venue.wait_for(
        [](const auto& requests) { return std::ranges::any_of(requests, is_command<model::LogOnSession>); }));
    carol.venue.change_session("CAROL", model::FixVersion::fix42);
    carol.venue.let_commits_go();
    EXPECT_TRUE(carol.client->is_closed());
    EXPECT_TRUE(carol.venue.wait_for([](const auto& requests) {
        return std::ranges::any_of(requests, is_command<model::DisconnectSession>);
    })) << "what was journaled as on is journaled as off";
    carol.client = std::make_unique<SocketClient>(carol.venue.port(), "CAROL", "FIX.4.2");
    EXPECT_EQ(carol.log_on().at(34), "1");
}

}  // namespace
}  // namespace venue::fix
