// An established session: what arrives reaches the sequencer in order, what was released reaches the participant.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <future>
#include <sstream>
#include <string>
#include <thread>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"
#include "venue/fix/ahead_queue.hpp"

namespace venue::fix {
namespace {

using model::PlaceOrder;

std::size_t order_count(const std::vector<model::Request>& requests) {
    return static_cast<std::size_t>(std::ranges::count_if(requests, is_command<PlaceOrder>));
}

bool has_judged(const std::vector<model::Request>& requests, std::int64_t number) {
    return std::ranges::any_of(requests,
                               [&](const model::Request& request) { return request.origin.number == number; });
}

class GatewaySession : public ::testing::Test {
  protected:
    explicit GatewaySession(Settings settings = StubVenue::quick()) : venue(settings), client(venue.port()) {}

    void log_on(std::string_view more = "") {
        client.log_on("alice", StubVenue::secret(), more);
        ASSERT_EQ(client.receive("A").at(35), "A");
    }

    StubVenue venue;
    SocketClient client;
};

TEST_F(GatewaySession, turns_an_order_into_a_command_and_its_event_into_a_report) {
    log_on();
    client.send("D", order("a1"));
    const auto report = client.receive();
    EXPECT_EQ(report.at(35), "8");
    EXPECT_EQ(report.at(11), "a1");
    EXPECT_EQ(report.at(34), "2");
    EXPECT_EQ(report.at(150), "0");
    const auto requests = venue.requests();
    ASSERT_TRUE(is_command<PlaceOrder>(requests.back()));
    EXPECT_EQ(requests.back().origin, (model::Origin{StubVenue::alice, model::Incarnation(1), 2}));
    EXPECT_EQ(venue.numbers(StubVenue::alice).inbound_judged, 2);
}

TEST_F(GatewaySession, tells_of_each_outcome_that_was_written_when_its_request_was_read) {
    log_on();
    const auto now = [] { return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1); };
    const auto began = now();
    client.send("0");  // nobody is told what came of it
    client.send("D", order("a1"));
    EXPECT_EQ(client.receive().at(35), "8");
    venue.set_admission(model::Admission::busy);
    client.send("D", order("a2"));  // refused, without an event
    EXPECT_EQ(client.receive().at(35), "j");
    ASSERT_TRUE(venue.wait_for_told(2));
    EXPECT_EQ(venue.told().size(), 2U);
    for (const auto read_at : venue.told()) {
        EXPECT_GE(read_at, began);
        EXPECT_LE(read_at, now());
    }
}

TEST_F(GatewaySession, tells_nothing_before_the_commit) {
    log_on();
    venue.hold_commits();
    client.send("D", order("a1"));
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return order_count(requests) == 1; }));
    client.send("1", "112=first|");
    EXPECT_EQ(client.receive().at(112), "first") << "the session itself goes on";
    venue.let_commits_go();
    EXPECT_EQ(client.receive().at(35), "8");
}

TEST_F(GatewaySession, counts_administrative_messages_as_judged) {
    log_on();
    client.send("0");
    client.send("1", "112=x|");
    client.send("4", "123=Y|36=9|");
    EXPECT_TRUE(venue.wait_for([](const auto& requests) { return has_judged(requests, 8); }));
    client.send_as(9, "D", order("a1"));
    EXPECT_EQ(client.receive("8").at(11), "a1");
}

TEST_F(GatewaySession, closes_on_a_message_of_a_mebibyte) {
    log_on();
    client.send("D", order("a1") + "58=" + std::string(1 << 20, 'x') + "|");
    EXPECT_TRUE(client.is_closed());
    EXPECT_EQ(order_count(venue.requests()), 0U);
}

TEST_F(GatewaySession, acts_once_on_an_order_that_is_sent_again) {
    log_on();
    client.send("D", order("a1"));
    EXPECT_EQ(client.receive().at(11), "a1");
    client.send_as(2, "D", "43=Y|122=" + utc_now() + "|" + order("a1"));
    client.send("1", "112=after|");
    EXPECT_EQ(client.receive().at(112), "after");
    EXPECT_EQ(order_count(venue.requests()), 1U);
}

TEST_F(GatewaySession, declines_an_order_that_was_meant_for_another_time) {
    log_on();
    client.send("D", "43=Y|122=20260101-00:00:00|" + order("old"));
    client.send("D", "43=Y|122=" + utc_now() + "|" + order("fresh"));
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return order_count(requests) == 2; }));
    const auto requests = venue.requests();
    EXPECT_EQ(command_of<PlaceOrder>(requests[requests.size() - 2]).flaw.reason, model::RejectReason::stale_resend);
    EXPECT_EQ(command_of<PlaceOrder>(requests.back()).flaw.reason, model::RejectReason::none);
}

