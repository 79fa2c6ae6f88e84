#include "venue/journal/archive.hpp"

#include <spdlog/spdlog.h>

#include <optional>

#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/commands/store_snapshot.hpp"
#include "venue/journal/archive_reader.hpp"
#include "venue/journal/archived_events.hpp"
#include "venue/journal/migrate.hpp"
#include "venue/recovery.hpp"

namespace venue::commands {
namespace {

const auto warn = [](const std::string& sentence) { spdlog::warn("{}", sentence); };

/// Two starting points must be left behind an archived range: the newest snapshot, and one for the case that it turns
/// out to be damaged. Whether they are good is found out now, by loading them.
model::Sequence covered_until(journal::SnapshotStore& snapshots) {
    model::Sequence newest;
    for (const auto& header : snapshots.newest_first()) {
        // Of one event there may be several formats.
        if (header.state.sequence == newest || !load(snapshots, header, warn)) continue;
        if (newest) return header.state.sequence;
        newest = header.state.sequence;
    }
    return {};
}

bool is_wanted(const journal::SequenceRange& range, model::Sequence covered, std::int64_t before) {
    return range.next.value - 1 <= covered.value && (before == 0 || range.next.value <= before);
}

/// The state at the end of each range that goes: a snapshot of it is where every fold of what stays begins. Folding the
/// range's own file proves that it can be folded.
class RangeEnds {
  public:
    RangeEnds(journal::SnapshotStore& store, const journal::ArchivedEvents& archived)
        : store_(store), archived_(archived) {}

    void store(const journal::SequenceRange& range, const std::filesystem::path& events) {
        const model::Sequence last{range.next.value - 1};
        if (!engine_) engine_ = engine_behind(model::Sequence{range.first.value - 1}, last);
        journal::read_archived_events(events, [&](const model::Event& event) {
            if (engine_->last_sequence() < event.sequence) engine_->fold(event);
        });
        if (engine_->last_sequence() != last) {
            throw journal::JournalUnreadable(events.string() + " doesn't lead to event " + std::to_string(last.value) +
                                             ".");
        }
        if (store_snapshot(store_, *engine_) == Stored::damaged) {
            throw journal::JournalUnreadable("The snapshot at event " + std::to_string(last.value) +
                                             " was damaged when it was read back.");
        }
    }

  private:
    /// Nothing is archived before the first range. The end of any other has a snapshot since it was archived; if that
    /// one was damaged, what is archived is folded from its files.
    engine::Engine engine_behind(model::Sequence first, model::Sequence last) {
        if (!first) return {};
        const auto stored = store_.newest_first();
        for (auto header = stored.rbegin(); header != stored.rend() && header->state.sequence <= last; ++header) {
            if (header->state.sequence < first) continue;
            if (auto engine = load(store_, *header, warn)) return std::move(*engine);
        }
        engine::Engine engine;
        archived_.read({}, first, [&](const model::Event& event) { engine.fold(event); });
        return engine;
    }

    journal::SnapshotStore& store_;
    const journal::ArchivedEvents& archived_;
    std::optional<engine::Engine> engine_;
};

}  // namespace

int archive(const config::Settings& settings, const ArchiveOrder& order) {
    const auto& journal = settings.journal;
    if (!std::filesystem::is_directory(order.folder)) {
        throw config::ConfigError("--to " + order.folder + ": is no folder; expected one that exists");
    }
    journal::require_schema(journal.url, journal.sql_dir, journal.connect_wait_ms);
    journal::SnapshotStore snapshots(journal.url, journal.connect_wait_ms);
    const auto covered = covered_until(snapshots);
    journal::Archive archive(journal.url, journal.connect_wait_ms);
    const journal::ArchivedEvents archived(journal.url, order.folder);
    RangeEnds ends(snapshots, archived);
    int count = 0;
    for (auto range = archive.oldest(); range && is_wanted(*range, covered, order.before); range = archive.oldest()) {
        const auto files = archive.write_files(*range, order.folder);
        ends.store(*range, files.events);
        archive.take_out(*range, files);
        spdlog::info("events {} to {} are in {} and no longer in the database", range->first.value,
                     range->next.value - 1, order.folder);
        ++count;
    }
    spdlog::info("{} ranges archived; two good snapshots cover what is up to event {}", count, covered.value);
    return ok;
}

}  // namespace venue::commands
