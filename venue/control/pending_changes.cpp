#include "venue/control/pending_changes.hpp"

#include <utility>
#include <vector>

namespace venue::control {
namespace {

using Kind = ChangeRefusal::Kind;

}  // namespace

void PendingChanges::begin(const PhaseWish& wish, Told told) {
    const auto phase = model::phase_named(wish.phase);
    if (!phase && !wish.phase.empty())
        return told(ChangeRefusal{Kind::invalid, "There is no phase " + wish.phase + "."});
    // The answer behind the command tells the phase, and not that nothing was cancelled. No day of an instrument halts
    // it.
    if (wish.cancel_orders && phase != model::Phase::halted)
        return told(ChangeRefusal{Kind::invalid, "Only a halt cancels orders."});
    const auto call = keep(told);
    if (!call) return;
    // The question behind the command is answered whatever the command did, and after it was durable: asking for the
    // phase that is gives no event.
    submit_({{}, model::ChangePhase{wish.symbol, phase, wish.cancel_orders}});
    submit_({{}, model::PhaseQuestion{*call, wish.symbol}});
}

void PendingChanges::begin(const CancelWish& wish, Told told) {
    const auto call = keep(told);
    if (!call) return;
    submit_({{}, model::CancelOrders{wish.symbol, wish.participant}});
    submit_({{}, model::CancelledQuestion{*call, wish.symbol, wish.participant}});
}

std::optional<std::pair<std::int64_t, PendingChanges::Outcome>> PendingChanges::outcome_in(
    const model::Answer& answer) {
    if (const auto* const changed = std::get_if<model::PhaseAnswer>(&answer.body)) {
        if (changed->phase) return std::pair(changed->call, Outcome(std::string(name(*changed->phase))));
        const ChangeRefusal no{Kind::declined, "The instrument " + changed->symbol + " is not known."};
        return std::pair(changed->call, Outcome(no));
    }
    if (const auto* const cancelled = std::get_if<model::CancelledAnswer>(&answer.body)) {
        if (cancelled->fault.empty()) return std::pair(cancelled->call, Outcome(std::string()));
        return std::pair(cancelled->call, Outcome(ChangeRefusal{Kind::declined, cancelled->fault}));
    }
    return {};
}

std::optional<std::int64_t> PendingChanges::keep(Told& told) {
    std::unique_lock lock(mutex_);
    const bool is_full = waiting_.size() >= waiting_max;
    if (!stopping_ && !is_full) {
        waiting_.emplace(++calls_, std::move(told));
        return calls_;
    }
    lock.unlock();
    told(ChangeRefusal{Kind::busy, is_full ? "Too many calls wait." : "The venue is stopping."});
    return {};
}

void PendingChanges::released(const model::Group& group) {
    std::vector<std::pair<Told, Outcome>> finished;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty()) return;
        for (const auto& answer : group.answers) {
            auto outcome = outcome_in(answer);
            if (!outcome) continue;
            if (auto found = waiting_.extract(outcome->first)) {
                finished.emplace_back(std::move(found.mapped()), std::move(outcome->second));
            }
        }
    }
    for (const auto& [told, outcome] : finished) told(outcome);
}

void PendingChanges::stop() {
    std::map<std::int64_t, Told> waiting;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        waiting.swap(waiting_);
    }
    for (const auto& [call, told] : waiting) {
        told(ChangeRefusal{Kind::unknown, "The venue stopped before the outcome was known."});
    }
}

}  // namespace venue::control
