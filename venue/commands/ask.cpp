#include "venue/commands/ask.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "venue/commands/asking.hpp"
#include "venue/model/durability.hpp"

namespace venue::commands {
namespace {

std::string in_json(const control::Status& status) {
    nlohmann::ordered_json object = {
        {"version", status.version},
        {"role", status.role},
        {"state", status.state},
        {"ready", status.ready},
        {"started_at", status.started_at},
        {"uptime_seconds", status.uptime_seconds},
        {"last_sequence", status.last_sequence},
        {"lag_events", status.lag_events},
        {"inbox_depth", status.inbox_depth},
        {"durability", status.durability},
        {"schema_version", status.schema_version},
        {"snapshot_sequence", status.snapshot_sequence},
        {"archived_until", status.archived_until},
        {"fence", {{"epoch", status.fence_epoch}, {"owner", status.fence_owner}}},
        {"sessions", nlohmann::ordered_json::array()},
    };
    for (const auto& session : status.sessions) {
        object["sessions"].push_back({{"comp_id", session.comp_id},
                                      {"participant", session.participant},
                                      {"on", session.on},
                                      {"incarnation", session.incarnation},
                                      {"inbound_judged", session.inbound_judged},
                                      {"outbound_reserved", session.outbound_reserved},
                                      {"last_written", session.last_written}});
    }
    return object.dump() + "\n";
}

std::string uptime_text(std::int64_t seconds) {
    return fmt::format("{} d {:02}:{:02}:{:02}", seconds / 86'400, seconds / 3'600 % 24, seconds / 60 % 60,
                       seconds % 60);
}

std::string durability_text(const std::string& durability) {
    return durability == model::name(model::Durability::relaxed) ? durability + ": what it tells may be lost"
                                                                 : durability;
}

std::string archive_text(std::int64_t archived_until) {
    return archived_until == 0 ? "nothing is archived" : fmt::format("up to sequence {}", archived_until);
}

std::string in_words(const control::Status& status) {
    auto text = fmt::format(
        "{}\n\n"
        "  role        {}, version {}\n"
        "  uptime      {}\n"
        "  journal     at sequence {}, {} events behind, {} requests wait\n"
        "  durability  {}\n"
        "  snapshot    at sequence {}\n"
        "  archive     {}\n"
        "  schema      version {}\n"
        "  fence       epoch {}, held by {}\n\n",
        status.state, status.role, status.version, uptime_text(status.uptime_seconds), status.last_sequence,
        status.lag_events, status.inbox_depth, durability_text(status.durability), status.snapshot_sequence,
        archive_text(status.archived_until), status.schema_version, status.fence_epoch, status.fence_owner);
    text += fmt::format("  {:<16} {:<16} {:<4} {:>11} {:>10} {:>10} {:>12}\n", "session", "participant", "",
                        "incarnation", "judged", "reserved", "last written");
    for (const auto& each : status.sessions) {
        text += fmt::format("  {:<16} {:<16} {:<4} {:>11} {:>10} {:>10} {:>12}\n", each.comp_id, each.participant,
                            each.on ? "on" : "off", each.incarnation, each.inbound_judged, each.outbound_reserved,
                            each.last_written);
    }
    return text;
}

}  // namespace

int status(const config::Settings& settings, const StatusWish& wish) {
    return ask(settings, [&](control::Client& client) {
        const auto found = client.status();
        fmt::print("{}", wish.as_json ? in_json(found) : in_words(found));
    });
}

int log_level(const config::Settings& settings, const LogLevelWish& wish) {
    return ask(settings, [&](control::Client& client) {
        client.set_log_level(wish.level, wish.logger);
        fmt::print("{} log at level {} until the next start\n", wish.logger.empty() ? "All" : wish.logger, wish.level);
    });
}

int transfer(const config::Settings& settings, const control::Transfer& wish) {
    return ask(settings, [&](control::Client& client) {
        const auto outcome = client.transfer(wish);
        fmt::print("{} {} from {} to {}: {}, event {}\n", wish.amount, wish.asset, wish.from, wish.to,
                   outcome.repeated ? "was moved before" : "moved", outcome.event);
    });
}

int operate(const config::Settings& settings, const control::OperatorCommand& wish) {
    return ask(settings, [&](control::Client& client) {
        client.operate(wish);
        fmt::print("Done\n");
    });
}

int change_phase(const config::Settings& settings, const control::PhaseWish& wish) {
    return ask(settings,
               [&](control::Client& client) { fmt::print("{} is {}\n", wish.symbol, client.change_phase(wish)); });
}

int cancel_orders(const config::Settings& settings, const control::CancelWish& wish) {
    return ask(settings, [&](control::Client& client) {
        client.cancel_orders(wish);
        fmt::print("All open orders{}{} are cancelled\n", wish.participant.empty() ? "" : " of " + wish.participant,
                   wish.symbol.empty() ? "" : " in " + wish.symbol);
    });
}

}  // namespace venue::commands
