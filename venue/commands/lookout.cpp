#include "venue/commands/lookout.hpp"

#include "venue/commands/logging.hpp"
#include "venue/commands/operator_command.hpp"
#include "venue/commands/signals.hpp"
#include "venue/config/plan.hpp"
#include "venue/telemetry/health.hpp"

namespace venue::commands {
Lookout::Lookout(const config::Settings& settings)
    : metrics_(VENUE_VERSION, [this] { return read(); }), trades_(settings.journal.url) {
    fixed_.version = VENUE_VERSION;
    fixed_.role = "primary";
    fixed_.started_at = sequencer::SystemClock().now().nanoseconds;
    fixed_.durability = model::name(settings.journal.durability);
    const auto& from = settings.telemetry;
    if (from.port == 0) return;
    server_ = std::make_unique<telemetry::HttpServer>(
        from.address, from.port, [this](std::string_view path) { return telemetry::answer(metrics_, path); });
}

// What is looked up is told to the server, which waits for its calls to end.
Lookout::~Lookout() {
    trades_.stop();
    control_.reset();
}

void Lookout::answer_operator(const std::string& socket, int schema_version, const journal::PostgresJournal& journal) {
    fixed_.schema_version = schema_version;
    fixed_.fence_epoch = journal.epoch();
    fixed_.fence_owner = journal.owner();
    control::Wiring wiring;
    wiring.status = [this] { return status(); };
    wiring.set_log_level = set_log_level;
    wiring.submit = [this](model::Request request) { submit(std::move(request)); };
    wiring.look_up_trade = [this](model::MatchId match, control::TradeFound found) {
        trades_.begin(match, std::move(found));
    };
    wiring.configuration = [this] { return configuration(); };
    wiring.look_at_sessions = [this](std::string comp_id, auto told) {
        look_at_sessions(std::move(comp_id), std::move(told));
    };
    wiring.order_session = [this](model::SessionWish wish, auto told) {
        order_session(std::move(wish), std::move(told));
    };
    wiring.closed_because = [this] { return closed_because(); };
    wiring.absent_because = [this] { return absent_because(); };
    const WithoutSignals quiet;
    control_ = std::make_unique<control::Server>(socket, std::move(wiring));
}

void Lookout::look_at(View* view) {
    const std::lock_guard lock(mutex_);
    view_ = view;
}

telemetry::Readings Lookout::read() {
    const std::lock_guard lock(mutex_);
    return view_ == nullptr ? telemetry::Readings{} : view_->readings();
}

std::string Lookout::closed_because() {
    const std::lock_guard lock(mutex_);
    return view_ == nullptr ? "The venue is recovering from its journal." : view_->closed_because();
}

std::string Lookout::absent_because() {
    const std::lock_guard lock(mutex_);
    return view_ == nullptr ? "The venue is recovering from its journal." : view_->absent_because();
}

void Lookout::submit(model::Request request) {
    const std::lock_guard lock(mutex_);
    if (view_ != nullptr) view_->submit(std::move(request));
}

std::vector<control::OperatorCommand> Lookout::configuration() {
    model::Reference reference;
    {
        const std::lock_guard lock(mutex_);
        if (view_ != nullptr) reference = view_->reference();
    }
    return operator_commands(config::commands_for(reference));
}

void Lookout::look_at_sessions(std::string comp_id, std::function<void(std::vector<model::SessionLook>)> told) {
    const std::lock_guard lock(mutex_);
    if (view_ != nullptr) view_->gateway().look(std::move(comp_id), std::move(told));
}

void Lookout::order_session(model::SessionWish wish, std::function<void(const std::string&)> told) {
    const std::lock_guard lock(mutex_);
    if (view_ != nullptr) view_->gateway().carry_out(std::move(wish), std::move(told));
}

control::Status Lookout::status() {
    const auto seen = read();
    const auto verdict = telemetry::ready(seen, sequencer::monotonic_now());
    auto status = fixed_;
    status.state = verdict.sentence;
    status.ready = verdict.holds;
    status.uptime_seconds = (sequencer::SystemClock().now().nanoseconds - status.started_at) / 1'000'000'000;
    status.last_sequence = seen.durable.value;
    status.lag_events = seen.judged.value - seen.durable.value;
    status.inbox_depth = static_cast<std::int64_t>(seen.inbox);
    status.snapshot_sequence = seen.snapshot.value;
    status.archived_until = seen.archived.value;
    const std::lock_guard lock(mutex_);
    if (view_ != nullptr) status.sessions = view_->sessions();
    return status;
}

View::View(Lookout& lookout, const config::Settings& settings, Pipeline& pipeline, fix::Gateway& gateway,
           std::shared_ptr<const fix::Traffic> traffic)
    : lookout_(lookout),
      pipeline_(pipeline),
      gateway_(gateway),
      traffic_(std::move(traffic)),
      snapshots_(settings.journal.url) {
    lookout_.look_at(this);
}

View::~View() { lookout_.look_at(nullptr); }

std::string View::absent_because() const {
    if (stopping_) return "The venue is stopping.";
    return listening_ ? "" : "The venue does not listen yet.";
}

std::string View::closed_because() const {
    if (auto sentence = absent_because(); !sentence.empty()) return sentence;
    return pipeline_.admission() == model::Admission::open ? "" : "The venue is busy.";
}

void View::restore(const model::Reference& reference, const std::vector<fix::RestoredSession>& sessions) {
    std::vector<model::SessionNumbers> numbers;
    for (const auto& session : sessions) numbers.push_back(session.numbers);
    board_.restore(reference, numbers);
}

void View::released(const model::Group& group) {
    lookout_.control().released(group);
    board_.released(group);
    lookout_.metrics().released(group);
}

telemetry::Readings View::readings() const {
    const auto progress = pipeline_.progress();
    telemetry::Readings readings;
    readings.recovered = true;
    readings.listening = listening_;
    readings.stopping = stopping_;
    readings.snapshot = snapshots_.newest();
    readings.archived = snapshots_.archived_until();
    readings.ranges_end = snapshots_.ranges_end();
    readings.carried_until = snapshots_.carried_until();
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
    readings.rate_logouts_total = traffic_->rate_logouts_total;
    readings.sessions_on = board_.sessions_on();
    return readings;
}

}  // namespace venue::commands
