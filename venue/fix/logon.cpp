#include "venue/fix/logon.hpp"

#include <cstdlib>
#include <optional>

#include "venue/fix/credentials.hpp"
#include "venue/fix/spec_tables.hpp"
#include "venue/fix/utc_time.hpp"
#include "venue/fix/whole_number.hpp"

namespace venue::fix {
namespace {

constexpr int heart_bt_int_max = 3'600;
/// The session engine declines what is further off, without a word.
constexpr std::int64_t clock_difference_max = 120'000'000'000;

/// A standard Logon of 4.2 has nothing but RawData (96) for a secret, so the session's CompID stands for the name.
bool is_in_raw_data(const Fields& logon, const Dialect& dialect) {
    return !dialect.logon_has_username && !logon.get(tag::username) && !logon.get(tag::password);
}

bool knows_secrets(const Fields& logon, const model::Session& session, const Dialect& dialect) {
    const bool in_raw_data = is_in_raw_data(logon, dialect);
    const std::string_view name = in_raw_data ? session.username : logon.text(tag::username);
    // Both are always compared: how long a refusal takes tells nothing.
    const auto name_hash = secret_hash(session.salt, session.username);
    const bool knows_name = secret_matches(session.salt, name_hash, name);
    const auto secret = logon.text(in_raw_data ? tag::raw_data : tag::password);
    const bool knows_secret = secret_matches(session.salt, session.secret_hash, secret);
    return knows_name && knows_secret;
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

LogonRefusal judge_secrets(const Fields& logon, const model::Session& session, const Dialect& dialect) {
    return knows_secrets(logon, session, dialect) ? "" : "Username (553) or Password (554) is wrong.";
}

std::variant<LogonTerms, LogonRefusal> judge_logon(const Fields& logon, const Dialect& dialect, model::Timestamp now) {
    if (logon.get(tag::next_expected_msg_seq_num)) return "NextExpectedMsgSeqNum (789) is not supported.";
    if (logon.text(tag::test_message_indicator) == "Y") {
        return "TestMessageIndicator (464) must not be Y: this is a session for production.";
    }
    if (!dialect.appl_ver_id.empty() && logon.text(tag::default_appl_ver_id) != dialect.appl_ver_id) {
        return "DefaultApplVerID (1137) must be " + std::string(dialect.appl_ver_id) + ".";
    }
    if (logon.text(tag::encrypt_method) != "0") return "EncryptMethod (98) must be 0.";
    const auto heart_bt_int = whole_number<int>(logon.text(tag::heart_bt_int));
    if (!heart_bt_int || *heart_bt_int < 0 || *heart_bt_int > heart_bt_int_max) {
        return "HeartBtInt (108) must be from 0 to " + std::to_string(heart_bt_int_max) + ".";
    }
    const auto number = whole_number<std::int32_t>(logon.text(tag::msg_seq_num));
    if (!number || *number < 1) return "MsgSeqNum (34) must be a positive number.";
    const auto sent = parse_utc_time(logon.text(tag::sending_time));
    if (!sent) return "SendingTime (52) must be a time in UTC.";
    if (std::abs(now.nanoseconds - sent->nanoseconds) > clock_difference_max) {
        return "SendingTime (52) is more than 120 seconds off.";
    }
    const bool reset = logon.text(tag::reset_seq_num_flag) == "Y";
    if (reset && *number != 1) return "MsgSeqNum (34) must be 1 with ResetSeqNumFlag (141).";
    return LogonTerms{*number, reset};
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
