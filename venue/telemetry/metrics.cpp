#include "venue/telemetry/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <chrono>
#include <mutex>

#include "venue/telemetry/durable_moments.hpp"
#include "venue/telemetry/health.hpp"
#include "venue/telemetry/latency.hpp"
#include "venue/telemetry/machine.hpp"

namespace venue::telemetry {
namespace {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Registry;
using Labels = std::map<std::string, std::string>;

constexpr std::size_t reasons_max = 256;
using CounterOfReason = std::array<Counter*, reasons_max>;

Gauge& gauge(Registry& registry, const std::string& name, const std::string& help, const Labels& labels = {}) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(labels);
}

Counter& counter(Registry& registry, const std::string& name, const std::string& help, const Labels& labels = {}) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add(labels);
}

Histogram& latency(Registry& registry, const std::string& name, const std::string& help, const Labels& labels = {}) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add(labels,
                                                                                     latency_bounds_in_seconds());
}

Histogram& room(Registry& registry, const std::string& name) {
    return latency(
        registry, "venue_room_seconds",
        "Time that a request spends on its way: from the socket until it is decoded (fix_in); in the sequencer's "
        "inbox; being judged with its batch by the engine; until it is durable in the journal; and from there until "
        "its report is in the kernel's hands (fix; one sample for each write to a socket).",
        {{"room", name}});
}

Gauge& queue(Registry& registry, const std::string& name) {
    return gauge(registry, "venue_queue_depth",
                 "What waits: requests in the inbox, events and answers in the forming group, groups before the FIX "
                 "worker (release).",
                 {{"queue", name}});
}

Gauge& beat_age(Registry& registry, const std::string& thread) {
    return gauge(registry, "venue_thread_beat_age_seconds", "How long ago a thread began its last turn.",
                 {{"thread", thread}});
}

/// One counter for every reason of the catalogue, so that a rate is zero before its first no.
CounterOfReason by_reason(Registry& registry, const std::string& name, const std::string& help) {
    CounterOfReason counters{};
    for (std::size_t number = 0; number < reasons_max; ++number) {
        const auto reason = model::name(static_cast<model::RejectReason>(number));
        if (!reason.empty()) counters[number] = &counter(registry, name, help, {{"reason", std::string(reason)}});
    }
    return counters;
}

void count(const CounterOfReason& counters, model::RejectReason reason) {
    auto* const counted = counters[static_cast<std::size_t>(reason)];
    if (counted != nullptr) counted->Increment();
}

/// What is counted elsewhere comes as a total.
void raise_to(Counter& counted, std::int64_t total) { counted.Increment(static_cast<double>(total) - counted.Value()); }

double age(std::int64_t moment, std::int64_t now) { return moment == 0 ? 0 : static_cast<double>(now - moment) / 1e9; }

double unix_time() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration<double>(now).count();
}

}  // namespace

struct Metrics::Families {
    Registry all;

    // Counted when a group is released.
    Histogram& commit = latency(all, "venue_commit_seconds", "Time that one group commit took.");
    Histogram& commit_events = prometheus::BuildHistogram()
                                   .Name("venue_commit_events")
                                   .Help("Events in one group commit.")
                                   .Register(all)
                                   .Add({}, Histogram::BucketBoundaries{0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000,
                                                                        2000, 5000, 10000, 20000});
    Histogram& request = latency(all, "venue_request_seconds",
                                 "Time from a request's last byte until what came of it is in the kernel's hands: "
                                 "reports, rejections, refusals and answers.");
    Histogram& in_fix_in = room(all, "fix_in");
    Histogram& in_sequencer = room(all, "sequencer");
    Histogram& in_engine = room(all, "engine");
    Histogram& in_journal = room(all, "journal");
    Histogram& in_fix = room(all, "fix");
    CounterOfReason rejections =
        by_reason(all, "venue_rejections_total", "Orders, cancels and replaces that were judged and declined.");
    CounterOfReason refusals =
        by_reason(all, "venue_refusals_total", "Messages that were not admitted: business rejects (35=j).");
    Counter& market_data_refusals =
        counter(all, "venue_market_data_refusals_total", "Market data requests that were refused (35=Y).");
    std::array<Counter*, std::variant_size_v<model::EventBody>> events{};

