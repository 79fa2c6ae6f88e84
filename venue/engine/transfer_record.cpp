#include "venue/engine/transfer_record.hpp"

#include "venue/engine/engine.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {

void TransferRecord::remember(model::Sequence event, const model::FundsTransferred& transfer) {
    const bool is_new = ids_.emplace(transfer.id, event).second;
    ensure(is_new, "a transfer's id has one effect");
    transfers_.emplace_hint(transfers_.end(), event, transfer);
    if (transfers_.size() <= transfers_max) return;
    ids_.erase(transfers_.begin()->second.id);
    transfers_.erase(transfers_.begin());
}

model::Sequence TransferRecord::find(std::string_view id) const {
    const auto found = ids_.find(id);
    return found == ids_.end() ? model::Sequence{} : found->second;
}

}  // namespace venue::engine