TEST_F(GatewaySession, asks_for_what_is_missing_and_takes_it_in_order) {
    log_on();
    client.send_as(4, "D", order("third"));
    const auto request = client.receive();
    EXPECT_EQ(request.at(35), "2");
    EXPECT_EQ(request.at(7), "2");
    const auto again = "43=Y|122=" + utc_now() + "|";
    client.send_as(2, "D", again + order("first"));
    client.send_as(3, "D", again + order("second"));
    for (const char* id : {"first", "second", "third"}) EXPECT_EQ(client.receive().at(11), id);
    EXPECT_EQ(venue.numbers(StubVenue::alice).inbound_judged, 4);
}

TEST_F(GatewaySession, declines_what_waited_behind_a_gap_until_it_was_stale) {
    log_on();
    const auto sent = [](int number, std::chrono::seconds ago) {
        return "35=D|49=ALICE|56=VENUE|34=" + std::to_string(number) + "|52=" + utc_before(ago) + "|";
    };
    client.send_bytes(framed(sent(3, std::chrono::seconds(10)) + order("too long")));
    client.send_bytes(framed(sent(4, std::chrono::seconds(0)) + order("a moment")));
    EXPECT_EQ(client.receive().at(35), "2");
    client.send_as(2, "4", "123=Y|36=3|");
    client.send_bytes(framed(sent(5, std::chrono::seconds(10)) + order("another clock")));
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return order_count(requests) == 3; }));
    auto requests = venue.requests();
    std::erase_if(requests, [](const auto& request) { return !is_command<PlaceOrder>(request); });
    const auto flaw = [&](std::size_t at) { return command_of<PlaceOrder>(requests[at]).flaw; };
    EXPECT_EQ(flaw(0), (model::Flaw{model::RejectReason::stale_resend, 52}));
    EXPECT_EQ(flaw(1), model::Flaw{});
    EXPECT_EQ(flaw(2), model::Flaw{}) << "who waited nowhere may have a clock of its own";
}

TEST_F(GatewaySession, keeps_what_is_beyond_a_gap_only_up_to_a_limit) {
    log_on();
    const auto last_kept = 2 + AheadQueue::span_max;
    client.send_as(last_kept + 1, "D", order("dropped"));
    EXPECT_EQ(client.receive().at(35), "2");
    client.send_as(last_kept, "D", order("kept"));
    client.send_as(2, "4", "123=Y|36=" + std::to_string(last_kept) + "|");
    EXPECT_EQ(client.receive().at(11), "kept");
    client.send_as(last_kept + 2, "D", order("next"));
    const auto request = client.receive();
    EXPECT_EQ(request.at(35), "2") << "what was dropped is asked for";
    EXPECT_EQ(request.at(7), std::to_string(last_kept + 1));
}

TEST_F(GatewaySession, asks_at_the_next_logon_for_what_a_logout_overtook) {
    log_on();
    client.send_as(3, "5");
    EXPECT_EQ(client.receive("5").at(35), "5");
    EXPECT_TRUE(client.is_closed());
    EXPECT_EQ(venue.numbers(StubVenue::alice).inbound_judged, 1);
    SocketClient returned(venue.port());
    returned.next_number = 4;
    returned.log_on("alice", StubVenue::secret());
    EXPECT_EQ(returned.receive("A").at(35), "A");
    EXPECT_EQ(returned.receive("2").at(7), "2");
    returned.send_as(2, "D", "43=Y|122=" + utc_now() + "|" + order("overtaken"));
    EXPECT_EQ(returned.receive("8").at(11), "overtaken");
}

TEST_F(GatewaySession, asks_once_for_what_is_missing) {
    log_on();
    for (int number = 4; number < 20; ++number) client.send_as(number, "0");
    client.send_as(20, "2", "7=1|16=1|");
    EXPECT_EQ(client.receive().at(35), "2");
    EXPECT_EQ(client.receive().at(35), "4") << "the participant's own request is answered at once";
    client.send_as(2, "4", "123=Y|36=4|");
    client.send_as(20, "1", "112=in step|");
    EXPECT_EQ(client.receive().at(112), "in step") << "it was answered, and not counted";
}

TEST_F(GatewaySession, answers_a_request_to_send_again_whose_number_was_used) {
    log_on();
    client.send("1", "112=x|");
    EXPECT_EQ(client.receive().at(112), "x");
    client.send_as(2, "2", "7=1|16=0|");
    EXPECT_EQ(client.receive().at(36), "3");
    client.send_as(3, "1", "112=in step|");
    EXPECT_EQ(client.receive().at(112), "in step");
}

/// The timer of the venue's end of the only connection, as the kernel tells it: 2 is that of keep-alive probes.
std::string connection_timer(std::uint16_t port) {
    std::ifstream table("/proc/net/tcp");
    std::ostringstream local;
    local << "0100007F:" << std::hex << std::uppercase << port;
    for (std::string line; std::getline(table, line);) {
        std::istringstream columns(line);
        std::string index, here, there, state, queues, timer;
        columns >> index >> here >> there >> state >> queues >> timer;
        if (here == local.str() && state == "01") return timer.substr(0, 2);
    }
    return "";
}

