#include "venue/commands/store_snapshot.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "venue/engine/snapshot.hpp"

namespace venue::commands {
namespace {

/// Whether the snapshot of this event and of this release's format is what was stored, and tells of this state.
bool is_good(journal::SnapshotStore& store, const journal::StateHash& state) {
    const auto stored = store.newest_first();
    const auto same = std::ranges::find_if(stored, [&](const journal::SnapshotHeader& header) {
        return header.state.sequence == state.sequence && header.format == std::int32_t{engine::snapshot_format};
    });
    if (same == stored.end()) return false;
    const bool is_comparable = same->state.version == state.version;
    if (is_comparable && same->state.hash != state.hash) return false;
    if (store.is_whole(*same)) return true;
    remove_damaged(store, *same);
    return false;
}

}  // namespace

Stored store_snapshot(journal::SnapshotStore& store, const engine::Engine& engine) {
    const journal::StateHash state{engine.last_sequence(), engine::state_hash_version, engine.state_hash()};
    const auto write = [&](const auto& sink) { engine::write_snapshot(engine, sink); };
    if (!store.store(state, engine::snapshot_format, write)) {
        if (is_good(store, state)) return Stored::already;
        store.store(state, engine::snapshot_format, write);
    }
    return is_good(store, state) ? Stored::anew : Stored::damaged;
}

void remove_damaged(journal::SnapshotStore& store, const journal::SnapshotHeader& header) {
    try {
        if (!store.remove_damaged(header)) return;
        spdlog::warn("removed the damaged snapshot at event {}", header.state.sequence.value);
    } catch (const journal::JournalUnreadable& error) {
        spdlog::warn("the snapshot at event {} can't be removed: {}", header.state.sequence.value, error.what());
    }
}

}  // namespace venue::commands
