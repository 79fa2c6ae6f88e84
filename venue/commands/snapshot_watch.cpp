#include "venue/commands/snapshot_watch.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

#include "venue/journal/archive.hpp"
#include "venue/journal/snapshot_store.hpp"

namespace venue::commands {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 60s;
/// It isn't urgent: who is away now is asked a minute later.
constexpr std::int64_t connect_wait_ms = 1'000;

}  // namespace

SnapshotWatch::SnapshotWatch(std::string url) : url_(std::move(url)), thread_([this] { watch(); }) {}

SnapshotWatch::~SnapshotWatch() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

void SnapshotWatch::watch() {
    std::unique_lock lock(mutex_);
    while (!ends_) {
        lock.unlock();
        look();
        lock.lock();
        ended_.wait_for(lock, look_every, [this] { return ends_; });
    }
}

void SnapshotWatch::look() {
    try {
        const auto stored = journal::SnapshotStore(url_, connect_wait_ms).newest_first();
        if (!stored.empty()) newest_ = stored.front().state.sequence.value;
        archived_until_ = journal::archived_until(url_).value;
        ranges_end_ = journal::ranges_end(url_).value;
        carried_until_ = journal::carried_until(url_).value;
    } catch (const std::exception& error) {
        spdlog::debug("snapshots, archive and ranges can't be looked up: {}", error.what());
    }
}

}  // namespace venue::commands
