// How a venue is, as an operator is told: the same words on both sides of the socket.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace venue::control {

struct SessionStatus {
    std::string comp_id;
    std::string participant;
    bool on = false;
    std::int32_t incarnation = 0;
    std::int64_t inbound_judged = 0;
    std::int64_t outbound_reserved = 0;
    std::int64_t last_written = 0;
    bool operator==(const SessionStatus&) const = default;
};

/// control.proto says what each means.
struct Status {
    std::string version;
    std::string role;
    std::string state;
    bool ready = false;
    std::int64_t started_at = 0;
    std::int64_t uptime_seconds = 0;
    std::int64_t last_sequence = 0;
    std::int64_t lag_events = 0;
    std::int64_t inbox_depth = 0;
    std::string durability;
    std::int32_t schema_version = 0;
    std::int64_t fence_epoch = 0;
    std::string fence_owner;
    std::int64_t snapshot_sequence = 0;
    std::int64_t archived_until = 0;
    std::vector<SessionStatus> sessions;  ///< By CompID.
    bool operator==(const Status&) const = default;
};

/// A change of an instrument's phase as it is asked for.
struct PhaseWish {
    std::string symbol;
    std::string phase{};         ///< Its name; empty for what the instrument's day says, which ends a halt.
    bool cancel_orders = false;  ///< Of a halt: all of its open orders, too.
};

/// Orders that are to be cancelled; an empty name stands for all, but not both.
struct CancelWish {
    std::string symbol;
    std::string participant;
};

/// A transfer as it is asked for; the amount is a decimal number as text.
struct Transfer {
    std::string id;
    std::string from;
    std::string to;
    std::string asset;
    std::string amount;
    bool even_suspended = false;
};

/// What a transfer came to.
struct TransferOutcome {
    std::int64_t event = 0;
    bool repeated = false;  ///< It was done before, under the same id.
};

}  // namespace venue::control
