#include "venue/fix/logon_guard.hpp"

#include <algorithm>
#include <string_view>

#include "venue/fix/log.hpp"
#include "venue/fix/network_address.hpp"
#include "venue/fix/port_context.hpp"
#include "venue/fix/signature.hpp"
#include "venue/fix/spec_tables.hpp"
#include "venue/fix/utc_time.hpp"

namespace venue::fix {
namespace {

using namespace std::chrono_literals;

LockOutLimits limits(const model::LockOutTerms& terms, int failures_max) {
    return {failures_max, std::chrono::seconds(terms.within_seconds), std::chrono::seconds(terms.for_seconds)};
}

/// Who has one address of IPv6 has its first 64 bits, and could come from another one each time.
std::string name_of(const model::NetworkAddress& address) {
    constexpr model::AddressRange ipv4{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255}, 96};
    const auto size = static_cast<std::ptrdiff_t>(ipv4.contains(address) ? address.size() : address.size() / 2);
    return {address.begin(), address.begin() + size};
}

LogonRefusal wrong_secrets(const Fields& logon, const model::SessionAccess& access) {
    using enum model::Authentication;
    const auto way = access.authentication;
    const bool is_signature = way == signature || (way == either && !logon.get(tag::password));
    return is_signature ? "The signature in RawData (96) is wrong." : "Username (553) or Password (554) is wrong.";
}

}  // namespace

bool LogonGuard::lets_in(const model::NetworkAddress& from, Time now) {
    const auto name = name_of(from);
    if (addresses_.remaining(name, now) > 0s || knocks_.remaining(name, now) > 0s) return false;
    const int most = access_.rates.connections_per_second;
    if (most > 0) knocks_.add(name, {most, 1s, 1s}, now);
    return true;
}

void LogonGuard::note_stranger(const model::NetworkAddress& from, Time now) {
    const auto& terms = access_.lock_out;
    if (!addresses_.add(name_of(from), limits(terms, terms.address_failures_max), now)) return;
    log().warn("{} is locked for {} seconds: {} logons from there failed", text_of(from), terms.for_seconds,
               terms.address_failures_max);
}

void LogonGuard::note_failure(const std::string& session, const model::NetworkAddress& from, Time now) {
    note_stranger(from, now);
    const auto& terms = access_.lock_out;
    if (!sessions_.add(session, limits(terms, terms.session_failures_max), now)) return;
    log().warn("{} is locked for {} seconds: {} of its logons failed", session, terms.for_seconds,
               terms.session_failures_max);
}

/// Who comes too often has a program that runs wild.
LogonRefusal LogonGuard::judge_pace(const model::Session& session, Time now) {
    const auto pause = logons_.remaining(session.comp_id, now);
    if (pause > 0s) {
        return "This session logs on too often: try again in " + std::to_string(pause.count()) + " seconds.";
    }
    const int most = access_.rates.logons_per_minute;
    if (most > 0) logons_.add(session.comp_id, {most, 60s, 60s}, now);
    return {};
}

/// Each is good for one logon, and which were used before the venue began nobody knows any more.
LogonRefusal LogonGuard::judge_signature(const Fields& logon, const model::Session& session, Time now) {
    const auto sent = parse_utc_time(logon.text(tag::sending_time));
    if (!sent || *sent < began_) {
        return "This signature is older than the venue's last start: sign another SendingTime (52).";
    }
    if (used_.add(session.comp_id, signed_text(logon), now)) return {};
    return "This signature was used before: sign another SendingTime (52).";
}

/// Each is kept in the journal for ever. A restart, which is none of the participant's doing, allows ten more.
LogonRefusal LogonGuard::judge_renewal(const model::Session& session, Time now) {
    const auto pause = renewals_.remaining(session.comp_id, now);
    if (pause > 0s) {
        return "NewPassword (925) was brought too often: try again in " + std::to_string(pause.count()) + " seconds.";
    }
    renewals_.add(session.comp_id, {10, 24h, 24h}, now);
    return {};
}

LogonRefusal LogonGuard::judge_certificate(const model::Participant& participant,
                                           const std::string& certificate) const {
    const auto known = access_.certificates.find(participant.name);
    if (known == access_.certificates.end()) return {};
    if (std::ranges::find(known->second, certificate) != known->second.end()) return {};
    return certificate.empty() ? "This participant's sessions must show a certificate."
                               : "This participant has another certificate.";
}

/// Who has shown that the session is his; what he asks for is judged here.
std::variant<LogonTerms, LogonRefusal> LogonGuard::judge_proven(const Fields& logon, const Dialect& dialect,
                                                                const model::Session& session, Proof proof, Time now) {
    if (auto refusal = judge_pace(session, now); !refusal.empty()) return refusal;
    auto judged = judge_logon(logon, dialect, access_.of(session.comp_id), proof, sending_time_now());
    const auto* const terms = std::get_if<LogonTerms>(&judged);
    const bool is_good = terms != nullptr;
    if (is_good && !terms->new_secret.empty()) {
        if (auto refusal = judge_renewal(session, now); !refusal.empty()) return refusal;
    }
    if (is_good && proof == Proof::signature) {
        if (auto refusal = judge_signature(logon, session, now); !refusal.empty()) return refusal;
    }
    return judged;
}

/// Secrets first: who doesn't know them learns nothing else.
std::variant<LogonTerms, Refused> LogonGuard::judge(const Fields& logon, const model::Session& session,
                                                    const Dialect& dialect, const model::Reference& reference,
                                                    const Connection& from, Time now) {
    const auto locked = sessions_.remaining(session.comp_id, now);
    if (locked > 0s) {
        return Refused{
            "Too many logons of this session failed: it is locked for " + std::to_string(locked.count()) + " seconds.",
            SessionStatus::account_locked};
    }
    const auto& access = access_.of(session.comp_id);
    const auto proof = proof_of(logon, session, dialect, access);
    if (proof == Proof::nothing) {
        note_failure(session.comp_id, from.address(), now);
        return Refused{wrong_secrets(logon, access), SessionStatus::invalid_username_or_password};
    }
    sessions_.forget(session.comp_id);
    const auto& participant = reference.participants.at(session.participant);
    if (auto refusal = judge_certificate(participant, from.certificate()); !refusal.empty()) return Refused{refusal};
    const auto judged = judge_proven(logon, dialect, session, proof, now);
    if (const auto* refusal = std::get_if<LogonRefusal>(&judged)) return Refused{*refusal};
    return std::get<LogonTerms>(judged);
}

}  // namespace venue::fix
