#include "venue/config/access_file.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "venue/config/address_ranges.hpp"
#include "venue/config/key_file.hpp"
#include "venue/config/table_reader.hpp"
#include "venue/model/phase.hpp"

namespace venue::config {
namespace {

using model::SessionAccess;

/// One of several words, each of which means a value.
template <class Value>
void read_choice(TableReader& reader, std::string_view key, const std::vector<std::pair<std::string, Value>>& choices,
                 Value& value) {
    if (!reader.has(key)) return;
    std::vector<std::string> words;
    for (const auto& choice : choices) words.push_back(choice.first);
    const auto chosen = reader.one_of(key, words);
    value = std::ranges::find(choices, chosen, &std::pair<std::string, Value>::first)->second;
}

void read_integer(TableReader& reader, std::string_view key, int least, int most, int& value) {
    if (reader.has(key)) value = static_cast<int>(reader.integer(key, least, most));
}

void read_reset(TableReader& reader, SessionAccess& access) {
    using enum model::NumberReset;
    read_choice(reader, "reset",
                {{"never", never}, {"on_logon", on_logon}, {"on_logout", on_logout}, {"on_disconnect", on_disconnect}},
                access.reset);
    if (!reader.has("reset_at")) return;
    access.reset_at = model::parse_time_of_day(reader.text("reset_at"));
    reader.require(access.reset_at.has_value(), "reset_at", "is no time of the day", "like \"22:00\", UTC");
}

void read_terms(TableReader& reader, SessionAccess& access) {
    using model::Authentication;
    using model::SecondLogon;
    constexpr int heartbeat_most = 3'600;
    read_integer(reader, "heartbeat_min_seconds", 0, heartbeat_most, access.heartbeat_min_seconds);
    read_integer(reader, "heartbeat_max_seconds", 0, heartbeat_most, access.heartbeat_max_seconds);
    read_choice(reader, "authentication",
                {{"password", Authentication::password},
                 {"signature", Authentication::signature},
                 {"either", Authentication::either},
                 {"none", Authentication::none}},
                access.authentication);
    read_integer(reader, "signature_window_seconds", 1, 120, access.signature_window_seconds);
    read_choice(reader, "second_logon", {{"refuse", SecondLogon::refused}, {"take_over", SecondLogon::takes_over}},
                access.second_logon);
    read_reset(reader, access);
    if (reader.has("addresses")) access.addresses = read_ranges(reader, "addresses");
}

/// What holds of the terms as a whole, wherever each of them is from.
void judge_terms(const TableReader& reader, const SessionAccess& access) {
    reader.require(access.heartbeat_min_seconds <= access.heartbeat_max_seconds, "heartbeat_min_seconds",
                   "is above heartbeat_max_seconds", "at most that");
    const bool is_local =
        !access.addresses.empty() && std::ranges::all_of(access.addresses, &model::AddressRange::is_loopback);
    reader.require(access.authentication != model::Authentication::none || is_local, "authentication",
                   "none would let other machines in",
                   "addresses of this machine alone, like [\"127.0.0.0/8\", \"::1\"]");
}

/// Two are enough to change from one to the other; a few more let several programs share a session's name in turns.
constexpr std::size_t keys_max = 4;

void read_keys(const Source& source, TableReader& session, SessionAccess& access) {
    for (const auto* table : session.tables("key")) {
        TableReader key(source, "session.key", *table);
        const bool is_public = key.one_of("kind", {"ed25519", "hmac-sha256"}) == "ed25519";
        const auto file = key.text("file");
        key.finish();
        access.keys.push_back(is_public ? read_public_key(key, file) : read_shared_secret(key, file));
    }
    session.require(access.keys.size() <= keys_max, "key", "there are too many", "at most 4 of them");
}

void read_rates(TableReader reader, model::AccessRates& rates) {
    constexpr int most = 1'000'000;
    read_integer(reader, "connections_per_second", 0, most, rates.connections_per_second);
    read_integer(reader, "logons_per_minute", 0, most, rates.logons_per_minute);
    reader.finish();
}

/// As `openssl x509 -fingerprint -sha256` shows it, or without its colons. Empty when it is none.
std::string fingerprint_of(const std::string& text) {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::size_t size = 64;
    std::string fingerprint;
    for (const char c : text) {
        if (c != ':') fingerprint += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const bool is_one = fingerprint.size() == size && fingerprint.find_first_not_of(digits) == std::string::npos;
    return is_one ? fingerprint : "";
}

void read_participant(TableReader reader, model::Access& access) {
    const auto name = reader.name("name");
    const auto texts = reader.texts("certificates");
    reader.finish();
    auto& certificates = access.certificates[name];
    reader.require(certificates.empty(), "name", "is given a second time", "another participant");
    for (const auto& text : texts) {
        certificates.push_back(fingerprint_of(text));
        reader.require(!certificates.back().empty(), "certificates", text + " is no fingerprint",
                       "the SHA-256 of a certificate, as `openssl x509 -noout -fingerprint -sha256` shows it");
    }
    reader.require(!certificates.empty(), "certificates", "is empty", "at least one");
}

model::LockOutTerms read_lock_out(TableReader reader) {
    constexpr int failures_most = 1'000'000;
    constexpr int seconds_most = 86'400;
    model::LockOutTerms terms;
    read_integer(reader, "session_failures", 1, failures_most, terms.session_failures_max);
    read_integer(reader, "address_failures", 1, failures_most, terms.address_failures_max);
    read_integer(reader, "within_seconds", 1, seconds_most, terms.within_seconds);
    read_integer(reader, "for_seconds", 1, seconds_most, terms.for_seconds);
    reader.finish();
    return terms;
}

void read_session(const Source& source, const toml::table& table, model::Access& access) {
    TableReader reader(source, "session", table);
    const auto sender = reader.name("sender");
    auto terms = access.every_session;
    read_terms(reader, terms);
    read_keys(source, reader, terms);
    reader.finish();
    using enum model::Authentication;
    const bool signs = terms.authentication == signature || terms.authentication == either;
    reader.require(signs || terms.keys.empty(), "authentication", "leaves the session's keys without a use",
                   "\"signature\" or \"either\" where there are keys");
    reader.require(terms.authentication != signature || !terms.keys.empty(), "authentication",
                   "is by signature, and there is no key", "a [[session.key]]");
    judge_terms(reader, terms);
    reader.require(access.sessions.emplace(sender, std::move(terms)).second, "sender", "is given a second time",
                   "the CompID of another session");
}

}  // namespace

model::Access load_access(const std::string& file) {
    const auto table = parse_file(file);
    const Source source{file};
    TableReader root(source, "", table);
    model::Access access;
    if (root.has("every_session")) {
        TableReader reader(source, "every_session", root.table("every_session"));
        read_terms(reader, access.every_session);
        reader.finish();
        judge_terms(reader, access.every_session);
    }
    if (root.has("lock_out")) access.lock_out = read_lock_out({source, "lock_out", root.table("lock_out")});
    for (const auto* session : root.tables("session")) read_session(source, *session, access);
    if (root.has("rates")) read_rates({source, "rates", root.table("rates")}, access.rates);
    for (const auto* participant : root.tables("participant")) {
        read_participant({source, "participant", *participant}, access);
    }
    root.finish();
    return access;
}

}  // namespace venue::config
