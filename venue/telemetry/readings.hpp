// What is true of the venue at the moment somebody looks. Whoever joins the rooms fills it in.
#pragma once

#include <cstddef>
#include <cstdint>

#include "venue/model/ids.hpp"

namespace venue::telemetry {

/// Moments are nanoseconds of the monotonic clock; zero stands for "not yet".
struct Readings {
    bool recovered = false;
    bool listening = false;
    bool stopping = false;

    // How far the walk is.
    model::Sequence judged;
    model::Sequence durable;
    model::Sequence snapshot;         ///< The newest stored snapshot's, as it was lately.
    model::Sequence ranges_end;       ///< The first event that no partition is ready for, as it was lately.
    model::Sequence carried_until;    ///< The last mark at which orders were carried, as it was lately.
    model::Sequence archived;         ///< The last event that is in the archive, as it was lately.
    std::int64_t engine_beat = 0;     ///< When the engine's thread last began a turn.
    std::int64_t committer_beat = 0;  ///< When the committer last began a turn.
    std::int64_t fix_beat = 0;        ///< When the FIX worker's clock last ticked.
    std::int64_t journal_seen = 0;    ///< When the database last said that the journal is there, and ours.

    // What waits.
    std::size_t inbox = 0;         ///< Requests before the engine.
    std::size_t forming = 0;       ///< Events and answers before the committer.
    std::size_t released = 0;      ///< Groups before the FIX worker.
    std::size_t output_bytes = 0;  ///< Bytes before the sockets.

    // What went through the FIX door since the start, and who is there.
    std::int64_t connections = 0;
    std::int64_t connections_total = 0;
    std::int64_t received_bytes_total = 0;
    std::int64_t sent_bytes_total = 0;
    std::int64_t session_rejects_total = 0;
    std::int64_t rate_logouts_total = 0;
    std::size_t sessions_on = 0;
};

}  // namespace venue::telemetry
