#include "venue/control/pending_commands.hpp"

#include <utility>
#include <vector>

namespace venue::control {

using Kind = OperatorRefusal::Kind;

void PendingCommands::begin(OperatorCommand command, Told told) {
    const auto call = keep(told);
    if (!call) return;
    const auto submit_command = [&](auto& wish) {
        wish.call = *call;
        submit_({{}, model::CommandBody(std::move(wish))});
    };
    std::visit(submit_command, command);
    // The question behind the command is answered whatever the command did, and after it was durable: asking for what
    // is already so gives no event.
    submit_({{}, model::OutcomeQuestion{*call}});
}

void PendingCommands::await(Told told) {
    if (const auto call = keep(told)) submit_({{}, model::OutcomeQuestion{*call}});
}

std::optional<std::int64_t> PendingCommands::keep(Told& told) {
    std::unique_lock lock(mutex_);
    const bool is_full = waiting_.size() >= waiting_max;
    if (!stopping_ && !is_full) {
        waiting_.emplace(++calls_, Waiting{std::move(told)});
        return calls_;
    }
    lock.unlock();
    told(OperatorRefusal{Kind::busy, is_full ? "Too many calls wait." : "The venue is stopping."});
    return {};
}

void PendingCommands::take(const model::Event& event) {
    const auto* const rejected = std::get_if<model::ConfigurationRejected>(&event.body);
    if (rejected == nullptr) return;
    const auto found = waiting_.find(rejected->call);
    if (found != waiting_.end()) found->second.declined = OperatorRefusal{Kind::declined, rejected->sentence};
}

void PendingCommands::released(const model::Group& group) {
    std::vector<Waiting> finished;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty()) return;
        for (const auto& event : group.events) take(event);
        for (const auto& answer : group.answers) {
            const auto* const outcome = std::get_if<model::OutcomeAnswer>(&answer.body);
            if (outcome == nullptr) continue;
            if (auto found = waiting_.extract(outcome->call)) finished.push_back(std::move(found.mapped()));
        }
    }
    for (const auto& each : finished) each.told(each.declined);
}

void PendingCommands::stop() {
    std::map<std::int64_t, Waiting> waiting;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        waiting.swap(waiting_);
    }
    for (const auto& [call, each] : waiting) {
        each.told(OperatorRefusal{Kind::unknown, "The venue stopped before the outcome was known."});
    }
}

}  // namespace venue::control
