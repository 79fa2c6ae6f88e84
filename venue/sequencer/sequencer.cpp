#include "venue/sequencer/sequencer.hpp"

#include <algorithm>
#include <utility>

namespace venue::sequencer {

Sequencer::Sequencer(const Clock& clock, model::Timestamp last, std::size_t room)
    : clock_(clock), room_(room), last_(last) {}

void Sequencer::submit(model::Request request) {
    bool was_empty = false;
    {
        const std::lock_guard lock(mutex_);
        was_empty = waiting_.size() == taken_;
        waiting_.push_back(std::move(request));
    }
    if (was_empty) arrived_.notify_one();
}

bool Sequencer::has_room() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size() - taken_ < room_;
}

std::vector<Stamped> Sequencer::take(std::chrono::milliseconds wait, std::size_t max) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, wait, [&] { return closed_ || waiting_.size() > taken_; });
    const std::size_t count = std::min(max, waiting_.size() - taken_);
    std::vector<Stamped> batch;
    if (count == 0) return batch;
    batch.reserve(count);
    last_ = std::max(last_, clock_.now());
    for (std::size_t i = 0; i < count; ++i) batch.push_back({last_, std::move(waiting_[taken_ + i])});
    taken_ += count;
    if (taken_ == waiting_.size()) {
        waiting_.clear();
        taken_ = 0;
    }
    return batch;
}

model::Timestamp Sequencer::stamp() {
    const std::lock_guard lock(mutex_);
    return last_ = std::max(last_, clock_.now());
}

void Sequencer::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    arrived_.notify_all();
}

bool Sequencer::closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
}

}  // namespace venue::sequencer
