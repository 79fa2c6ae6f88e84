// Looks from time to time how old the newest snapshot is, how far the journal is archived and carried, and where its
// ranges end: the snapshotter and the archive are other processes, ranges are made and orders carried beside the
// appends, and only a start or a question that takes many minutes, or an append that fails, would tell that one ended
// long ago.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "venue/model/ids.hpp"

namespace venue::commands {

class SnapshotWatch {
  public:
    /// On a connection and a thread of its own. A database that is away is asked again the next time.
    explicit SnapshotWatch(std::string url);
    ~SnapshotWatch();

    /// Zero while none was seen. Any thread.
    [[nodiscard]] model::Sequence newest() const { return model::Sequence{newest_}; }
    /// Likewise.
    [[nodiscard]] model::Sequence archived_until() const { return model::Sequence{archived_until_}; }
    /// The first event that no range was made for. Likewise.
    [[nodiscard]] model::Sequence ranges_end() const { return model::Sequence{ranges_end_}; }
    /// The last mark at which the orders' states were carried. Likewise.
    [[nodiscard]] model::Sequence carried_until() const { return model::Sequence{carried_until_}; }

  private:
    void watch();
    void look();

    const std::string url_;
    std::atomic<std::int64_t> newest_{0};
    std::atomic<std::int64_t> archived_until_{0};
    std::atomic<std::int64_t> ranges_end_{0};
    std::atomic<std::int64_t> carried_until_{0};
    std::mutex mutex_;
    std::condition_variable ended_;
    bool ends_ = false;
    std::thread thread_;
};

}  // namespace venue::commands
