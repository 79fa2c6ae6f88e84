// Snapshots in the journal's database. They need no fence: a snapshot of events that are stored is true whoever writes
// it, and one more does no harm.
#pragma once

#include <memory>

#include "venue/journal/snapshots.hpp"

namespace venue::journal {

class Database;

class SnapshotStore final : public Snapshots {
  public:
    /// Waits for the database at most `connect_wait_ms`. Every function throws JournalFailed when the database is away.
    SnapshotStore(const std::string& url, std::int64_t connect_wait_ms);
    ~SnapshotStore() override;

    std::vector<SnapshotHeader> newest_first() override;
    BytesSource open(const SnapshotHeader& header) override;

    /// Stores what `write` gives to its sink, in one transaction: a snapshot is there as a whole or not at all. False,
    /// and nothing new is stored, when there is one of this sequence and format already.
    bool store(const StateHash& state, std::int32_t format, const std::function<void(const BytesSink&)>& write);

    /// Removes all but the newest `keep_count`; never fewer than two are kept, nor the two oldest behind an archived
    /// range. Returns how many were removed.
    std::int64_t prune(int keep_count);

    /// Reads it from end to end: whether its bytes are those that were stored.
    bool is_whole(const SnapshotHeader& header);

    /// False when it was removed since its header was read.
    bool has(const SnapshotHeader& header);

    /// Removes one whose bytes aren't those that were stored, so that it is in nobody's way. False when it isn't
    /// damaged: what another release wrote may be unreadable here, and good.
    bool remove_damaged(const SnapshotHeader& header);

  private:
    std::unique_ptr<Database> database_;
};

}  // namespace venue::journal
