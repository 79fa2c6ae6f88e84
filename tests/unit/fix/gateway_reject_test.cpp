// What a session may not send: malformed, garbled, of somebody else.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

class GatewayReject : public ::testing::Test {
  protected:
    GatewayReject() : client(venue.port()) {}

    void log_on() {
        client.log_on("alice", StubVenue::secret());
        ASSERT_EQ(client.receive("A").at(35), "A");
    }
    /// Orders that reached the sequencer.
    std::int64_t order_count() { return std::ranges::count_if(venue.requests(), is_command<model::PlaceOrder>); }

    StubVenue venue;
    SocketClient client;
};

TEST_F(GatewayReject, rejects_what_is_malformed_and_goes_on) {
    log_on();
    client.send("D", "11=a1|55=BTC-USD|54=1|60=" + utc_now() + "|38=abc|40=2|44=1|");
    const auto malformed = client.receive();
    EXPECT_EQ(malformed.at(35), "3");
    EXPECT_EQ(malformed.at(45), "2");
    EXPECT_EQ(malformed.at(373), "6");
    EXPECT_EQ(malformed.at(371), "38");
    client.send("D", "11=a1|55=BTC-USD|54=1|38=1|40=2|44=1|");
    EXPECT_EQ(client.receive().at(371), "60") << "a required field is missing";
    client.send("B", "148=news|33=1|58=x|");
    const auto refused = client.receive();
    EXPECT_EQ(refused.at(35), "j");
    EXPECT_EQ(refused.at(380), "3");
    EXPECT_EQ(refused.at(45), "4");
    client.send("D", order("a1"));
    EXPECT_EQ(client.receive().at(35), "8");
    EXPECT_EQ(venue.numbers(StubVenue::alice).inbound_judged, 5);
}

TEST_F(GatewayReject, ignores_a_message_with_a_field_that_is_none) {
    log_on();
    for (const char* field : {"x=1|", "=1|", "nonsense|"}) client.send_as(2, "D", order("a2") + field);
    client.send_as(7, "D", order("a2") + "x=1|");
    client.send_bytes(framed("34=9|35=0|49=ALICE|56=VENUE|52=" + utc_now() + "|"));
    client.send_as(2, "D", order("a3"));
    EXPECT_EQ(client.receive().at(11), "a3");
    EXPECT_EQ(order_count(), 1);
}

TEST_F(GatewayReject, rejects_a_tag_that_is_none_and_goes_on) {
    log_on();
    client.send("D", order("a1") + "100001=x|");
    const auto rejected = client.receive();
    EXPECT_EQ(rejected.at(35), "3");
    EXPECT_EQ(rejected.at(45), "2");
    EXPECT_EQ(rejected.at(372), "D");
    EXPECT_EQ(rejected.at(373), "0");
    EXPECT_EQ(rejected.at(371), "100001");
    client.send("D", order("a2") + "5000=x|");
    EXPECT_EQ(client.receive().at(371), "5000") << "nothing was agreed on";
    client.send("D", order("a3"));
    EXPECT_EQ(client.receive().at(11), "a3");
    EXPECT_EQ(order_count(), 1);
    EXPECT_EQ(venue.numbers(StubVenue::alice).inbound_judged, 4);
}

TEST_F(GatewayReject, rejects_at_once_what_is_malformed_and_ahead_of_its_turn) {
    log_on();
    client.send_as(9, "D", order("a1") + "9999=x|");
    const auto rejected = client.receive();
    EXPECT_EQ(rejected.at(35), "3");
    EXPECT_EQ(rejected.at(45), "9");
    client.send_as(2, "D", order("a2"));
    EXPECT_EQ(client.receive().at(11), "a2");
    EXPECT_EQ(venue.numbers(StubVenue::alice).inbound_judged, 2);
}

TEST_F(GatewayReject, tells_a_rejected_message_back_the_way_it_came) {
    log_on();
    client.send_bytes(framed("35=D|49=ALICE|56=VENUE|115=DESK|129=SUB|144=CHI|34=2|" + order("a1")));
    const auto rejected = client.receive("3");
    EXPECT_EQ(rejected.at(371), "52");
    EXPECT_EQ(rejected.at(128), "DESK");
    EXPECT_EQ(rejected.at(116), "SUB");
    EXPECT_EQ(rejected.at(145), "CHI");
}

