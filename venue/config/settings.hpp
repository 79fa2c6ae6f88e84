// What the venue program reads from its configuration file: addresses, paths and sizes. Nothing here can change the
// outcome of an order; that is reference data, which lives in the journal.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "venue/model/durability.hpp"

namespace venue::config {

/// "FILE:LINE: KEY: what is wrong; expected what is right".
struct ConfigError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct FixSettings {
    std::string address;
    std::uint16_t port = 0;
    std::string comp_id;
    std::string dictionaries;
    std::map<std::string, std::string> session_dictionaries;  ///< By the session's CompID.
    int logon_timeout_ms = 0;
    std::size_t prelogon_bytes_max = 0;
    std::size_t pending_logons_max = 0;
    std::size_t output_queue_bytes_max = 0;
};
struct JournalSettings {
    std::string url;
    int connect_wait_ms = 0;
    model::Durability durability{};
    std::int64_t partition_events = 0;
    std::string sql_dir;
};
struct ReferenceSettings {
    std::string file;
    std::string credentials_file;
    // "FILE:LINE: KEY" of both, for whoever finds that they can't be used.
    std::string file_place;
    std::string credentials_file_place;
};
/// When the snapshotter stores a snapshot, and how many it keeps.
struct SnapshotSettings {
    int every_seconds = 0;
    std::int64_t events_min = 0;
    int keep_count = 0;
};
/// Where those who watch ask for metrics and health; port 0: nowhere.
struct TelemetrySettings {
    std::string address;
    std::uint16_t port = 0;
};
struct Settings {
    FixSettings fix;
    JournalSettings journal;
    SnapshotSettings snapshot;
    ReferenceSettings reference;
    TelemetrySettings telemetry;
    std::string control_socket;
    std::string log_level;
    std::string log_format;
};

/// Reads `file`; each override is "table.key=value" and wins over the file. Relative paths stay relative to the working
/// directory. Throws ConfigError.
Settings load_settings(const std::string& file, const std::vector<std::string>& overrides);

}  // namespace venue::config
