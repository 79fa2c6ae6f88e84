#include "venue/fix/logon.hpp"

#include <cstdlib>
#include <optional>

#include "venue/fix/credentials.hpp"
#include "venue/fix/signature.hpp"
#include "venue/fix/spec_tables.hpp"
#include "venue/fix/utc_time.hpp"
#include "venue/fix/whole_number.hpp"

namespace venue::fix {
namespace {

/// The session engine declines what is further off, without a word.
constexpr int clock_seconds_max = 120;

/// A standard Logon of 4.2 has nothing but RawData (96) for a secret, so the session's CompID stands for the name.
bool is_in_raw_data(const Fields& logon, const Dialect& dialect) {
    return !dialect.logon_has_username && !logon.get(tag::username) && !logon.get(tag::password);
}

bool knows_password(const Fields& logon, const model::Session& session, const Dialect& dialect) {
    const bool in_raw_data = is_in_raw_data(logon, dialect);
    const std::string_view name = in_raw_data ? session.username : logon.text(tag::username);
    // Both are always compared: how long a refusal takes tells nothing.
    const auto name_hash = secret_hash(session.salt, session.username);
    const bool knows_name = secret_matches(session.salt, name_hash, name);
    const auto secret = logon.text(in_raw_data ? tag::raw_data : tag::password);
    const bool knows_secret = secret_matches(session.salt, session.secret_hash, secret);
    return knows_name && knows_secret;
}

std::optional<model::CancelOnDisconnect> cancels_of(std::string_view value) {
    if (value == "N") return model::CancelOnDisconnect::off;
    if (value == "S") return model::CancelOnDisconnect::session;
    if (value == "P") return model::CancelOnDisconnect::participant;
    return std::nullopt;
}

LogonRefusal judge_heart_bt_int(const Fields& logon, const model::SessionAccess& access) {
    const auto seconds = whole_number<int>(logon.text(tag::heart_bt_int));
    if (seconds && *seconds >= access.heartbeat_min_seconds && *seconds <= access.heartbeat_max_seconds) return {};
    return "HeartBtInt (108) must be from " + std::to_string(access.heartbeat_min_seconds) + " to " +
           std::to_string(access.heartbeat_max_seconds) + ".";
}

LogonRefusal judge_sending_time(const Fields& logon, int seconds_max, model::Timestamp now) {
    const auto sent = parse_utc_time(logon.text(tag::sending_time));
    if (!sent) return "SendingTime (52) must be a time in UTC.";
    if (std::abs(now.nanoseconds - sent->nanoseconds) <= std::int64_t{seconds_max} * 1'000'000'000) return {};
    return "SendingTime (52) is more than " + std::to_string(seconds_max) + " seconds off.";
}

/// As long as one that the venue makes, so that it may be kept as those are.
LogonRefusal judge_new_secret(const Fields& logon, Proof proof, std::string& new_secret) {
    if (logon.get(tag::encrypted_new_password))
        return "EncryptedNewPassword (1404) isn't taken: send NewPassword (925).";
    const auto text = logon.get(tag::new_password);
    if (!text) return {};
    if (proof != Proof::password) return "NewPassword (925) must come with the present one.";
    new_secret = *text;
    if (is_secret(new_secret)) return {};
    return "NewPassword (925) must be 64 hexadecimal digits, 0-9 and a-f, from a random source.";
}

std::variant<LogonTerms, LogonRefusal> terms_of(const Fields& logon, Proof proof) {
    const auto number = whole_number<std::int32_t>(logon.text(tag::msg_seq_num));
    if (!number || *number < 1) return "MsgSeqNum (34) must be a positive number.";
    const bool reset = logon.text(tag::reset_seq_num_flag) == "Y";
    if (reset && *number != 1) return "MsgSeqNum (34) must be 1 with ResetSeqNumFlag (141).";
    LogonTerms terms{*number, reset};
    if (const auto text = logon.get(tag::next_expected_msg_seq_num)) {
        terms.next_expected = whole_number<std::int32_t>(*text);
        if (terms.next_expected.value_or(0) < 1) return "NextExpectedMsgSeqNum (789) must be a positive number.";
    }
    if (const auto text = logon.get(tag::cancel_orders_on_disconnect)) {
        terms.cancels = cancels_of(*text);
        if (!terms.cancels) return "CancelOrdersOnDisconnect (20000) must be N, S or P.";
    }
    if (auto refusal = judge_new_secret(logon, proof, terms.new_secret); !refusal.empty()) return refusal;
    return terms;
}

/// Runs `check` and tells what it throws. The library's exceptions carry their field without a base that has it.
template <class Flaw, class... Flaws, class Check>
LogonRefusal told(Check check) {
    try {
        if constexpr (sizeof...(Flaws) > 0) return told<Flaws...>(check);
        check();
        return {};
    } catch (const Flaw& flaw) {
        return "The Logon is malformed: " + std::string(flaw.what()) + " (" + std::to_string(flaw.field) + ").";
    }
}

}  // namespace

Proof proof_of(const Fields& logon, const model::Session& session, const Dialect& dialect,
               const model::SessionAccess& access) {
    using enum model::Authentication;
    const auto way = access.authentication;
    if (way == none) return Proof::not_needed;
    if (way != password && is_signed(logon, access.keys)) return Proof::signature;
    if (way != signature && knows_password(logon, session, dialect)) return Proof::password;
    return Proof::nothing;
}

std::variant<LogonTerms, LogonRefusal> judge_logon(const Fields& logon, const Dialect& dialect,
                                                   const model::SessionAccess& access, Proof proof,
                                                   model::Timestamp now) {
    // Of two fields the engine might take the one that wasn't looked at here.
    if (const int twice = logon.duplicate(MessageUse{}); twice != 0) {
        return "The Logon is malformed: a field stands twice (" + std::to_string(twice) + ").";
    }
    if (logon.text(tag::test_message_indicator) == "Y") {
        return "TestMessageIndicator (464) must not be Y: this is a session for production.";
    }
    if (!dialect.appl_ver_id.empty() && logon.text(tag::default_appl_ver_id) != dialect.appl_ver_id) {
        return "DefaultApplVerID (1137) must be " + std::string(dialect.appl_ver_id) + ".";
    }
    if (logon.text(tag::encrypt_method) != "0") return "EncryptMethod (98) must be 0.";
    if (auto refusal = judge_heart_bt_int(logon, access); !refusal.empty()) return refusal;
    const int seconds_max = proof == Proof::signature ? access.signature_window_seconds : clock_seconds_max;
    if (auto refusal = judge_sending_time(logon, seconds_max, now); !refusal.empty()) return refusal;
    return terms_of(logon, proof);
}

bool is_dropped_in_silence(const Fields& logon, const Dialect& dialect, model::Timestamp now) {
    const bool names_no_application = !dialect.appl_ver_id.empty() && !logon.get(tag::default_appl_ver_id);
    return names_no_application || !judge_sending_time(logon, clock_seconds_max, now).empty();
}

LogonRefusal find_flaw(std::string_view logon, const Dialect& dialect,
                       const FIX::DataDictionaryProvider& dictionaries) {
    const FIX::BeginString begin_string{std::string(dialect.begin_string)};
    const auto& dictionary = dictionaries.getSessionDataDictionary(begin_string);
    const auto check = [&] { dictionary.validate(FIX::Message(std::string(logon), dictionary, true)); };
    try {
        return told<FIX::RequiredTagMissing, FIX::InvalidTagNumber, FIX::TagNotDefinedForMessage, FIX::NoTagValue,
                    FIX::IncorrectTagValue, FIX::IncorrectDataFormat, FIX::TagOutOfOrder, FIX::RepeatedTag,
                    FIX::RepeatingGroupCountMismatch>(check);
    } catch (const std::exception& flaw) {
        return "The Logon is malformed: " + std::string(flaw.what()) + ".";
    }
}

}  // namespace venue::fix
