#include "venue/sequencer/sequencer.hpp"

#include <algorithm>
#include <utility>

namespace venue::sequencer {

Sequencer::Sequencer(const Clock& clock, model::Timestamp last, std::size_t room)
    : clock_(clock), back_pressure_(room), last_(last) {}

void Sequencer::submit(model::Request request) {
    bool was_empty = false;
    {
        const std::lock_guard lock(mutex_);
        was_empty = waiting_.empty();
        waiting_.push_back(std::move(request));
    }
    if (was_empty) arrived_.notify_one();
}

model::Admission Sequencer::admission() {
    const auto now = monotonic_now();
    const std::lock_guard lock(mutex_);
    const auto waited = waiting_.empty() ? 0 : now - waiting_.front().submitted_at;
    return back_pressure_.judge(waiting_.size(), waited);
}

std::size_t Sequencer::depth() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

std::vector<Stamped> Sequencer::take(std::chrono::milliseconds wait, std::size_t max) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, wait, [&] { return closed_ || !waiting_.empty(); });
    const std::size_t count = std::min(max, waiting_.size());
    std::vector<Stamped> batch;
    if (count == 0) return batch;
    batch.reserve(count);
    last_ = std::max(last_, clock_.now());
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
    for (auto request = waiting_.begin(); request != end; ++request) batch.push_back({last_, std::move(*request)});
    waiting_.erase(waiting_.begin(), end);
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
