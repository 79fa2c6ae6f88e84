// What goes through the FIX door, for those who watch. The worker writes, anyone reads.
#pragma once

#include <atomic>
#include <cstdint>

namespace venue::fix {

struct Traffic {
    std::atomic<std::int64_t> connections{0};        ///< Open now.
    std::atomic<std::int64_t> connections_total{0};  ///< Accepted since the start, as are the other totals.
    std::atomic<std::int64_t> received_bytes_total{0};
    std::atomic<std::int64_t> sent_bytes_total{0};
    std::atomic<std::int64_t> session_rejects_total{0};
    std::atomic<std::int64_t> rate_logouts_total{0};  ///< Sessions that were ended because they sent too much.
    std::atomic<std::int64_t> waiting_bytes{0};       ///< Before the sockets, as of the last tick.
    std::atomic<std::int64_t> waiting_groups{0};      ///< Released, not yet taken by the worker.
    std::atomic<std::int64_t> beat{0};                ///< The worker's last tick, on the monotonic clock; zero before.
};

}  // namespace venue::fix
