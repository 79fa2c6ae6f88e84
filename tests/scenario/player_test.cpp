// The language judged by what it must not let pass.
#include "tests/scenario/player.hpp"

#include <gmock/gmock.h>

#include <deque>

namespace scenario {
namespace {

/// Answers every message of alice with the same two reports.
class EchoVenue final : public VenueUnderTest {
  public:
    void send(const std::string&, const Message& message) override {
        sent.push_back(message);
        waiting.push_back({"8", {{37, "7"}, {150, "0"}, {58, "two words"}}});
        waiting.push_back({"8", {{37, "7"}, {150, "F"}}});
    }
    std::optional<Message> receive(const std::string&) override {
        if (waiting.empty()) return {};
        auto message = waiting.front();
        waiting.pop_front();
        return message;
    }
    std::optional<Message> left_over(const std::string& session) override { return receive(session); }
    std::string ledger(const std::string&, const std::string&) override { return "1.5"; }
    std::string held(const std::string&, const std::string&) override { return "0"; }
    void operate(const std::vector<std::string>&) override {}
    void set_time(std::int64_t nanoseconds) override { now = nanoseconds; }
    [[nodiscard]] std::int64_t time() const override { return now; }

    std::vector<Message> sent;
    std::deque<Message> waiting;
    std::int64_t now = 0;
};

/// The fault with which a script ends; empty when it plays as written.
std::string fault_of(const std::string& text) {
    EchoVenue venue;
    try {
        play(parse_script("s", text), venue);
    } catch (const ScriptFault& fault) {
        return fault.what();
    }
    return {};
}

const std::string asked = "alice > D ClOrdID=a1\n";
const std::string both = asked + "alice < 8 ExecType=NEW ...\nalice < 8 ExecType=TRADE ...\n";

TEST(Scenario, plays_what_is_as_written) {
    EXPECT_EQ(fault_of(both + "ledger alice BTC 1.5\nheld alice BTC 0 # nothing\n"), "");
    EXPECT_EQ(fault_of(asked + "alice < 8 OrderID=$a ExecType=0 Text=\"two words\"\nalice < 8 37=$a 150=F\n"), "");
}

TEST(Scenario, a_value_that_differs_fails) {
    EXPECT_THAT(fault_of(asked + "alice < 8 ExecType=TRADE ...\n"), testing::StartsWith("s:2: ExecType is 0, not F"));
    EXPECT_THAT(fault_of(both + "ledger alice BTC 1\n"), testing::StartsWith("s:4: alice's BTC is 1.5, not 1"));
    EXPECT_THAT(fault_of(asked + "alice < 9 ...\n"), testing::HasSubstr("type 8"));
}

TEST(Scenario, a_field_that_is_not_listed_fails_unless_the_line_is_open) {
    EXPECT_THAT(fault_of(asked + "alice < 8 OrderID=7 ExecType=NEW\n"), testing::HasSubstr("Text is not expected"));
    EXPECT_THAT(fault_of(asked + "alice < 8 OrderID=7 OrderID=7 ...\n"), testing::HasSubstr("OrderID is missing"));
}

TEST(Scenario, a_name_stands_for_one_value) {
    EXPECT_THAT(fault_of(asked + "alice < 8 ExecType=$x ...\nalice < 8 ExecType=$x ...\n"),
                testing::StartsWith("s:3: ExecType is F, not 0"));
    EXPECT_THAT(fault_of("alice > D ClOrdID=$x\n"), testing::HasSubstr("$x stands for nothing yet"));
}

TEST(Scenario, a_message_that_no_line_expects_fails) {
    EXPECT_THAT(fault_of(asked + "alice < 8 ExecType=NEW ...\n"), testing::HasSubstr("alice received more: 8"));
    EXPECT_THAT(fault_of(both + "alice < 8 ...\n"), testing::HasSubstr("alice received nothing"));
}

TEST(Scenario, a_contained_word_is_enough_where_it_is_asked_for) {
    EXPECT_EQ(fault_of(asked + "alice < 8 Text~words ...\nalice < 8 ...\n"), "");
    EXPECT_THAT(fault_of(asked + "alice < 8 Text~three ...\nalice < 8 ...\n"), testing::HasSubstr("Text is two words"));
}

TEST(Scenario, time_moves_to_a_moment_and_by_a_span) {
    EchoVenue venue;
    play(parse_script("s", "at 2026-01-01T23:59:59Z\nadvance 1s\n"), venue);
    EXPECT_EQ(venue.now, 1'767'312'000'000'000'000);
}

TEST(Scenario, a_line_that_makes_no_sense_is_told_with_its_number) {
    for (const char* line :
         {"alice > D ClOrdId=a1", "alice > D ...", "alice ? D", "alice >", "given fees BTC-USD maker 10",
          "given session desk alice", "at noon", "advance 1y", "alice < 8 ExecType", "ledger alice BTC"}) {
        EXPECT_THROW(parse_script("s", line), ScriptFault) << line;
    }
}

TEST(Scenario, what_is_given_is_kept_in_its_units) {
    const auto script = parse_script("s",
                                     "given alice BTC 1 USD 2\ngiven session desk of alice\n"
                                     "given fees BTC-USD maker -0.5bp taker 20bp from quote\n");
    EXPECT_EQ(script.fees.at(0).maker, "-500");
    EXPECT_EQ(script.fees.at(0).taker, "20000");
    EXPECT_EQ(script.fees.at(0).source, "quote");
    EXPECT_EQ(script.sessions.at(1).participant, "alice");
    EXPECT_EQ(script.balances.at(0).second.at(1), (std::pair<std::string, std::string>("USD", "2")));
}

}  // namespace
}  // namespace scenario
