// When the venue calls itself alive, and when it may be traded on.
#include "venue/telemetry/health.hpp"

#include <gtest/gtest.h>

namespace venue::telemetry {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t now = 100 * second;

Readings at_work() {
    Readings readings;
    readings.recovered = readings.listening = true;
    readings.engine_beat = readings.committer_beat = readings.fix_beat = now - second;
    readings.journal_seen = now - second;
    return readings;
}

TEST(Health, a_venue_at_work_is_alive_and_ready) {
    EXPECT_TRUE(alive(at_work(), now).holds);
    EXPECT_EQ(ready(at_work(), now).sentence, "The venue is ready.");
    EXPECT_TRUE(ready(at_work(), now).holds);
}

TEST(Health, a_venue_that_recovers_is_alive_and_not_ready) {
    EXPECT_TRUE(alive({}, now).holds);
    EXPECT_FALSE(ready({}, now).holds);
    EXPECT_EQ(ready({}, now).sentence, "The venue is recovering from its journal.");
}

TEST(Health, a_venue_that_does_not_listen_is_not_ready) {
    auto readings = at_work();
    readings.listening = false;
    EXPECT_EQ(ready(readings, now).sentence, "The venue does not listen yet.");
}

TEST(Health, each_thread_that_is_stuck_ends_readiness) {
    for (const auto beat : {&Readings::engine_beat, &Readings::committer_beat, &Readings::fix_beat}) {
        auto readings = at_work();
        readings.*beat = now - beat_age_max;
        EXPECT_TRUE(ready(readings, now).holds) << "the limit itself is allowed";
        readings.*beat -= second;
        EXPECT_FALSE(ready(readings, now).holds);
    }
}

TEST(Health, a_database_that_hangs_is_no_reason_to_kill_the_venue) {
    auto readings = at_work();
    readings.fix_beat = now - beat_age_max - second;
    EXPECT_FALSE(alive(readings, now).holds);
    readings.fix_beat = now;
    readings.engine_beat = readings.committer_beat = now - beat_age_max - second;
    EXPECT_TRUE(alive(readings, now).holds) << "both wait for a commit";
}

TEST(Health, a_venue_that_stops_is_alive_and_not_ready) {
    auto readings = at_work();
    readings.stopping = true;
    EXPECT_TRUE(alive(readings, now).holds);
    EXPECT_EQ(ready(readings, now).sentence, "The venue is stopping.");
}

TEST(Health, a_journal_that_was_not_seen_for_seconds_is_no_journal_to_trade_on) {
    auto readings = at_work();
    readings.journal_seen = now - journal_age_max - second;
    EXPECT_TRUE(alive(readings, now).holds);
    EXPECT_EQ(ready(readings, now).sentence, "The journal was last seen 6 s ago.");
}

}  // namespace
}  // namespace venue::telemetry
