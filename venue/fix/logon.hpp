// Judges a Logon before the session engine sees it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "venue/fix/dialect.hpp"
#include "venue/fix/fields.hpp"
#include "venue/fix/quickfix.hpp"
#include "venue/model/access.hpp"
#include "venue/model/reference.hpp"
#include "venue/model/time.hpp"

namespace venue::fix {

struct LogonTerms {
    std::int64_t number = 0;                             ///< 34
    bool reset = false;                                  ///< 141=Y
    std::optional<std::int64_t> next_expected = {};      ///< 789: the number of ours that it lacks first.
    std::optional<model::CancelOnDisconnect> cancels{};  ///< 20000
    std::string new_secret = {};                         ///< 925: what it shows from its next Logon on; empty: none.
};

/// Why it is refused, for Text (58) of a Logout; it never tells whether the username exists.
using LogonRefusal = std::string;

/// SessionStatus (1409) of a refusal, in versions that have it.
enum class SessionStatus : std::uint8_t { unsaid = 0, invalid_username_or_password = 5, account_locked = 6 };

/// By what a Logon has shown that it is its session's.
enum class Proof { nothing, password, signature, not_needed };

Proof proof_of(const Fields& logon, const model::Session& session, const Dialect& dialect,
               const model::SessionAccess& access);

/// Of a Logon that has shown it. `now` is what SendingTime (52) is held against.
std::variant<LogonTerms, LogonRefusal> judge_logon(const Fields& logon, const Dialect& dialect,
                                                   const model::SessionAccess& access, Proof proof,
                                                   model::Timestamp now);

/// A Logon that the library's own acceptor closes the connection on: one of another time, or of FIXT without
/// DefaultApplVerID (1137).
bool is_dropped_in_silence(const Fields& logon, const Dialect& dialect, model::Timestamp now);

/// What the dictionary finds wrong with the Logon, for Text (58); empty when it finds nothing. The session engine would
/// decline it in silence, after its reset was journaled.
LogonRefusal find_flaw(std::string_view logon, const Dialect& dialect, const FIX::DataDictionaryProvider& dictionaries);

}  // namespace venue::fix
