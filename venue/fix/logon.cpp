#include "venue/fix/logon.hpp"

#include <charconv>
#include <optional>

#include "venue/fix/credentials.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

constexpr int heart_bt_int_max = 3'600;

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

bool knows_secrets(const Fields& logon, const model::Session& session) {
    // Both are always compared: how long a refusal takes tells nothing.
    const auto name_hash = secret_hash(session.salt, session.username);
    const bool knows_name = secret_matches(session.salt, name_hash, logon.text(tag::username));
    const bool knows_secret = secret_matches(session.salt, session.secret_hash, logon.text(tag::password));
    return knows_name && knows_secret;
}

}  // namespace

std::variant<LogonTerms, LogonRefusal> judge_logon(const Fields& logon, const model::Session& session) {
    if (!knows_secrets(logon, session)) return "Username (553) or Password (554) is wrong.";
    if (logon.get(tag::next_expected_msg_seq_num)) return "NextExpectedMsgSeqNum (789) is not supported.";
    if (logon.text(tag::encrypt_method) != "0") return "EncryptMethod (98) must be 0.";
    const auto heart_bt_int = whole_number<int>(logon.text(tag::heart_bt_int));
    if (!heart_bt_int || *heart_bt_int < 0 || *heart_bt_int > heart_bt_int_max) {
        return "HeartBtInt (108) must be from 0 to " + std::to_string(heart_bt_int_max) + ".";
    }
    const auto number = whole_number<std::int32_t>(logon.text(tag::msg_seq_num));
    if (!number || *number < 1) return "MsgSeqNum (34) must be a positive number.";
    const bool reset = logon.text(tag::reset_seq_num_flag) == "Y";
    if (reset && *number != 1) return "MsgSeqNum (34) must be 1 with ResetSeqNumFlag (141).";
    return LogonTerms{*number, reset};
}

}  // namespace venue::fix