TEST_F(GatewayReject, rejects_once_what_is_malformed_twice) {
    log_on();
    int number = 1;
    for (const char* time : {"52=|", "52=now|", ""}) {
        ++number;
        const auto header = "35=D|49=ALICE|56=VENUE|34=" + std::to_string(number) + "|" + time;
        client.send_bytes(framed(header + order("a1") + "100001=x|"));
        EXPECT_EQ(client.receive().at(45), std::to_string(number)) << time;
    }
    client.send_as(5, "D", order("a2"));
    const auto report = client.receive();
    EXPECT_EQ(report.at(35), "8");
    EXPECT_EQ(report.at(34), "5");
}

TEST_F(GatewayReject, rejects_a_message_without_a_time_and_goes_on) {
    log_on();
    client.send_bytes(framed("35=D|49=ALICE|56=VENUE|34=2|" + order("a1")));
    const auto rejected = client.receive();
    EXPECT_EQ(rejected.at(35), "3");
    EXPECT_EQ(rejected.at(45), "2");
    EXPECT_EQ(rejected.at(373), "1");
    EXPECT_EQ(rejected.at(371), "52");
    client.send_as(3, "D", order("a2"));
    EXPECT_EQ(client.receive().at(11), "a2");
    EXPECT_EQ(order_count(), 1);
}

TEST_F(GatewayReject, never_refuses_a_refusal) {
    log_on();
    const std::string start = "49=ALICE|56=VENUE|34=";
    const auto time = "52=" + utc_now() + "|";
    client.send_bytes(framed("35=3|" + start + "2|" + time + "45=1|100001=x|"));
    client.send_bytes(framed("35=j|" + start + "3|" + time + "45=1|372=8|380=0|100001=x|"));
    client.send_bytes(framed("35=3|" + start + "4|" + time + "58=what it is about is missing|"));
    client.send_bytes(framed("35=j|" + start + "5|45=1|372=8|380=0|"));
    client.send_bytes(framed("35=3|" + start + "6|52=now|43=?|45=1|"));
    client.send_bytes(framed("35=3|" + start + "4|43=Y|45=1|"));
    client.send_as(7, "1", "112=in step|");
    const auto answer = client.receive();
    EXPECT_EQ(answer.at(112), "in step") << with_bars(answer.bytes);
    EXPECT_EQ(venue.numbers(StubVenue::alice).inbound_judged, 7);
}

TEST_F(GatewayReject, ends_when_somebody_else_refuses) {
    log_on();
    client.send_bytes(framed("35=3|49=MALLORY|56=VENUE|34=2|52=" + utc_now() + "|45=1|9999=x|"));
    const auto rejected = client.receive();
    EXPECT_EQ(rejected.at(373), "9");
    EXPECT_EQ(rejected.at(372), "3");
    EXPECT_EQ(client.receive().at(35), "5");
}

TEST_F(GatewayReject, ends_when_a_number_is_none) {
    log_on();
    client.send_as(2'147'483'648, "0");
    const auto logout = client.receive();
    EXPECT_EQ(logout.at(35), "5");
    EXPECT_EQ(logout.at(58), "MsgSeqNum (34) must be one positive number below 2147483648.");
    EXPECT_TRUE(client.is_closed());
}

TEST_F(GatewayReject, ends_when_a_message_has_two_numbers) {
    log_on();
    client.send("0", "34=1000|");
    EXPECT_EQ(client.receive().at(58), "MsgSeqNum (34) must be one positive number below 2147483648.");
    EXPECT_TRUE(client.is_closed());
}

TEST_F(GatewayReject, ignores_garbled_bytes_in_between) {
    log_on();
    client.send_bytes(with_bars("8=FIX.4.4|9=5|35=D|10=000|"));
    client.send_bytes(framed("35=D|49=ALICE|56=VENUE|34=2|52=" + utc_now() + "|95=99999999|96=abc|" + order("x")));
    client.send("D", order("a1"));
    EXPECT_EQ(client.receive().at(11), "a1");
    EXPECT_EQ(order_count(), 1);
}

}  // namespace
}  // namespace venue::fix
