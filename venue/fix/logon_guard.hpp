// Stands at the door: tells from where a session may log on, whether who names it knows its secrets, and whether its
// Logon can be accepted. Who fails too often is locked out. It belongs to the worker's thread.
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "venue/fix/connection.hpp"
#include "venue/fix/lock_out.hpp"
#include "venue/fix/logon.hpp"
#include "venue/fix/used_signatures.hpp"

namespace venue::fix {

struct Refused {
    LogonRefusal text;
    SessionStatus status = SessionStatus::unsaid;
};

class LogonGuard {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// The terms may be replaced; whoever holds them outlives the guard.
    explicit LogonGuard(const model::Access& access) : access_(access) {}

    /// Nobody was let on before this moment, but by a venue that ran before and is forgotten.
    void begin(model::Timestamp now) { began_ = now; }

    /// Another connection from there; false: it isn't looked at, because there were too many or too much failed.
    [[nodiscard]] bool lets_in(const model::NetworkAddress& from, Time now);
    /// Somebody who names no session that is there.
    void note_stranger(const model::NetworkAddress& from, Time now);
    [[nodiscard]] bool may_come_from(const model::NetworkAddress& from, const model::Session& session) const {
        return access_.of(session.comp_id).may_come_from(from);
    }
    std::variant<LogonTerms, Refused> judge(const Fields& logon, const model::Session& session, const Dialect& dialect,
                                            const model::Reference& reference, const Connection& from, Time now);

  private:
    std::variant<LogonTerms, LogonRefusal> judge_proven(const Fields& logon, const Dialect& dialect,
                                                        const model::Session& session, Proof proof, Time now);
    [[nodiscard]] LogonRefusal judge_pace(const model::Session& session, Time now);
    [[nodiscard]] LogonRefusal judge_signature(const Fields& logon, const model::Session& session, Time now);
    [[nodiscard]] LogonRefusal judge_renewal(const model::Session& session, Time now);
    [[nodiscard]] LogonRefusal judge_certificate(const model::Participant& participant,
                                                 const std::string& certificate) const;
    void note_failure(const std::string& session, const model::NetworkAddress& from, Time now);

    const model::Access& access_;
    model::Timestamp began_;
    LockOut sessions_;
    LockOut addresses_;
    LockOut logons_;    ///< Of sessions that come too often.
    LockOut renewals_;  ///< Of sessions that bring new secrets.
    LockOut knocks_;    ///< Of addresses that do.
    UsedSignatures used_;
};

}  // namespace venue::fix
