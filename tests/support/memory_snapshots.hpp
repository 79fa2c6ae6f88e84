// Snapshots in memory, for tests of what a start makes of them.
#pragma once

#include <string>
#include <vector>

#include "venue/engine/snapshot.hpp"
#include "venue/journal/snapshots.hpp"

namespace venue::journal {

class MemorySnapshots final : public Snapshots {
  public:
    void store(const engine::Engine& engine) {
        SnapshotHeader header;
        header.id = static_cast<std::int64_t>(stored_.size());
        header.state = {engine.last_sequence(), engine::state_hash_version, engine.state_hash()};
        header.format = engine::snapshot_format;
        stored_.push_back({header, {}});
        engine::write_snapshot(engine, [&](std::string_view piece) { stored_.back().bytes.append(piece); });
    }

    std::vector<SnapshotHeader> newest_first() override {
        std::vector<SnapshotHeader> headers;
        for (auto each = stored_.rbegin(); each != stored_.rend(); ++each) headers.push_back(each->header);
        return headers;
    }
    BytesSource open(const SnapshotHeader& header) override {
        ++opened_count;
        return [rest = std::string_view(bytes(header.id))]() mutable { return std::exchange(rest, {}); };
    }

    /// To be damaged; the newest is the last.
    std::string& bytes(std::int64_t id) { return stored_.at(static_cast<std::size_t>(id)).bytes; }
    SnapshotHeader& header(std::int64_t id) { return stored_.at(static_cast<std::size_t>(id)).header; }

    int opened_count = 0;

  private:
    struct Stored {
        SnapshotHeader header;
        std::string bytes;
    };
    std::vector<Stored> stored_;
};

}  // namespace venue::journal
