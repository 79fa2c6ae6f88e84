#include "venue/commands/lookout.hpp"

#include "venue/commands/logging.hpp"
#include "venue/telemetry/health.hpp"

namespace venue::commands {

Lookout::Lookout(const config::TelemetrySettings& settings) : metrics_(VENUE_VERSION, [this] { return read(); }) {
    if (settings.port == 0) return;
    server_ = std::make_unique<telemetry::HttpServer>(
        settings.address, settings.port, [this](std::string_view path) { return telemetry::answer(metrics_, path); });
}

Lookout::~Lookout() = default;

void Lookout::look_at(std::function<telemetry::Readings()> source) {
    const std::lock_guard lock(mutex_);
    source_ = std::move(source);
}

telemetry::Readings Lookout::read() {
    const std::lock_guard lock(mutex_);
    return source_ ? source_() : telemetry::Readings{};
}

View::View(Lookout& lookout, const config::Settings& settings, Pipeline& pipeline,
           const journal::PostgresJournal& journal, int schema_version, std::shared_ptr<const fix::Traffic> traffic)
    : lookout_(lookout),
      pipeline_(pipeline),
      journal_(journal),
      schema_version_(schema_version),
      durability_(settings.journal.durability),
      traffic_(std::move(traffic)),
      started_at_(sequencer::SystemClock().now()) {
    control::Wiring wiring;
    wiring.status = [this] { return status(); };
    wiring.set_log_level = set_log_level;
    wiring.submit = [this](model::Request request) { pipeline_.submit(std::move(request)); };
    wiring.has_room = [this] { return listening_ && pipeline_.admission() == model::Admission::open; };
    control_ = std::make_unique<control::Server>(settings.control_socket, std::move(wiring));
    lookout_.look_at([this] { return readings(); });
}

View::~View() { lookout_.look_at({}); }

void View::restore(const model::Reference& reference, const std::vector<fix::RestoredSession>& sessions) {
    std::vector<model::SessionNumbers> numbers;
    for (const auto& session : sessions) numbers.push_back(session.numbers);
    board_.restore(reference, numbers);
}

void View::released(const model::Group& group) {
    control_->released(group);
    board_.released(group);
    lookout_.metrics().released(group);
}

telemetry::Readings View::readings() const {
    const auto progress = pipeline_.progress();
    telemetry::Readings readings;
    readings.recovered = true;
    readings.listening = listening_;
    readings.judged = progress.judged;
    readings.durable = progress.durable;
    readings.engine_beat = progress.engine_beat;
    readings.committer_beat = progress.committer_beat;
    readings.journal_seen = progress.journal_seen;
    readings.inbox = progress.inbox;
    readings.forming = progress.forming;
    readings.fix_beat = traffic_->beat;
    readings.released = static_cast<std::size_t>(traffic_->waiting_groups);
    readings.output_bytes = static_cast<std::size_t>(traffic_->waiting_bytes);
    readings.connections = traffic_->connections;
    readings.connections_total = traffic_->connections_total;
    readings.received_bytes_total = traffic_->received_bytes_total;
    readings.sent_bytes_total = traffic_->sent_bytes_total;
    readings.session_rejects_total = traffic_->session_rejects_total;
    readings.sessions_on = board_.sessions_on();
    return readings;
}

control::Status View::status() const {
    const auto seen = readings();
    const auto verdict = telemetry::ready(seen, sequencer::monotonic_now());
    control::Status status;
    status.version = VENUE_VERSION;
    status.role = "primary";
    status.state = verdict.sentence;
    status.ready = verdict.holds;
    status.started_at = started_at_.nanoseconds;
    status.uptime_seconds = (sequencer::SystemClock().now().nanoseconds - started_at_.nanoseconds) / 1'000'000'000;
    status.last_sequence = seen.durable.value;
    status.lag_events = seen.judged.value - seen.durable.value;
    status.inbox_depth = static_cast<std::int64_t>(seen.inbox);
    status.durability = model::name(durability_);
    status.schema_version = schema_version_;
    status.fence_epoch = journal_.epoch();
    status.fence_owner = journal_.owner();
    status.sessions = board_.sessions();
    return status;
}

}  // namespace venue::commands
