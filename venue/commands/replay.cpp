#include "venue/commands/replay.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "venue/commands/exit_code.hpp"
#include "venue/commands/state_text.hpp"
#include "venue/journal/archive.hpp"
#include "venue/journal/archived_events.hpp"
#include "venue/journal/history.hpp"
#include "venue/journal/snapshot_store.hpp"
#include "venue/recovery.hpp"

namespace venue::commands {
namespace {

/// From the newest good snapshot at or before that event, else empty: the whole journal is folded then.
engine::Engine nearest(const config::JournalSettings& settings, model::Sequence to) {
    journal::SnapshotStore snapshots(settings.url, settings.connect_wait_ms);
    const auto tell = [](const std::string& sentence) { spdlog::warn("{}", sentence); };
    for (const auto& header : snapshots.newest_first()) {
        if (header.state.sequence > to) continue;
        if (auto engine = load(snapshots, header, tell)) return std::move(*engine);
    }
    return {};
}

/// Where the fold of what the database has begins: behind what is archived, at the oldest snapshot.
std::string earliest_state(const config::JournalSettings& settings, model::Sequence archived) {
    journal::SnapshotStore snapshots(settings.url, settings.connect_wait_ms);
    model::Sequence earliest;
    for (const auto& header : snapshots.newest_first()) {
        if (header.state.sequence >= archived) earliest = header.state.sequence;
    }
    return earliest ? fmt::format("the earliest state is after event {}", earliest.value) : "no snapshot follows them";
}

void write_state(const std::string& file, const engine::Engine& engine) {
    std::ofstream out(file, std::ios::trunc);
    tell_state_in_json(engine, [&](const std::string& line) { out << line; });
    out << std::flush;
    if (!out)
        throw config::ConfigError("--export " + file + ": can't be written; expected a file in a folder that is there");
}

/// Folds on from the archive's files, up to and with `to`.
void fold_archived(engine::Engine& engine, const std::string& url, const std::string& folder, model::Sequence to) {
    const journal::ArchivedEvents archived(url, folder);
    archived.read(engine.last_sequence(), to, [&](const model::Event& event) { engine.fold(event); });
}

}  // namespace

int replay(const config::Settings& settings, const ReplayWish& wish) {
    const model::Sequence to{wish.to};
    auto engine = nearest(settings.journal, to);
    if (!wish.archive.empty()) fold_archived(engine, settings.journal.url, wish.archive, to);
    const auto archived = journal::archived_until(settings.journal.url);
    if (engine.last_sequence() < std::min(archived, to)) {
        spdlog::error("the events up to {} are archived; {}. --archive FOLDER reads the archive's files",
                      archived.value, earliest_state(settings.journal, archived));
        return declined;
    }
    journal::History history(settings.journal.url);
    history.read(engine.last_sequence(), to, [&](const model::Event& event) { engine.fold(event); });
    if (engine.last_sequence() < to) {
        spdlog::error("the journal ends at event {}", engine.last_sequence().value);
        return declined;
    }
    if (wish.file.empty()) {
        tell_state_in_words(engine, [](const std::string& line) { fmt::print("{}", line); });
    } else {
        write_state(wish.file, engine);
    }
    return ok;
}

}  // namespace venue::commands
