#include "venue/control/pending_transfers.hpp"

#include <utility>

namespace venue::control {
namespace {

using Kind = TransferRefusal::Kind;

std::variant<TransferOutcome, TransferRefusal> outcome(model::RejectReason declined, model::Sequence done,
                                                       model::Sequence remembered) {
    if (declined != model::RejectReason::none) return TransferRefusal{Kind::declined, std::string(sentence(declined))};
    return TransferOutcome{remembered.value, !done};
}

}  // namespace

void PendingTransfers::begin(const Transfer& transfer, Told told) {
    const auto amount = model::parse_decimal(transfer.amount);
    if (!amount) return told(TransferRefusal{Kind::invalid, "The amount is no decimal number, like 0.5."});
    if (const auto refusal = keep(transfer.id, told)) return told(*refusal);
    // The question behind the command is answered whatever the command did, and after it was durable: a transfer that
    // was done before gives no event.
    submit_({{},
             model::TransferFunds{transfer.id, transfer.from, transfer.to, transfer.asset, *amount,
                                  transfer.even_suspended}});
    submit_({{}, model::TransferQuestion{transfer.from, transfer.id}});
}

std::optional<TransferRefusal> PendingTransfers::keep(const std::string& id, Told& told) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return TransferRefusal{Kind::busy, "The venue is stopping."};
    if (waiting_.size() >= waiting_max) return TransferRefusal{Kind::busy, "Too many transfers wait."};
    // It may be another participant's, whose ids are their own: rare, and this one only has to be asked again.
    if (waiting_.contains(id)) {
        return TransferRefusal{Kind::same_id_waits,
                               "Another call with this id is still waiting; this one was not submitted."};
    }
    waiting_.emplace(id, Waiting{std::move(told), {}, {}});
    return {};
}

void PendingTransfers::released(const model::Group& group) {
    std::vector<std::pair<Waiting, model::Sequence>> finished;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty()) return;
        for (const auto& event : group.events) take(event);
        for (const auto& answer : group.answers) {
            const auto* const transfer = std::get_if<model::TransferAnswer>(&answer.body);
            if (transfer == nullptr) continue;
            if (auto waiting = finish(*transfer)) finished.emplace_back(std::move(*waiting), transfer->event);
        }
    }
    for (const auto& [waiting, remembered] : finished) {
        waiting.told(outcome(waiting.declined, waiting.done, remembered));
    }
}

void PendingTransfers::take(const model::Event& event) {
    if (const auto* const done = std::get_if<model::FundsTransferred>(&event.body)) {
        if (const auto found = waiting_.find(done->id); found != waiting_.end()) found->second.done = event.sequence;
    } else if (const auto* const declined = std::get_if<model::TransferRejected>(&event.body)) {
        const auto found = waiting_.find(declined->id);
        if (found != waiting_.end()) found->second.declined = declined->reason;
    }
}

std::optional<PendingTransfers::Waiting> PendingTransfers::finish(const model::TransferAnswer& answer) {
    auto found = waiting_.extract(answer.id);
    if (found.empty()) return {};
    return std::move(found.mapped());
}

void PendingTransfers::stop() {
    std::map<std::string, Waiting, std::less<>> waiting;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        waiting.swap(waiting_);
    }
    for (const auto& [id, each] : waiting) {
        each.told(TransferRefusal{Kind::unknown, "The venue stopped before the outcome was known."});
    }
}

}  // namespace venue::control