    // Read when somebody asks.
    Counter& session_rejects =
        counter(all, "venue_session_rejects_total", "Malformed messages: session rejects (35=3).");
    Counter& rate_logouts =
        counter(all, "venue_rate_logouts_total", "Sessions that were ended because they sent too many requests.");
    Counter& connections_total = counter(all, "venue_connections_total", "FIX connections that were accepted.");
    Counter& received_bytes = counter(all, "venue_received_bytes_total", "Bytes read from FIX connections.");
    Counter& sent_bytes = counter(all, "venue_sent_bytes_total", "Bytes written to FIX connections.");
    Gauge& connections = gauge(all, "venue_connections", "FIX connections that are open.");
    Gauge& sessions_on = gauge(all, "venue_sessions_on", "FIX sessions that are logged on.");
    Gauge& inbox = queue(all, "inbox");
    Gauge& forming = queue(all, "forming");
    Gauge& release = queue(all, "release");
    Gauge& output_bytes = gauge(all, "venue_output_waiting_bytes", "Bytes that wait for clients to read.");
    Gauge& last_sequence = gauge(all, "venue_last_sequence", "Sequence number of the last durable event.");
    Gauge& snapshot = gauge(all, "venue_snapshot_sequence",
                            "Sequence number behind the newest stored snapshot, looked up each minute.");
    Gauge& archived =
        gauge(all, "venue_archived_until", "The last event that only the archive's files have, looked up each minute.");
    Gauge& carried_until = gauge(all, "venue_carried_until",
                                 "The last mark at which the orders' states were carried, looked up each minute.");
    Gauge& ranges_end =
        gauge(all, "venue_ranges_end", "The first event that no partition is ready for, looked up each minute.");
    Gauge& lag = gauge(all, "venue_lag_events", "Events that are judged and not yet durable.");
    Gauge& is_ready = gauge(all, "venue_ready", "1 when /readyz says so.");
    Gauge& engine_age = beat_age(all, "engine");
    Gauge& committer_age = beat_age(all, "committer");
    Gauge& fix_age = beat_age(all, "fix");
    Gauge& journal_age =
        gauge(all, "venue_journal_seen_age_seconds", "How long ago the database last said that the journal is ours.");
    Gauge& resident = gauge(all, "venue_resident_memory_bytes", "Physical memory of the process.");
    Gauge& clock_synchronised = gauge(all, "venue_clock_synchronised", "1 when a daemon disciplines the wall clock.");
    Gauge& clock_offset =
        gauge(all, "venue_clock_offset_seconds", "What the clock's daemon still has to correct (adjtimex).");
    Gauge& clock_error = gauge(all, "venue_clock_error_max_seconds",
                               "The wall clock is at most this far off, if it is synchronised (adjtimex).");
    Gauge& clock_drift =
        gauge(all, "venue_clock_drift_seconds",
              "How far the wall clock ran ahead of the monotonic one since the start: steps show here.");
    Gauge& schema = gauge(all, "venue_schema_version", "Version of the database's schema.");
    Gauge& recovery = gauge(all, "venue_recovery_seconds", "Time that the last recovery took.");
    WallClockDrift drift{};

    // The committer's own counts, handed over once per group.
    LatencyTally fix_in_times, sequencer_times, engine_times, journal_times, commit_times;
    LatencyTally request_times;  ///< The FIX worker's.
    DurableMoments durable_moments;
    std::mutex reading;  ///< Totals are raised by one reader at a time.

    explicit Families(const std::string& version) {
        gauge(all, "venue_build_info", "Always 1; the label says what runs.", {{"version", version}}).Set(1);
        gauge(all, "venue_start_time_seconds", "When the process started, in seconds since 1970 UTC.").Set(unix_time());
    }

    void count_event(const model::Event& event);
    void count_answer(const model::Answer& answer) const;
    void measure(const model::Group& group);
    void show(const Readings& readings);
    void show_machine();
};

Metrics::Metrics(const std::string& version, std::function<Readings()> read)
    : read_(std::move(read)), families_(std::make_unique<Families>(version)) {}
Metrics::~Metrics() = default;

// ---- What happens ---------------------------------------------------------------------------------------------------

void Metrics::schema(int version) { families_->schema.Set(version); }

void Metrics::recovered(std::int64_t nanoseconds) { families_->recovery.Set(static_cast<double>(nanoseconds) / 1e9); }

void Metrics::released(const model::Group& group) {
    auto& families = *families_;
    for (const auto& event : group.events) families.count_event(event);
    for (const auto& answer : group.answers) families.count_answer(answer);
    families.measure(group);
}

