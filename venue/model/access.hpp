// Who may log on to which session, from where and how. It decides what comes in and never what comes of it, so it is
// read from a file that may change while the venue runs, and is not journaled.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "venue/model/time.hpp"

namespace venue::model {

/// An IPv6 address, or an IPv4 address a.b.c.d as ::ffff:a.b.c.d.
using NetworkAddress = std::array<std::uint8_t, 16>;

struct AddressRange {
    NetworkAddress first{};
    int prefix = 0;  ///< The leading bits that all its addresses share, 0 to 128.
    [[nodiscard]] bool contains(const NetworkAddress& address) const;
    /// None of its addresses is another machine's.
    [[nodiscard]] bool is_loopback() const;
    bool operator==(const AddressRange&) const = default;
};

/// How a session shows that it is itself; `either`: by signature where its Logon has one.
enum class Authentication : std::uint8_t { password, signature, either, none };

enum class KeyKind : std::uint8_t { ed25519, hmac_sha256 };

/// What a session signs its Logons with.
struct SessionKey {
    KeyKind kind{KeyKind::ed25519};
    std::string bytes;  ///< The public key, or the secret itself: never to be shown.
    bool operator==(const SessionKey&) const = default;
};

/// What becomes of a Logon while its session is logged on.
enum class SecondLogon : std::uint8_t { refused, takes_over };

/// When a session's numbers begin anew without being asked to. A session that resets when it is disconnected is reset
/// at its next logon: nobody could tell the one from the other.
enum class NumberReset : std::uint8_t { never, on_logon, on_logout, on_disconnect };

struct SessionAccess {
    int heartbeat_min_seconds = 0;
    int heartbeat_max_seconds = 3'600;
    Authentication authentication{Authentication::password};
    SecondLogon second_logon{SecondLogon::refused};
    NumberReset reset{NumberReset::never};
    std::optional<std::int32_t> reset_at{};  ///< The second of each day, UTC, at which its numbers begin anew.
    std::vector<AddressRange> addresses{};   ///< Where it may come from; empty: from everywhere.
    std::vector<SessionKey> keys{};          ///< All of them are valid: the next one is there before the last one goes.
    int signature_window_seconds = 30;       ///< How far SendingTime (52) of a signed Logon may be off.

    [[nodiscard]] bool may_come_from(const NetworkAddress& address) const;
    [[nodiscard]] bool resets_with_each_connection() const {
        return reset == NumberReset::on_logon || reset == NumberReset::on_disconnect;
    }
    bool operator==(const SessionAccess&) const = default;
};

/// After so many failed logons within a time, nothing of the same session or address is looked at for a time.
struct LockOutTerms {
    int session_failures_max = 10;
    int address_failures_max = 100;
    int within_seconds = 60;
    int for_seconds = 60;
    bool operator==(const LockOutTerms&) const = default;
};

/// How often somebody may come; zero: as often as he likes. Who came as often isn't let in for as long again.
struct AccessRates {
    int connections_per_second = 0;  ///< From one address.
    int logons_per_minute = 0;       ///< Of one session.
    bool operator==(const AccessRates&) const = default;
};

struct Access {
    SessionAccess every_session;                                 ///< For those that have no terms of their own.
    std::map<std::string, SessionAccess, std::less<>> sessions;  ///< By SenderCompID (49).
    LockOutTerms lock_out;
    AccessRates rates;
    /// Of each participant that must show one: the hexadecimal SHA-256 of its certificates.
    std::map<std::string, std::vector<std::string>, std::less<>> certificates;

    [[nodiscard]] const SessionAccess& of(std::string_view comp_id) const;
};

/// The last moment up to `now` at which a day had this second.
Timestamp last_time_of_day(Timestamp now, std::int32_t second);

}  // namespace venue::model
