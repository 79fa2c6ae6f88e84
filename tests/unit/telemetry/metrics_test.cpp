// What the numbers say after groups were released.
#include "venue/telemetry/metrics.hpp"

#include <gmock/gmock.h>

#include <array>

#include "venue/telemetry/endpoint.hpp"
#include "venue/telemetry/latency.hpp"

namespace venue::telemetry {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

model::Event event(std::int64_t sequence, model::EventBody body) {
    model::Event event;
    event.sequence = event.command = model::Sequence{sequence};
    event.body = std::move(body);
    return event;
}

/// Two requests: 30 µs and 300 µs in the inbox, 3 ms with the engine, and 15 ms until they are durable; the append took
/// 12 ms of these.
model::Group released_group() {
    model::Group group;
    group.events.push_back(event(1, model::OrderAccepted{}));
    group.events.push_back(event(2, model::OrderRejected{.flaw = {model::RejectReason::insufficient_funds, 38}}));
    group.answers.push_back({.body = model::Refusal{model::RejectReason::venue_busy, "D", "a1"}});
    group.last = model::Sequence{2};
    const model::Passage late{.submitted_at = 1'000'000, .taken_at = 1'030'000, .judged_at = 4'030'000};
    model::Passage early = late;
    early.submitted_at -= 270'000;
    group.passages = {early, late};
    group.appending_at = 7'030'000;
    group.durable_at = 19'030'000;
    return group;
}

Readings readings_of_a_venue() {
    Readings readings;
    readings.judged = model::Sequence{12};
    readings.durable = model::Sequence{2};
    readings.inbox = 3;
    readings.sent_bytes_total = 4'096;
    return readings;
}

struct MetricsTest : ::testing::Test {
    Metrics metrics{"1.2.3", readings_of_a_venue};
};

TEST_F(MetricsTest, counts_events_rejections_and_refusals_by_code) {
    metrics.released(released_group());
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("venue_events_total{kind=\"OrderAccepted\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("venue_events_total{kind=\"OrderRejected\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("venue_rejections_total{reason=\"insufficient_funds\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("venue_refusals_total{reason=\"venue_busy\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("venue_refusals_total{reason=\"not_authorised\"} 0\n"));
}

TEST_F(MetricsTest, measures_each_room_from_the_stamps_of_the_way) {
    metrics.released(released_group());
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("venue_room_seconds_bucket{room=\"sequencer\",le=\"5e-05\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("venue_room_seconds_bucket{room=\"sequencer\",le=\"0.0005\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("venue_room_seconds_count{room=\"engine\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("venue_room_seconds_bucket{room=\"journal\",le=\"0.01\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("venue_room_seconds_bucket{room=\"journal\",le=\"0.02\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("venue_commit_seconds_count 1\n"));
    EXPECT_THAT(text, HasSubstr("venue_commit_events_bucket{le=\"2\"} 1\n"));
}

TEST_F(MetricsTest, measures_a_write_only_for_events_that_just_became_durable) {
    metrics.written(model::Sequence{2});
    EXPECT_THAT(metrics.text(), HasSubstr("venue_room_seconds_count{room=\"fix\"} 0\n"));
    auto group = released_group();
    group.durable_at = monotonic_now();
    metrics.released(group);
    metrics.written(model::Sequence{2});
    metrics.written(model::Sequence{3});
    EXPECT_THAT(metrics.text(), HasSubstr("venue_room_seconds_count{room=\"fix\"} 1\n"));
}

TEST_F(MetricsTest, measures_a_request_from_its_last_byte_to_what_came_of_it) {
    auto group = released_group();
    group.passages.front().read_at = group.passages.front().submitted_at - 70'000;
    metrics.released(group);
    const auto now = monotonic_now();
    metrics.told(std::array{now - 1'500'000'000, now - 1'500'000'000});
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("venue_room_seconds_bucket{room=\"fix_in\",le=\"5e-05\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("venue_room_seconds_bucket{room=\"fix_in\",le=\"0.0001\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("venue_room_seconds_count{room=\"fix_in\"} 1\n"))
        << "the other didn't come by a socket";
    EXPECT_THAT(text, HasSubstr("venue_request_seconds_bucket{le=\"1\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("venue_request_seconds_count 2\n"));
}

TEST_F(MetricsTest, shows_what_is_true_when_somebody_asks) {
    metrics.schema(4);
    metrics.recovered(2'500'000'000);
    static_cast<void>(metrics.text());
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("venue_build_info{version=\"1.2.3\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("venue_schema_version 4\n"));
    EXPECT_THAT(text, HasSubstr("venue_lag_events 10\n"));
    EXPECT_THAT(text, HasSubstr("venue_queue_depth{queue=\"inbox\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("venue_recovery_seconds 2.5\n"));
    EXPECT_THAT(text, HasSubstr("venue_sent_bytes_total 4096\n")) << "a total is no sum over those who asked";
    EXPECT_THAT(text, HasSubstr("venue_ready 0\n"));
    EXPECT_THAT(text, Not(HasSubstr("venue_resident_memory_bytes 0\n")));
}

TEST_F(MetricsTest, answers_by_path_with_the_status_that_a_supervisor_reads) {
    EXPECT_EQ(answer(metrics, "/metrics").status, 200U);
    EXPECT_EQ(answer(metrics, "/healthz").status, 200U);
    EXPECT_EQ(answer(metrics, "/readyz").status, 503U);
    EXPECT_EQ(answer(metrics, "/readyz").body, "The venue is recovering from its journal.\n");
    EXPECT_EQ(answer(metrics, "/").status, 404U);
}

}  // namespace
}  // namespace venue::telemetry
