// The snapshotter: a second reader of the journal, so that the venue never pauses for a snapshot.
#include <spdlog/spdlog.h>

#include <chrono>
#include <csignal>
#include <ctime>

#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/commands/signals.hpp"
#include "venue/commands/store_snapshot.hpp"
#include "venue/journal/archived_events.hpp"
#include "venue/journal/event_reader.hpp"
#include "venue/journal/migrate.hpp"
#include "venue/journal/snapshot_store.hpp"
#include "venue/recovery.hpp"

namespace venue::commands {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// How often a follower takes over what was appended, so that there is never much to be read at once.
constexpr timespec fold_every{1, 0};

/// An engine that follows the journal, and the snapshots that were made of it.
class Snapshotter {
  public:
    /// What no good snapshot stands for and the database doesn't have any more is read from the `archive`'s files.
    Snapshotter(const config::JournalSettings& settings, const std::string& archive)
        : reader_(settings.url, settings.connect_wait_ms),
          store_(settings.url, settings.connect_wait_ms),
          engine_(newest_good()),
          newest_(engine_.last_sequence()) {
        if (!archive.empty()) fold_archived(journal::ArchivedEvents(settings.url, archive));
        follow();
        spdlog::info("restored: journal at sequence {}, newest snapshot at {}", engine_.last_sequence().value,
                     newest_.value);
    }

    void follow() {
        reader_.read(engine_.last_sequence(), [&](const model::Event& event) { engine_.fold(event); });
    }

    /// How many events came since the newest snapshot.
    [[nodiscard]] std::int64_t event_count() const { return engine_.last_sequence().value - newest_.value; }

    void store(int keep_count) {
        const auto started = Clock::now();
        const auto stored = store_snapshot(store_, engine_);
        if (stored == Stored::damaged) {
            // The older ones stay, and the next time comes soon.
            spdlog::error("the snapshot at event {} was damaged when it was read back", engine_.last_sequence().value);
            return;
        }
        const auto removed_count = store_.prune(keep_count);
        newest_ = engine_.last_sequence();
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started);
        spdlog::info("{} at event {} in {} ms; {} older ones removed",
                     stored == Stored::anew ? "stored a snapshot" : "there was a snapshot", newest_.value, took.count(),
                     removed_count);
    }

  private:
    /// The state of the newest good snapshot. Damaged ones before it are removed: they would be counted among those
    /// that are kept, and keep a good one of the same event out.
    engine::Engine newest_good() {
        const auto tell = [](const auto& sentence) { spdlog::warn("{}", sentence); };
        for (const auto& header : store_.newest_first()) {
            if (auto engine = load(store_, header, tell)) return std::move(*engine);
            remove_damaged(store_, header);
        }
        return {};
    }

    void fold_archived(const journal::ArchivedEvents& archived) {
        archived.read(engine_.last_sequence(), archived.until(),
                      [&](const model::Event& event) { engine_.fold(event); });
    }

    journal::EventReader reader_;
    journal::SnapshotStore store_;
    engine::Engine engine_;
    model::Sequence newest_;  ///< The last event of the newest good snapshot.
};

/// Stores one each time that so many seconds went by and enough events came; until SIGTERM or SIGINT.
void follow(Snapshotter& snapshotter, const config::SnapshotSettings& settings, const sigset_t& ending) {
    const auto every = std::chrono::seconds(settings.every_seconds);
    auto next = Clock::now() + every;
    while (sigtimedwait(&ending, nullptr, &fold_every) < 0) {
        snapshotter.follow();
        if (Clock::now() < next) continue;
        next = Clock::now() + every;
        if (snapshotter.event_count() >= settings.events_min) snapshotter.store(settings.keep_count);
    }
}

}  // namespace

int snapshot(const config::Settings& settings, const SnapshotWish& wish) {
    const auto& journal = settings.journal;
    journal::require_schema(journal.url, journal.sql_dir, journal.connect_wait_ms);
    Snapshotter snapshotter(journal, wish.archive);
    if (!wish.goes_on) {
        if (snapshotter.event_count() > 0) {
            snapshotter.store(settings.snapshot.keep_count);
        } else {
            spdlog::info("nothing was stored: no event came since the newest good snapshot");
        }
        return ok;
    }
    // Only from here on: a restore that takes long ends at once.
    follow(snapshotter, settings.snapshot, block_signals({SIGTERM, SIGINT}));
    return ok;
}

}  // namespace venue::commands
