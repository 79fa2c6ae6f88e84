#include "venue/config/settings.hpp"

#include <limits>

#include "venue/config/address_ranges.hpp"
#include "venue/config/table_reader.hpp"

namespace venue::config {
namespace {

/// A value as the command line gives it: a whole number, or else a text.
void assign(toml::table& table, const std::string& key, const std::string& value) {
    const bool is_number =
        !value.empty() && value.find_first_not_of("0123456789") == std::string::npos && value.size() < 19;
    if (is_number) {
        table.insert_or_assign(key, static_cast<std::int64_t>(std::stoll(value)));
    } else {
        table.insert_or_assign(key, value);
    }
}

/// Puts the value into its table, and notes where it came from: what is wrong with it is no fault of the file.
void apply_override(toml::table& root, const std::string& text, Source& source) {
    const auto option = "--set " + text;
    const auto dot = text.find('.');
    const auto equals = text.find('=');
    if (dot == std::string::npos || equals == std::string::npos || dot > equals) {
        throw ConfigError(option + ": is no setting; expected table.key=value");
    }
    const auto name = text.substr(0, dot);
    auto* const table = root[name].as_table();
    if (table == nullptr) {
        throw ConfigError(option + ": " + name + ": is no table; expected one that is in " + source.file);
    }
    assign(*table, text.substr(dot + 1, equals - dot - 1), text.substr(equals + 1));
    source.overrides[text.substr(0, equals)] = option;
}

std::map<std::string, std::string> read_session_dictionaries(TableReader reader, const toml::table& table) {
    std::map<std::string, std::string> files;
    for (const auto& [key, value] : table) files[std::string(key.str())] = reader.readable_file(key.str());
    return files;
}

FixSettings read_fix(const Source& source, const toml::table& table) {
    TableReader fix(source, "fix", table);
    FixSettings settings;
    settings.address = fix.ip_address("address");
    settings.port = static_cast<std::uint16_t>(fix.integer("port", 1, 65'535));
    settings.comp_id = fix.name("comp_id");
    settings.dictionaries = fix.folder("dictionaries");
    if (fix.has("session_dictionaries")) {
        const auto& files = fix.table("session_dictionaries");
        settings.session_dictionaries = read_session_dictionaries({source, "fix.session_dictionaries", files}, files);
    }
    if (fix.has("access_file")) settings.access_file = fix.readable_file("access_file");
    if (fix.has("proxies")) settings.proxies = read_ranges(fix, "proxies");
    const auto timeout = [&](std::string_view key, int& value) {
        if (fix.has(key)) value = static_cast<int>(fix.integer(key, 100, 600'000));
    };
    timeout("handshake_timeout_ms", settings.handshake_timeout_ms);
    timeout("write_timeout_ms", settings.write_timeout_ms);
    settings.logon_timeout_ms = static_cast<int>(fix.integer("logon_timeout_ms", 100, 600'000));
    settings.prelogon_bytes_max = static_cast<std::size_t>(fix.integer("prelogon_bytes_max", 512, 65'536));
    settings.pending_logons_max = static_cast<std::size_t>(fix.integer("pending_logons_max", 1, 100'000));
    settings.output_queue_bytes_max =
        static_cast<std::size_t>(fix.integer("output_queue_bytes_max", 1'048'576, 1'073'741'824));
    fix.finish();
    return settings;
}

TlsSettings read_tls(TableReader tls) {
    TlsSettings settings;
    settings.address = tls.ip_address("address");
    settings.port = static_cast<std::uint16_t>(tls.integer("port", 0, 65'535));
    if (settings.port != 0 || tls.has("certificate")) settings.certificate = tls.readable_file("certificate");
    if (settings.port != 0 || tls.has("key")) settings.key = tls.readable_file("key");
    if (tls.has("least")) settings.only_1_3 = tls.one_of("least", {"1.2", "1.3"}) == "1.3";
    if (tls.has("client_certificates")) {
        settings.client_certificates = tls.one_of("client_certificates", {"none", "asked", "required"});
    }
    if (tls.has("client_authority")) settings.client_authority = tls.readable_file("client_authority");
    tls.finish();
    return settings;
}

model::Durability read_durability(TableReader& journal) {
    using model::Durability;
    const auto chosen = journal.one_of("durability", {"committed", "replicated", "relaxed"});
    for (const auto durability : {Durability::replicated, Durability::relaxed}) {
        if (chosen == name(durability)) return durability;
    }
    return Durability::committed;
}

JournalSettings read_journal(TableReader journal) {
    JournalSettings settings;
    settings.url = journal.text("url");
    settings.connect_wait_ms = static_cast<int>(journal.integer("connect_wait_ms", 0, 3'600'000));
    settings.durability = read_durability(journal);
    settings.partition_events = journal.integer("partition_events", 10'000, 1'000'000'000);
    settings.sql_dir = journal.text("sql_dir");
    journal.finish();
    return settings;
}

SnapshotSettings read_snapshot(TableReader snapshot) {
    SnapshotSettings settings;
    settings.every_seconds = static_cast<int>(snapshot.integer("every_seconds", 1, 86'400));
    settings.events_min = snapshot.integer("events_min", 1, 1'000'000'000'000);
    settings.keep_count = static_cast<int>(snapshot.integer("keep_count", 2, 1'000));
    snapshot.finish();
    return settings;
}

ReferenceSettings read_reference(TableReader reference) {
    ReferenceSettings settings;
    settings.file = reference.text("file");
    settings.credentials_file = reference.text("credentials_file");
    settings.file_place = reference.place("file");
    settings.credentials_file_place = reference.place("credentials_file");
    reference.finish();
    return settings;
}

TelemetrySettings read_telemetry(TableReader telemetry) {
    TelemetrySettings settings;
    settings.address = telemetry.ip_address("address");
    settings.port = static_cast<std::uint16_t>(telemetry.integer("port", 0, 65'535));
    telemetry.finish();
    return settings;
}

RecordingSettings read_recording(TableReader recording) {
    RecordingSettings settings;
    if (recording.has("folder")) settings.folder = recording.text("folder");
    settings.file_bytes_max = recording.integer("file_bytes_max", 65'536, 1'099'511'627'776);
    settings.files_max = static_cast<int>(recording.integer("files_max", 2, 1'000));
    recording.finish();
    return settings;
}

/// What a unix socket's address has room for.
constexpr std::size_t socket_path_max = 107;

std::string read_control_socket(TableReader control) {
    auto socket = control.text("socket");
    control.finish();
    control.require(socket.size() <= socket_path_max, "socket", "is too long", "a path of at most 107 characters");
    return socket;
}

void read_log(TableReader log, Settings& settings) {
    settings.log_level = log.one_of("level", {"trace", "debug", "info", "warning", "error"});
    settings.log_format = log.one_of("format", {"text", "json"});
    log.finish();
}

}  // namespace

Settings load_settings(const std::string& file, const std::vector<std::string>& overrides) {
    auto root = parse_file(file);
    Source source{file};
    for (const auto& text : overrides) apply_override(root, text, source);
    TableReader tables(source, "", root);
    const auto& fix = tables.table("fix");
    const toml::table no_table;
    const bool has_tls = tables.has("tls");
    const auto& tls = has_tls ? tables.table("tls") : no_table;
    const auto& journal = tables.table("journal");
    const auto& snapshot = tables.table("snapshot");
    const auto& reference = tables.table("reference");
    const auto& telemetry = tables.table("telemetry");
    const bool has_recording = tables.has("recording");
    const auto& recording = has_recording ? tables.table("recording") : no_table;
    const auto& control = tables.table("control");
    const auto& log = tables.table("log");
    tables.finish();
    Settings settings;
    settings.fix = read_fix(source, fix);
    if (has_tls) settings.tls = read_tls({source, "tls", tls});
    settings.journal = read_journal({source, "journal", journal});
    settings.snapshot = read_snapshot({source, "snapshot", snapshot});
    settings.reference = read_reference({source, "reference", reference});
    settings.telemetry = read_telemetry({source, "telemetry", telemetry});
    if (has_recording) settings.recording = read_recording({source, "recording", recording});
    settings.control_socket = read_control_socket({source, "control", control});
    read_log({source, "log", log}, settings);
    return settings;
}

}  // namespace venue::config