TEST_F(GatewaySession, notices_that_the_other_machine_is_gone_even_without_heartbeats) {
    log_on();
    ASSERT_TRUE(venue.wait_for([](const auto& requests) { return !requests.empty(); }));
    std::string timer = connection_timer(venue.port());
    for (int i = 0; i < 100 && timer != "02"; ++i) {
        // An answer that is not acknowledged yet has a timer of its own.
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        timer = connection_timer(venue.port());
    }
    EXPECT_EQ(timer, "02");
}

TEST_F(GatewaySession, reads_on_only_while_the_venue_has_room) {
    log_on();
    venue.set_admission(model::Admission::slow);
    for (int i = 0; i < 100; ++i) client.send("D", order("r" + std::to_string(i)));
    venue.make_event(StubVenue::alice);
    EXPECT_EQ(client.receive().at(35), "8") << "reports go on";
    EXPECT_EQ(order_count(venue.requests()), 0U);
    venue.set_admission(model::Admission::open);
    EXPECT_TRUE(venue.wait_for([](const auto& requests) { return order_count(requests) == 100; }));
}

TEST_F(GatewaySession, refuses_all_but_cancels_while_the_venue_is_busy) {
    log_on();
    venue.set_admission(model::Admission::busy);
    client.send("D", order("a1"));
    const auto refused = client.receive("j");
    EXPECT_EQ(refused.at(372), "D");
    EXPECT_EQ(refused.at(379), "a1");
    EXPECT_EQ(refused.at(380), "4");
    client.send("F", "11=c1|41=a1|55=BTC-USD|54=1|60=20260101-12:00:00|");
    EXPECT_TRUE(venue.wait_for([](const auto& requests) {
        return std::ranges::any_of(requests, [](const model::Request& request) {
            const auto* command = std::get_if<model::CommandBody>(&request.body);
            return command != nullptr && std::holds_alternative<model::CancelOrder>(*command);
        });
    }));
    EXPECT_EQ(order_count(venue.requests()), 0U);
    venue.set_admission(model::Admission::open);
    client.send("D", order("a1"));
    EXPECT_EQ(client.receive().at(11), "a1") << "its name was not used up";
}

TEST_F(GatewaySession, sends_heartbeats_and_asks_a_silent_participant) {
    client.send("A", "98=0|108=1|553=alice|554=" + StubVenue::secret() + "|");
    EXPECT_EQ(client.receive().at(35), "A");
    EXPECT_EQ(client.receive("0").at(35), "0");
    EXPECT_EQ(client.receive("1").at(35), "1");
    EXPECT_TRUE(client.is_closed()) << "who doesn't answer is gone";
}

TEST_F(GatewaySession, never_asks_a_participant_that_sends_nothing_but_orders) {
    client.send("A", "98=0|108=1|553=alice|554=" + StubVenue::secret() + "|");
    EXPECT_EQ(client.receive().at(35), "A");
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(4);
    for (int i = 0; std::chrono::steady_clock::now() < until; ++i) {
        client.send("D", order("a" + std::to_string(i)));
        auto message = client.receive();
        while (message.at(35) == "0") message = client.receive();
        ASSERT_EQ(message.at(11), "a" + std::to_string(i)) << message.bytes;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

struct SlowReader : GatewaySession {
    static constexpr std::int64_t queue_bytes_max = 100'000;
    static constexpr std::int64_t one_report_bytes = 1'000;

    static Settings small_queue() {
        auto settings = StubVenue::quick();
        settings.output_queue_bytes_max = queue_bytes_max;
        return settings;
    }
    SlowReader() : GatewaySession(small_queue()) {}

    /// What waits for alice's socket at this moment.
    std::int64_t waiting() {
        std::promise<std::int64_t> told;
        venue.gateway().look("ALICE", [&](auto looks) { told.set_value(looks.at(0).queued_bytes); });
        return told.get_future().get();
    }
};

TEST_F(SlowReader, is_cut_while_another_goes_on_and_lets_no_more_wait_than_it_may) {
    client.shrink_buffer();
    log_on();
    SocketClient other(venue.port(), "BOB");
    other.log_on("bob", StubVenue::secret());
    ASSERT_EQ(other.receive().at(35), "A");
    const auto is_cut = [](const auto& requests) {
        return std::ranges::any_of(requests, is_command<model::DisconnectSession>);
    };
    std::int64_t waiting_max = 0;
    for (int i = 0; i < 100'000 && !is_cut(venue.requests()); ++i) {
        venue.make_event(StubVenue::alice);
        waiting_max = std::max(waiting_max, waiting());
        if (i % 1'000 == 0) {
            other.send("D", order("b" + std::to_string(i)));
            ASSERT_EQ(other.receive("8").at(11), "b" + std::to_string(i));
        }
    }
    EXPECT_TRUE(venue.wait_for(is_cut));
    EXPECT_GT(waiting_max, queue_bytes_max / 2);
    EXPECT_LT(waiting_max, queue_bytes_max + one_report_bytes);  // the one that was too much
    other.send("1", "112=unharmed|");
    EXPECT_EQ(other.receive("0").at(112), "unharmed");
}

}  // namespace
}  // namespace venue::fix
