#include "venue/control/pending_phases.hpp"

#include <utility>
#include <vector>

namespace venue::control {
namespace {

using Kind = PhaseRefusal::Kind;

std::variant<std::string, PhaseRefusal> outcome(const model::PhaseAnswer& answer) {
    if (answer.phase) return std::string(name(*answer.phase));
    return PhaseRefusal{Kind::declined, "The instrument " + answer.symbol + " is not known."};
}

}  // namespace

void PendingPhases::begin(const PhaseWish& wish, Told told) {
    const auto phase = model::phase_named(wish.phase);
    if (!phase && !wish.phase.empty())
        return told(PhaseRefusal{Kind::invalid, "There is no phase " + wish.phase + "."});
    const auto call = keep(told);
    if (!call) return;
    // The question behind the command is answered whatever the command did, and after it was durable: asking for the
    // phase that is gives no event.
    submit_({{}, model::ChangePhase{wish.symbol, phase}});
    submit_({{}, model::PhaseQuestion{*call, wish.symbol}});
}

std::optional<std::int64_t> PendingPhases::keep(Told& told) {
    std::unique_lock lock(mutex_);
    const bool is_full = waiting_.size() >= waiting_max;
    if (!stopping_ && !is_full) {
        waiting_.emplace(++calls_, std::move(told));
        return calls_;
    }
    lock.unlock();
    told(PhaseRefusal{Kind::busy, is_full ? "Too many calls wait." : "The venue is stopping."});
    return {};
}

void PendingPhases::released(const model::Group& group) {
    std::vector<std::pair<Told, const model::PhaseAnswer*>> finished;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty()) return;
        for (const auto& answer : group.answers) {
            const auto* const phase = std::get_if<model::PhaseAnswer>(&answer.body);
            if (phase == nullptr) continue;
            if (auto found = waiting_.extract(phase->call)) finished.emplace_back(std::move(found.mapped()), phase);
        }
    }
    for (const auto& [told, answer] : finished) told(outcome(*answer));
}

void PendingPhases::stop() {
    std::map<std::int64_t, Told> waiting;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        waiting.swap(waiting_);
    }
    for (const auto& [call, told] : waiting) {
        told(PhaseRefusal{Kind::unknown, "The venue stopped before the outcome was known."});
    }
}

}  // namespace venue::control
