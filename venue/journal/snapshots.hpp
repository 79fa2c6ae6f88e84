// Stored snapshots as recovery sees them. Two implementations exist: PostgreSQL, and one in memory for tests. What the
// bytes mean is the engine's own affair.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "venue/journal/journal.hpp"

namespace venue::journal {

/// What is known of a snapshot beside its bytes.
struct SnapshotHeader {
    std::int64_t id = 0;  ///< The store's own.
    StateHash state;      ///< The engine's, after the last event that the snapshot covers.
    std::int32_t format = 0;
    std::string sha256;  ///< Of all of the bytes, in hexadecimal.
    std::int64_t size = 0;
};

/// Its bytes aren't those that were stored. It stands for events that are stored too, so nothing is lost.
struct SnapshotDamaged : JournalUnreadable {
    using JournalUnreadable::JournalUnreadable;
};

/// Takes the bytes piece by piece; a piece is valid during the call only.
using BytesSink = std::function<void(std::string_view piece)>;
/// Gives the bytes piece by piece, each valid until the next call; an empty one is the end.
using BytesSource = std::function<std::string_view()>;

class Snapshots {
  public:
    virtual ~Snapshots() = default;

    /// The complete ones.
    virtual std::vector<SnapshotHeader> newest_first() = 0;

    /// The source throws SnapshotDamaged instead of coming to its end when the bytes aren't those that were stored,
    /// and lives no longer than this object.
    virtual BytesSource open(const SnapshotHeader& header) = 0;
};

}  // namespace venue::journal
