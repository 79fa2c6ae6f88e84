// What an operator asks of the FIX sessions, from both ends of the socket. The sessions themselves are a stand-in.
#include <gmock/gmock.h>

#include <semaphore>
#include <thread>

#include "venue/control/client.hpp"
#include "venue/control/server.hpp"

namespace venue::control {
namespace {

using model::SessionLook;
using model::SessionOrder;
using ::testing::ElementsAre;

SessionLook alice() {
    return {"ALICE",
            "alice",
            model::FixVersion::fix50sp2,
            true,
            model::SessionState::on,
            true,
            model::Incarnation{3},
            17,
            42,
            {"D", 16, {1'000'000'007}},
            {"8", 41, {1'000'000'009}},
            512,
            2,
            "127.0.0.1:40000",
            true,
            {999},
            1'500,
            90'000,
            250'000};
}

struct SessionsTest : ::testing::Test {
    SessionsTest() {
        wiring.look_at_sessions = [this](const std::string& comp_id, const auto& told) {
            if (is_silent) return looked.release();
            if (comp_id.empty()) return told({alice(), SessionLook{"BOB", "bob"}});
            told(comp_id == "ALICE" ? std::vector{alice()} : std::vector<SessionLook>{});
        };
        wiring.order_session = [this](const model::SessionWish& wish, const auto& told) {
            asked = std::string(name(wish.order)) + " " + wish.comp_id + " " + wish.text;
            if (is_silent) return looked.release();
            told(fault);
        };
        wiring.submit = [this](const model::Request& request) {
            const auto* const question = std::get_if<model::QuestionBody>(&request.body);
            if (question == nullptr || !commits) return;
            model::Group group;
            group.answers = {{.body = model::OutcomeAnswer{std::get<model::OutcomeQuestion>(*question).call}}};
            server->released(group);
        };
        wiring.absent_because = [this] { return absent_because; };
        server = std::make_unique<Server>(path, wiring);
    }

    std::string path = ::testing::TempDir() + "sessions_test.sock";
    bool is_silent = false;
    bool commits = true;
    std::string asked;
    std::string fault;
    std::string absent_because;
    std::counting_semaphore<> looked{0};
    Wiring wiring;
    std::unique_ptr<Server> server;
    Client client{path, 2};
};

TEST_F(SessionsTest, arrive_as_they_are) {
    EXPECT_THAT(client.sessions(""), ElementsAre(alice(), SessionLook{"BOB", "bob"}));
    EXPECT_THAT(client.sessions("ALICE"), ElementsAre(alice()));
}

TEST_F(SessionsTest, that_are_not_known_are_declined_by_name) {
    try {
        static_cast<void>(client.sessions("MALLORY"));
        FAIL() << "it was found";
    } catch (const Declined& error) {
        EXPECT_STREQ(error.what(), "The session MALLORY is not known.");
    }
}

TEST_F(SessionsTest, do_what_they_are_told) {
    client.order({"ALICE", SessionOrder::disconnect, "Good night."});
    EXPECT_EQ(asked, "disconnect ALICE Good night.");
    client.order({"BOB", SessionOrder::reset_numbers, ""});
    EXPECT_EQ(asked, "reset-numbers BOB ");
    client.order({"BOB", SessionOrder::test_request, ""});
    EXPECT_EQ(asked, "test-request BOB ");
}

TEST_F(SessionsTest, that_can_not_do_it_say_why) {
    fault = "The session isn't logged on.";
    EXPECT_THROW(client.order({"BOB", SessionOrder::disconnect, ""}), Declined);
}

TEST_F(SessionsTest, are_told_no_text_that_a_field_can_not_hold) {
    asked.clear();
    EXPECT_THROW(client.order({"ALICE", SessionOrder::disconnect, "a\001b"}), Declined);
    EXPECT_THROW(client.order({"ALICE", SessionOrder::disconnect, std::string(201, 'x')}), Declined);
    EXPECT_EQ(asked, "");
}

TEST_F(SessionsTest, did_it_when_it_is_durable_and_not_before) {
    commits = false;
    EXPECT_THROW(client.order({"ALICE", SessionOrder::reset_numbers, ""}), OutcomeUnknown);
}

TEST_F(SessionsTest, of_a_venue_that_recovers_or_stops_are_not_told_of) {
    absent_because = "The venue is stopping.";
    EXPECT_THROW(static_cast<void>(client.sessions("")), Declined);
    EXPECT_THROW(client.order({"ALICE", SessionOrder::disconnect, ""}), NotNow);
}

TEST_F(SessionsTest, whose_thread_ends_before_it_answers_keep_nobody_waiting) {
    is_silent = true;
    std::thread stopping([this] {
        looked.acquire();
        looked.acquire();
        server->stop();
    });
    Client other(path);
    std::thread looking([&] { EXPECT_THROW(static_cast<void>(other.sessions("")), Declined); });
    Client patient(path);
    EXPECT_THROW(patient.order({"ALICE", SessionOrder::disconnect, ""}), OutcomeUnknown);
    looking.join();
    stopping.join();
}

}  // namespace
}  // namespace venue::control
