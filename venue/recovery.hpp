// The start-up path, which is the recovery path: journal to engine.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "venue/engine/engine.hpp"
#include "venue/fix/gateway.hpp"
#include "venue/journal/snapshots.hpp"

namespace venue {

/// Calls its second argument for every stored event after its first, in order.
using ReadEvents = std::function<void(model::Sequence after, const std::function<void(const model::Event&)>& each)>;
/// Takes a sentence for the log.
using Tell = std::function<void(const std::string& sentence)>;

/// The engine that a snapshot gives; nothing when it isn't good, which is told.
std::optional<engine::Engine> load(journal::Snapshots& snapshots, const journal::SnapshotHeader& header,
                                   const Tell& tell);

/// The engine after the last stored event: from the newest snapshot that is good, or from the first event when there is
/// none. A snapshot that isn't good is told of and passed over. Throws what `read` throws.
engine::Engine restore(journal::Snapshots& snapshots, const ReadEvents& read, const Tell& tell);

/// The start-up: restores, and notes the state's hash, so that a later fold can be held against this one.
engine::Engine recover(journal::Journal& journal, journal::Snapshots& snapshots, const Tell& tell);

/// Folds the whole journal and notes the state's hash, so that a later fold can be held against this one.
engine::Engine recover(journal::Journal& journal);

/// Notes the hash of the engine's state; nothing while the journal is empty. All of its events are durable.
void note_state_hash(const engine::Engine& engine, journal::Journal& journal);

/// Every session of the engine with its durable numbers. In an incarnation that has none yet it starts with none: it is
/// new, or a crash followed right upon its reset.
std::vector<fix::RestoredSession> sessions_to_restore(const engine::Engine& engine, journal::Journal& journal);

/// Disconnects for the sessions that were on when the venue ended, and for those that were lost before and whose time
/// to come back still ran. They come before anything else is asked.
std::vector<model::Request> disconnects_after_restart(const engine::Engine& engine);

}  // namespace venue
