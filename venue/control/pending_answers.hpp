// Questions to a thread that may end before it answers. Whoever asked is told once, by the answer or by the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace venue::control {

template <class Answer>
class PendingAnswers {
  public:
    using Told = std::function<void(const Answer&)>;
    static constexpr std::size_t waiting_max = 1'000;

    /// What to call with the answer, from any thread; nothing when too many wait, or it has ended. It must not outlive
    /// this.
    std::optional<Told> keep(Told told) {
        const std::lock_guard lock(mutex_);
        if (ended_ || waiting_.size() >= waiting_max) return std::nullopt;
        waiting_.emplace(++calls_, std::move(told));
        return [this, call = calls_](const Answer& answer) { tell(call, answer); };
    }
    /// Whoever still waits is told this, and nobody is kept from here on.
    void end(const Answer& answer) {
        std::map<std::int64_t, Told> waiting;
        {
            const std::lock_guard lock(mutex_);
            ended_ = true;
            waiting.swap(waiting_);
        }
        for (const auto& [call, told] : waiting) told(answer);
    }

  private:
    void tell(std::int64_t call, const Answer& answer) {
        std::unique_lock lock(mutex_);
        const auto found = waiting_.extract(call);
        lock.unlock();
        if (found) found.mapped()(answer);
    }

    std::mutex mutex_;
    std::map<std::int64_t, Told> waiting_;
    std::int64_t calls_ = 0;
    bool ended_ = false;
};

}  // namespace venue::control
