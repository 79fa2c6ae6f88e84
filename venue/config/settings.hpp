// What the venue program reads from its configuration file: addresses, paths and sizes. Nothing here can change the
// outcome of an order; that is reference data, which lives in the journal.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "venue/model/access.hpp"
#include "venue/model/durability.hpp"

namespace venue::config {

/// "FILE:LINE: KEY: what is wrong; expected what is right".
struct ConfigError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The encrypted port; port 0: there is none.
struct TlsSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string certificate;
    std::string key;
    bool only_1_3 = false;
    std::string client_certificates = "none";  ///< Or "asked" or "required".
    std::string client_authority;              ///< Empty: anybody may have signed them.
};

struct FixSettings {
    std::string address;
    std::uint16_t port = 0;
    std::string comp_id;
    std::string dictionaries;
    std::map<std::string, std::string> session_dictionaries;  ///< By the session's CompID.
    std::string access_file;                                  ///< Empty: every session by the terms that need no file.
    std::vector<model::AddressRange> proxies;
    int handshake_timeout_ms = 5'000;
    int logon_timeout_ms = 0;
    int write_timeout_ms = 10'000;
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
/// Where what sessions say and hear is kept; no folder: nowhere.
struct RecordingSettings {
    std::string folder;
    std::int64_t file_bytes_max = 67'108'864;
    int files_max = 8;
};
struct Settings {
    FixSettings fix;
    TlsSettings tls;
    JournalSettings journal;
    SnapshotSettings snapshot;
    ReferenceSettings reference;
    TelemetrySettings telemetry;
    RecordingSettings recording;
    std::string control_socket;
    std::string log_level;
    std::string log_format;
};

/// Reads `file`; each override is "table.key=value" and wins over the file. Relative paths stay relative to the working
/// directory. Throws ConfigError.
Settings load_settings(const std::string& file, const std::vector<std::string>& overrides);

}  // namespace venue::config
