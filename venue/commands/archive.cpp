#include "venue/journal/archive.hpp"

#include <spdlog/spdlog.h>

#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/journal/migrate.hpp"
#include "venue/journal/snapshot_store.hpp"
#include "venue/recovery.hpp"

namespace venue::commands {
namespace {

/// Two starting points must be left behind an archived range: the newest snapshot, and one for the case that it turns
/// out to be damaged. Whether they are good is found out now, by loading them.
model::Sequence covered_until(const config::JournalSettings& settings) {
    journal::SnapshotStore snapshots(settings.url, settings.connect_wait_ms);
    int good_count = 0;
    for (const auto& header : snapshots.newest_first()) {
        if (!load(snapshots, header, [](const auto& sentence) { spdlog::warn("{}", sentence); })) continue;
        if (++good_count == 2) return header.state.sequence;
    }
    return {};
}

bool is_wanted(const journal::SequenceRange& range, model::Sequence covered, std::int64_t before) {
    return range.next.value - 1 <= covered.value && (before == 0 || range.next.value <= before);
}

}  // namespace

int archive(const config::Settings& settings, const ArchiveOrder& order) {
    const auto& journal = settings.journal;
    if (!std::filesystem::is_directory(order.folder)) {
        throw config::ConfigError("--to " + order.folder + ": is no folder; expected one that exists");
    }
    journal::require_schema(journal.url, journal.sql_dir, journal.connect_wait_ms);
    const auto covered = covered_until(journal);
    journal::Archive archive(journal.url, journal.connect_wait_ms);
    int count = 0;
    for (auto range = archive.oldest(); range && is_wanted(*range, covered, order.before); range = archive.oldest()) {
        archive.put_away(*range, order.folder);
        spdlog::info("events {} to {} are in {} and no longer in the database", range->first.value,
                     range->next.value - 1, order.folder);
        ++count;
    }
    spdlog::info("{} ranges archived; two good snapshots cover what is up to event {}", count, covered.value);
    return ok;
}

}  // namespace venue::commands
