// A FIX session as it is at one moment, and what an operator may ask of it: the words of the room that has the sessions
// and of the one that is asked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "venue/model/ids.hpp"
#include "venue/model/reference.hpp"
#include "venue/model/time.hpp"

namespace venue::model {

enum class SessionState : std::uint8_t { off, logging_on, on, logging_out, beginning_anew };

/// "logging on".
std::string_view name(SessionState state);

/// The last message in one direction.
struct MessageLook {
    std::string type{};  ///< 35; empty: there was none since the venue started.
    std::int64_t number = 0;
    Timestamp at{};
    bool operator==(const MessageLook&) const = default;
};

struct SessionLook {
    std::string comp_id{};
    std::string participant{};
    FixVersion version{FixVersion::fix44};
    bool extensions = false;
    SessionState state{SessionState::off};
    bool disabled = false;  ///< By the operator.
    Incarnation incarnation{1};
    std::int64_t next_inbound = 1;   ///< The participant's number that is expected next.
    std::int64_t next_outbound = 1;  ///< Ours.
    MessageLook last_inbound{};
    MessageLook last_outbound{};
    std::int64_t queued_bytes = 0;  ///< Wait for the socket.
    std::int64_t kept_count = 0;    ///< Messages that wait behind a gap of the participant's.
    std::string address{};          ///< The peer's; empty while nobody is there.
    bool encrypted = false;
    Timestamp since{};                ///< When it logged on; zero while it is off.
    std::int64_t latency_ns = 0;      ///< From a request's last byte until what came of it was written; lately.
    std::int64_t latency_max_ns = 0;  ///< The longest since it logged on.
    std::int64_t round_trip_ns = 0;   ///< Of the last test request that was asked for and answered.
    bool operator==(const SessionLook&) const = default;
};

enum class SessionOrder : std::uint8_t { reset_numbers, test_request, disconnect };

/// "reset-numbers", as an operator types it.
std::string_view name(SessionOrder order);

struct SessionWish {
    std::string comp_id{};
    SessionOrder order{SessionOrder::test_request};
    std::string text{};  ///< Of a disconnect: what the participant is told; empty for the usual.
};

}  // namespace venue::model
