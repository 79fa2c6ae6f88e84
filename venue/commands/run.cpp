#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <optional>

#include "venue/commands/access.hpp"
#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/commands/first_start.hpp"
#include "venue/commands/lookout.hpp"
#include "venue/commands/signals.hpp"
#include "venue/config/reference_file.hpp"
#include "venue/fix/gateway.hpp"
#include "venue/fix/message_recorder.hpp"
#include "venue/journal/migrate.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/journal/snapshot_store.hpp"
#include "venue/pipeline.hpp"
#include "venue/recovery.hpp"

namespace venue::commands {
namespace {

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

constexpr std::initializer_list<int> ending_signals = {SIGTERM, SIGINT};

/// Until the venue listens there is nothing to end in order: waiting for the database and recovering may be broken off
/// anywhere.
void end_at_once_on_signals() {
    for (const int signal : ending_signals) std::signal(signal, [](int) { std::_Exit(ok); });
}

/// The journal has thrown: nothing that isn't durable may be told any more, so the process ends where it stands,
/// without destructors that could still write to a socket. The supervisor starts it again, and recovery reads the
/// truth.
[[noreturn]] void end_now(std::exception_ptr failure) {
    int code = internal;
    try {
        std::rethrow_exception(failure);
    } catch (const journal::FenceLost& error) {
        spdlog::critical("stopping: {}", error.what());
        code = fence_lost;
    } catch (const journal::JournalFailed& error) {
        spdlog::critical("stopping: {}", error.what());
        code = journal_failed;
    } catch (const std::exception& error) {
        spdlog::critical("stopping: {}", error.what());
    }
    spdlog::default_logger()->flush();
    std::_Exit(code);
}

/// The journal is what counts: a file that differs from it, or can't be read any more, is told of and stops nobody.
void tell_differences(const model::Reference& journaled, const config::Settings& settings) {
    const auto& file = settings.reference.file;
    try {
        const auto wanted = config::load_reference(file, settings.fix.comp_id);
        for (const auto& sentence : config::differences(wanted, journaled)) {
            spdlog::warn("{} differs from the journal, which is what counts: {}", file, sentence);
        }
        spdlog::info("{}: balances are paid in at the first start only", file);
    } catch (const config::ConfigError& error) {
        spdlog::warn("the reference file can't be held against the journal, which is what counts: {}", error.what());
    }
}

void configure(Pipeline& pipeline, const config::Settings& settings) {
    if (pipeline.engine().last_sequence()) return tell_differences(pipeline.engine().reference(), settings);
    for (auto& command : first_configuration(settings)) pipeline.submit({{}, std::move(command)});
    pipeline.step();
    spdlog::info("first start: configured from {}; secrets are in {}", settings.reference.file,
                 settings.reference.credentials_file);
}

constexpr std::string_view relaxed_notice = "Durability is relaxed: what this venue tells may be lost. For tests only.";

void tell_durability(model::Durability durability) {
    if (durability == model::Durability::relaxed) return spdlog::warn("{}", relaxed_notice);
    spdlog::info("durability: {}", model::name(durability));
}

fix::TlsSettings tls_settings(const config::TlsSettings& from) {
    using enum fix::ClientCertificates;
    const auto& asked_for = from.client_certificates;
    const auto clients = asked_for == "none" ? none : asked_for == "asked" ? asked : required;
    return {from.address, from.port, from.certificate, from.key, from.only_1_3, clients, from.client_authority};
}

fix::Settings gateway_settings(const config::Settings& all) {
    const auto& from = all.fix;
    fix::Settings settings;
    settings.address = from.address;
    settings.port = from.port;
    settings.comp_id = from.comp_id;
    settings.dictionaries = from.dictionaries;
    settings.session_dictionaries = from.session_dictionaries;
    settings.tls = tls_settings(all.tls);
    settings.proxies = from.proxies;
    settings.handshake_timeout_ms = from.handshake_timeout_ms;
    settings.logon_timeout_ms = from.logon_timeout_ms;
    settings.write_timeout_ms = from.write_timeout_ms;
    settings.prelogon_bytes_max = from.prelogon_bytes_max;
    settings.pending_logons_max = from.pending_logons_max;
    settings.output_queue_bytes_max = from.output_queue_bytes_max;
    settings.access = access_of(all);
    if (all.journal.durability == model::Durability::relaxed) settings.logon_notice = relaxed_notice;
    return settings;
}

engine::Engine recovered(journal::Journal& journal, const config::JournalSettings& settings) {
    journal::SnapshotStore snapshots(settings.url, settings.connect_wait_ms);
    return recover(journal, snapshots, [](const auto& sentence) { spdlog::warn("{}", sentence); });
}

/// Of the last event; empty where there is none yet.
std::optional<model::Timestamp> last_time(const engine::Engine& engine) {
    if (!engine.last_sequence()) return std::nullopt;
    return engine.last_time();
}

/// Null where nothing is recorded.
std::unique_ptr<fix::MessageRecorder> message_recorder(const config::RecordingSettings& from) {
    if (from.folder.empty()) return nullptr;
    fix::RecordingSettings settings;
    settings.folder = from.folder;
    settings.file_bytes_max = static_cast<std::size_t>(from.file_bytes_max);
    settings.files_max = from.files_max;
    return std::make_unique<fix::MessageRecorder>(std::move(settings));
}

/// Joins the FIX room with the rest of the walk.
fix::Wiring wire(Pipeline& pipeline, journal::ReportReader& reports, telemetry::Metrics& metrics) {
    fix::Wiring wiring;
    wiring.submit = [&](model::Request request) { pipeline.submit(std::move(request)); };
    wiring.admission = [&] { return pipeline.admission(); };
    wiring.note = [&](const model::SessionNumbers& numbers) { pipeline.note(numbers); };
    wiring.record = [&](model::OutboundRun run) { pipeline.record(std::move(run)); };
    wiring.read_sent = [&](auto session, auto incarnation, auto first, auto last, auto limit) {
        return reports.sent(session, incarnation, first, last, limit);
    };
    wiring.read_addressed = [&](auto session, auto after, auto until, auto limit) {
        return reports.addressed(session, after, until, limit);
    };
    wiring.written = [&](auto event) { metrics.written(event); };
    wiring.told = [&](auto read_at) { metrics.told(read_at); };
    return wiring;
}

}  // namespace

int run(const config::Settings& settings) {
    end_at_once_on_signals();
    block_signals({SIGHUP});
    const sequencer::SystemClock clock;
    FlightRecorder recorder(environment("VENUE_FLIGHT_RECORDER"), environment("VENUE_DIE_AT"));

    Lookout lookout(settings);
    const auto& from = settings.journal;
    const int schema_version = journal::require_schema(from.url, from.sql_dir, from.connect_wait_ms);
    lookout.metrics().schema(schema_version);
    journal::PostgresJournal journal(from.url, from.connect_wait_ms, from.durability, from.partition_events);
    lookout.answer_operator(settings.control_socket, schema_version, journal);
    journal::PostgresReportReader reports(settings.journal.url);
    const auto began = sequencer::monotonic_now();
    Pipeline pipeline(recovered(journal, from), clock, journal, recorder, from.durability);
    lookout.metrics().recovered(sequencer::monotonic_now() - began);
    spdlog::info("recovered: journal at sequence {}", pipeline.engine().last_sequence().value);
    const auto signals = block_signals({SIGTERM, SIGINT, SIGHUP});
    const auto lived_until = last_time(pipeline.engine());

    auto wiring = wire(pipeline, reports, lookout.metrics());
    const auto recording = message_recorder(settings.recording);
    if (recording != nullptr) {
        wiring.recorded = [&](auto comp_id, auto way, auto messages) { recording->take(comp_id, way, messages); };
    }
    fix::Gateway gateway(gateway_settings(settings), wiring);
    gateway.bind();
    configure(pipeline, settings);
    for (auto& request : disconnects_after_restart(pipeline.engine())) pipeline.submit(std::move(request));
    pipeline.step();

    const auto sessions = sessions_to_restore(pipeline.engine(), journal);
    gateway.restore(pipeline.engine().reference(), sessions, pipeline.engine().last_sequence(), lived_until);
    tell_strangers(access_of(settings), pipeline.engine().reference(), settings.fix.access_file);
    View view(lookout, settings, pipeline, gateway, wiring.traffic);
    view.restore(pipeline.engine().reference(), sessions);
    pipeline.on_release([&](auto group) {
        // First: the worker may have written its reports before this thread goes on, and what it wrote is timed from
        // here.
        view.released(*group);
        gateway.wait_for_room();
        gateway.release(group);
    });
    // Listening may fail, and then the gateway goes: only afterwards is there a thread that would release to it.
    gateway.start();
    pipeline.start(end_now);
    view.listening();
    tell_durability(settings.journal.durability);
    if (settings.tls.port != 0) spdlog::info("TLS on {}:{}", settings.tls.address, settings.tls.port);
    spdlog::info("listening: FIX on {}:{} as {}", settings.fix.address, settings.fix.port, settings.fix.comp_id);

    const int signal = wait_for_end(signals, gateway, settings);
    spdlog::info("stopping: asked by signal {}", signal);
    view.closing();
    gateway.stop();
    pipeline.stop();
    view.stop();
    note_state_hash(pipeline.engine(), journal);
    return ok;
}

}  // namespace venue::commands
