// Storing an engine's state as a snapshot, and finding out at once whether it can be read.
#pragma once

#include "venue/engine/engine.hpp"
#include "venue/journal/snapshot_store.hpp"

namespace venue::commands {

enum class Stored { anew, already, damaged };

/// Stores a snapshot of the engine's state, unless there is a good one of its last event, and reads it back: it is in
/// the server's memory, so that costs a second at most. One that isn't what was stored is removed.
Stored store_snapshot(journal::SnapshotStore& store, const engine::Engine& engine);

/// Removes one that is damaged, and says so. Where its own rows can't be read either that is said, and it stays.
void remove_damaged(journal::SnapshotStore& store, const journal::SnapshotHeader& header);

}  // namespace venue::commands
