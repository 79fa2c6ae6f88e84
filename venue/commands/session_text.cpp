#include "venue/commands/session_text.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace venue::commands {
namespace {

using model::MessageLook;
using model::SessionLook;
using model::Timestamp;

constexpr std::int64_t second_ns = 1'000'000'000;

/// "3 d 02:14:55"; a dash for none.
std::string age_of(Timestamp from, Timestamp now) {
    if (from == Timestamp{}) return "-";
    const auto seconds = std::max<std::int64_t>(now.nanoseconds - from.nanoseconds, 0) / second_ns;
    const auto of_day = fmt::format("{:02}:{:02}:{:02}", seconds / 3'600 % 24, seconds / 60 % 60, seconds % 60);
    return seconds < 86'400 ? of_day : fmt::format("{} d {}", seconds / 86'400, of_day);
}

/// "8 #417 00:00:03".
std::string short_of(const MessageLook& message, Timestamp now) {
    if (message.type.empty()) return "-";
    return fmt::format("{} #{} {}", message.type, message.number, age_of(message.at, now));
}

/// "8, number 417, at 2026-01-31 12:00:00.123 UTC, 00:00:03 ago".
std::string long_of(const MessageLook& message, Timestamp now) {
    if (message.type.empty()) return "none since the venue started";
    const auto seconds = static_cast<std::time_t>(message.at.nanoseconds / second_ns);
    return fmt::format("{}, number {}, at {:%Y-%m-%d %H:%M:%S}.{:03} UTC, {} ago", message.type, message.number,
                       fmt::gmtime(seconds), message.at.nanoseconds % second_ns / 1'000'000, age_of(message.at, now));
}

/// "417 us"; a dash for none.
std::string micros(std::int64_t nanoseconds) {
    return nanoseconds == 0 ? "-" : fmt::format("{} us", (nanoseconds + 999) / 1'000);
}

std::string version_of(const SessionLook& look) {
    return std::string(name(look.version)) +
           (look.extensions && look.version != model::FixVersion::fix50sp2 ? "+" : "");
}

std::string_view state_of(const SessionLook& look) {
    return look.disabled && look.state == model::SessionState::off ? "disabled" : name(look.state);
}

nlohmann::ordered_json json_of(const MessageLook& message) {
    if (message.type.empty()) return nullptr;
    return {{"type", message.type}, {"number", message.number}, {"at", message.at.nanoseconds}};
}

}  // namespace

std::string table_of(const std::vector<SessionLook>& looks, Timestamp now) {
    auto text =
        fmt::format("{:<16} {:<14} {:<7} {:>10} {:>10}  {:<22} {:<22} {:>9} {:>9} {:>13}  {}\n", "session", "state",
                    "version", "in", "out", "last in", "last out", "queue", "latency", "age", "address");
    for (const auto& each : looks) {
        text +=
            fmt::format("{:<16} {:<14} {:<7} {:>10} {:>10}  {:<22} {:<22} {:>9} {:>9} {:>13}  {}\n", each.comp_id,
                        state_of(each), version_of(each), each.next_inbound, each.next_outbound,
                        short_of(each.last_inbound, now), short_of(each.last_outbound, now), each.queued_bytes,
                        micros(each.latency_ns), age_of(each.since, now), each.address.empty() ? "-" : each.address);
    }
    return text;
}

std::string in_full(const SessionLook& look, Timestamp now) {
    return fmt::format(
        "{}, {}\n\n"
        "  participant    {}\n"
        "  version        FIX {}{}\n"
        "  address        {}{}\n"
        "  logged on for  {}\n"
        "  incarnation    {}\n"
        "  numbers        {} is expected next, {} is ours\n"
        "  last in        {}\n"
        "  last out       {}\n"
        "  queue          {} bytes wait for its socket, {} messages wait behind a gap\n"
        "  latency        {} lately, {} at most since it logged on\n"
        "  test request   {}\n",
        look.comp_id, state_of(look), look.participant, name(look.version),
        look.extensions ? ", with the fields of our own dictionary" : "", look.address.empty() ? "-" : look.address,
        look.encrypted ? ", by TLS" : "", age_of(look.since, now), look.incarnation.value, look.next_inbound,
        look.next_outbound, long_of(look.last_inbound, now), long_of(look.last_outbound, now), look.queued_bytes,
        look.kept_count, micros(look.latency_ns), micros(look.latency_max_ns),
        look.round_trip_ns == 0 ? "none was answered" : "answered after " + micros(look.round_trip_ns));
}

std::string in_json(const std::vector<SessionLook>& looks) {
    auto all = nlohmann::ordered_json::array();
    for (const auto& each : looks) {
        all.push_back({{"comp_id", each.comp_id},
                       {"participant", each.participant},
                       {"version", name(each.version)},
                       {"extensions", each.extensions},
                       {"state", name(each.state)},
                       {"disabled", each.disabled},
                       {"incarnation", each.incarnation.value},
                       {"next_inbound", each.next_inbound},
                       {"next_outbound", each.next_outbound},
                       {"last_inbound", json_of(each.last_inbound)},
                       {"last_outbound", json_of(each.last_outbound)},
                       {"queued_bytes", each.queued_bytes},
                       {"kept_count", each.kept_count},
                       {"address", each.address},
                       {"encrypted", each.encrypted},
                       {"since", each.since.nanoseconds},
                       {"latency_ns", each.latency_ns},
                       {"latency_max_ns", each.latency_max_ns},
                       {"round_trip_ns", each.round_trip_ns}});
    }
    return all.dump() + "\n";
}

}  // namespace venue::commands