void Metrics::Families::count_event(const model::Event& event) {
    auto*& counted = events[event.body.index()];
    if (counted == nullptr) {
        counted = &counter(all, "venue_events_total", "Events that became durable, by kind.",
                           {{"kind", std::string(model::name(event.body))}});
    }
    counted->Increment();
    if (const auto* const rejected = std::get_if<model::OrderRejected>(&event.body)) {
        count(rejections, rejected->flaw.reason);
    } else if (const auto* const change = std::get_if<model::ChangeRejected>(&event.body)) {
        count(rejections, change->flaw.reason);
    } else if (const auto* const cancelled = std::get_if<model::MassCancelReported>(&event.body)) {
        if (cancelled->flaw) count(rejections, cancelled->flaw.reason);
    } else if (const auto* const transfer = std::get_if<model::TransferRejected>(&event.body)) {
        count(rejections, transfer->reason);
    }
}

void Metrics::Families::count_answer(const model::Answer& answer) const {
    if (const auto* const refusal = std::get_if<model::Refusal>(&answer.body)) {
        count(refusals, refusal->reason);
    } else if (std::holds_alternative<model::MarketDataRefusal>(answer.body)) {
        market_data_refusals.Increment();
    }
}

void Metrics::Families::measure(const model::Group& group) {
    // What is told before its commit has no moment of durability yet.
    const bool is_durable = group.durable_at != 0;
    if (is_durable) commit_times.add(group.durable_at - group.appending_at);
    for (const auto& passage : group.passages) {
        if (passage.read_at != 0) fix_in_times.add(passage.submitted_at - passage.read_at);
        sequencer_times.add(passage.taken_at - passage.submitted_at);
        engine_times.add(passage.judged_at - passage.taken_at);
        if (is_durable) journal_times.add(group.durable_at - passage.judged_at);
    }
    commit_times.hand_over(commit);
    commit_events.Observe(static_cast<double>(group.events.size()));
    fix_in_times.hand_over(in_fix_in);
    sequencer_times.hand_over(in_sequencer);
    engine_times.hand_over(in_engine);
    journal_times.hand_over(in_journal);
    if (group.events.empty() || !is_durable) return;
    durable_moments.note(group.events.front().sequence, group.events.back().sequence, group.durable_at);
}

void Metrics::written(model::Sequence mark) {
    const auto durable_at = families_->durable_moments.of(mark);
    if (!durable_at) return;
    families_->in_fix.Observe(static_cast<double>(monotonic_now() - *durable_at) / 1e9);
}

void Metrics::told(std::span<const std::int64_t> read_at) {
    const auto now = monotonic_now();
    for (const auto moment : read_at) families_->request_times.add(now - moment);
    families_->request_times.hand_over(families_->request);
}

// ---- What is --------------------------------------------------------------------------------------------------------

Readings Metrics::readings() const { return read_(); }

void Metrics::Families::show(const Readings& readings) {
    const auto now = monotonic_now();
    raise_to(session_rejects, readings.session_rejects_total);
    raise_to(rate_logouts, readings.rate_logouts_total);
    raise_to(connections_total, readings.connections_total);
    raise_to(received_bytes, readings.received_bytes_total);
    raise_to(sent_bytes, readings.sent_bytes_total);
    connections.Set(static_cast<double>(readings.connections));
    sessions_on.Set(static_cast<double>(readings.sessions_on));
    inbox.Set(static_cast<double>(readings.inbox));
    forming.Set(static_cast<double>(readings.forming));
    release.Set(static_cast<double>(readings.released));
    output_bytes.Set(static_cast<double>(readings.output_bytes));
    last_sequence.Set(static_cast<double>(readings.durable.value));
    snapshot.Set(static_cast<double>(readings.snapshot.value));
    archived.Set(static_cast<double>(readings.archived.value));
    ranges_end.Set(static_cast<double>(readings.ranges_end.value));
    carried_until.Set(static_cast<double>(readings.carried_until.value));
    lag.Set(static_cast<double>(readings.judged.value - readings.durable.value));
    is_ready.Set(ready(readings, now).holds ? 1 : 0);
    engine_age.Set(age(readings.engine_beat, now));
    committer_age.Set(age(readings.committer_beat, now));
    fix_age.Set(age(readings.fix_beat, now));
    journal_age.Set(age(readings.journal_seen, now));
}

void Metrics::Families::show_machine() {
    const auto clock = clock_state();
    resident.Set(static_cast<double>(resident_bytes()));
    clock_synchronised.Set(clock.is_synchronised ? 1 : 0);
    clock_offset.Set(clock.offset);
    clock_error.Set(clock.error_max);
    clock_drift.Set(drift.seconds());
}

std::string Metrics::text() {
    const auto readings = read_();
    const std::lock_guard lock(families_->reading);
    families_->show(readings);
    families_->show_machine();
    return prometheus::TextSerializer().Serialize(families_->all.Collect());
}

}  // namespace venue::telemetry
