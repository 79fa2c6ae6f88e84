// A session engine on a clock that the test moves: what a worker that is held up, or midnight, does to a session.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/simulation/simulated_clock.hpp"
#include "tests/unit/fix/socket_client.hpp"
#include "venue/fix/dictionaries.hpp"
#include "venue/fix/session_engine.hpp"

namespace venue::fix {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t until_midnight = 12 * 60 * 60 * second;
constexpr std::int64_t number_max = std::numeric_limits<std::int32_t>::max();

/// Logged on half a second before midnight, with a heartbeat each second.
class SessionClock : public ::testing::Test {
  protected:
    SessionClock() {
        engine.connect();
        engine.receive(message("A", "98=0|108=1|"));
        EXPECT_TRUE(engine.is_logged_on());
    }

    std::string message(const std::string& type, const std::string& body) {
        return framed("35=" + type + "|49=ALICE|56=VENUE|34=" + std::to_string(engine.next_target()) +
                      "|52=" + utc_now() + "|" + body);
    }
    /// Of an order that comes now, whether the library was left out.
    bool is_taken_plainly() {
        const auto bytes = message("D", "11=a1|55=BTC-USD|54=1|60=" + utc_now() + "|38=0.5|40=2|44=20000|59=1|");
        Fields fields;
        EXPECT_TRUE(fields.parse(bytes));
        if (engine.take_plain(fields)) return true;
        engine.receive(bytes);
        return false;
    }
    [[nodiscard]] bool was_told(const std::string& type) const {
        return std::ranges::any_of(
            told, [&](const auto& bytes) { return bytes.find(with_bars("|35=" + type + "|")) != std::string::npos; });
    }

    /// Set first of all: the engine looks at it as soon as it is there.
    struct Clock {
        Clock() {
            simulation::system_clock::reset();
            simulation::system_clock::advance(until_midnight - second / 2);
        }
    } clock;
    std::vector<std::string> told;
    int orders = 0;
    const Dialect& dialect = fix::dialect(model::FixVersion::fix44, false);
    SessionDictionaries dictionaries{read_dictionaries(DICTIONARIES), {}};
    SessionEngine engine{"VENUE",
                         "ALICE",
                         dialect,
                         dictionaries.of("ALICE", dialect),
                         dictionaries.rules_of("ALICE", dialect),
                         {[this](const std::string& bytes) { told.push_back(bytes); }, [this] { ++orders; }}};
};

/// Else it would take a busy participant for a silent one as soon as the worker comes to look at the time.
TEST_F(SessionClock, has_the_library_take_the_first_plain_message_of_each_second_while_the_worker_never_ticks) {
    for (int i = 0; i < 10; ++i) {
        simulation::system_clock::advance(second);
        EXPECT_FALSE(is_taken_plainly());
        EXPECT_TRUE(is_taken_plainly());
        EXPECT_TRUE(is_taken_plainly());
    }
    engine.tick();
    EXPECT_TRUE(engine.is_logged_on());
    EXPECT_FALSE(was_told("1")) << "who sends orders isn't asked whether he is there";
    EXPECT_EQ(orders, 30);
    EXPECT_EQ(engine.next_target(), 32);
}

TEST_F(SessionClock, shows_the_library_who_is_silent) {
    EXPECT_TRUE(is_taken_plainly());
    simulation::system_clock::advance(2 * second);
    engine.tick();
    EXPECT_TRUE(was_told("1"));
    simulation::system_clock::advance(2 * second);
    engine.tick();
    EXPECT_FALSE(engine.is_logged_on());
}

TEST_F(SessionClock, goes_on_with_its_numbers_at_midnight) {
    EXPECT_TRUE(is_taken_plainly());
    simulation::system_clock::advance(second);
    engine.tick();
    EXPECT_FALSE(is_taken_plainly());
    EXPECT_TRUE(is_taken_plainly());
    EXPECT_TRUE(engine.is_logged_on());
    EXPECT_EQ(orders, 3);
    EXPECT_EQ(engine.next_target(), 5);
    EXPECT_FALSE(was_told("5"));
}

/// The rules pass whole numbers of up to nine digits, so the end of all numbers is the library's to judge.
TEST_F(SessionClock, stays_at_the_largest_number_that_there_is) {
    engine.set_next_target(999'999'999);
    EXPECT_TRUE(is_taken_plainly());
    EXPECT_EQ(engine.next_target(), 1'000'000'000);
    EXPECT_FALSE(is_taken_plainly());
    EXPECT_EQ(engine.next_target(), 1'000'000'001);
    engine.set_next_target(number_max);
    for (int i = 0; i < 2; ++i) {
        EXPECT_FALSE(is_taken_plainly());
        EXPECT_EQ(engine.next_target(), number_max);
    }
    EXPECT_TRUE(engine.is_logged_on());
    EXPECT_EQ(orders, 4);
}

}  // namespace
}  // namespace venue::fix
