// Transfers between a participant's accounts. The objections stand in the catalogue's order, and what the words alone
// can tell comes before what the books say: so asking again is answered as before, whatever the balance is by now.
#include "venue/engine/decide.hpp"
#include "venue/engine/rights.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::engine {
namespace {

using model::RejectReason;

/// The transfer as its event would tell it; what isn't known is zero.
struct Draft {
    model::FundsTransferred transfer;
    model::ParticipantId receiver;
    std::optional<model::Amount> amount;  ///< Empty when it is no whole number of ledger units.
};

Draft draft(const model::Reference& reference, const model::TransferFunds& asked) {
    const model::Account* const from = reference.account(asked.from);
    const model::Account* const to = reference.account(asked.to);
    const model::Asset* const asset = reference.asset(asked.asset);
    Draft drafted;
    drafted.transfer.id = asked.id;
    if (from != nullptr) drafted.transfer.from = from->id;
    if (from != nullptr) drafted.transfer.participant = from->participant;
    if (to != nullptr) drafted.transfer.to = to->id;
    if (to != nullptr) drafted.receiver = to->participant;
    if (asset == nullptr) return drafted;
    drafted.transfer.asset = asset->id;
    drafted.amount = amount_of(asked.amount, asset->ledger_digits);
    drafted.transfer.amount = drafted.amount.value_or(model::Amount{});
    return drafted;
}

RejectReason objection_to_words(const model::TransferFunds& asked, const Draft& drafted) {
    const model::FundsTransferred& transfer = drafted.transfer;
    if (!model::is_name(asked.id)) return RejectReason::transfer_id_invalid;
    if (!transfer.from || !transfer.to) return RejectReason::transfer_account_unknown;
    if (transfer.from == transfer.to) return RejectReason::transfer_to_itself;
    if (transfer.participant != drafted.receiver) return RejectReason::transfer_between_participants;
    if (!transfer.asset) return RejectReason::transfer_asset_unknown;
    if (asked.amount.digits <= 0) return RejectReason::transfer_not_positive;
    return drafted.amount ? RejectReason::none : RejectReason::transfer_too_precise;
}

/// Null when none of that id is remembered.
const model::FundsTransferred* remembered(const State& state, const model::FundsTransferred& transfer) {
    const auto record = state.transfers.find(transfer.participant);
    if (record == state.transfers.end()) return nullptr;
    const model::Sequence event = record->second.find(transfer.id);
    return event ? &record->second.transfers().at(event) : nullptr;
}

/// Of whoever gives. What is suspended may still be given to.
RejectReason objection_to_giver(const State& state, const model::FundsTransferred& transfer, bool even_suspended) {
    const model::Flaw suspended = suspension(state, transfer.participant, transfer.from);
    if (suspended && !even_suspended) return suspended.reason;
    return state.owes(transfer.from) ? RejectReason::transfer_account_owes : RejectReason::none;
}

bool is_covered(const State& state, const model::FundsTransferred& transfer) {
    return transfer.amount <= state.balance(transfer.from, transfer.asset).available;
}

}  // namespace

void decide(Recorder& out, const model::TransferFunds& asked) {
    const Draft drafted = draft(out.state().reference, asked);
    const auto reject = [&](RejectReason reason) { out.record(model::TransferRejected{asked.id, reason}); };
    if (const auto reason = objection_to_words(asked, drafted); reason != RejectReason::none) return reject(reason);
    if (const auto* before = remembered(out.state(), drafted.transfer)) {
        if (*before != drafted.transfer) reject(RejectReason::transfer_id_used);
        return;
    }
    const auto reason = objection_to_giver(out.state(), drafted.transfer, asked.even_suspended);
    if (reason != RejectReason::none) return reject(reason);
    if (!is_covered(out.state(), drafted.transfer)) return reject(RejectReason::transfer_not_covered);
    out.record(drafted.transfer);
}

}  // namespace venue::engine
