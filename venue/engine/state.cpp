#include "venue/engine/state.hpp"

#include <algorithm>

namespace venue::engine {

const KnownOrder* State::find(model::ParticipantId participant, model::OrderId id, const model::ClOrdId& name) const {
    if (!id) return find(participant, name);
    const KnownOrder* known = find(id);
    if (known == nullptr || known->order.participant != participant) return nullptr;
    return name.empty() || find(participant, name) == known ? known : nullptr;
}

std::optional<model::Timestamp> State::next_due() const {
    std::optional<model::Timestamp> next;
    const auto weigh = [&](const auto& of_a_kind) {
        if (!of_a_kind.empty() && (!next || of_a_kind.begin()->first < *next)) next = of_a_kind.begin()->first;
    };
    weigh(due);
    weigh(lost);
    weigh(phases_due);
    weigh(indications_due);
    weigh(pegs_due);
    if (fees_due != model::Timestamp{} && (!next || fees_due < *next)) next = fees_due;
    return next;
}

const model::Instrument* State::instrument(std::string_view symbol) const {
    const auto found = symbols.find(symbol);
    return found == symbols.end() ? nullptr : &instrument(found->second);
}

model::Sequence State::transfer(std::string_view from_account, std::string_view id) const {
    const model::Account* const account = reference.account(from_account);
    if (account == nullptr) return {};
    const auto record = transfers.find(account->participant);
    return record == transfers.end() ? model::Sequence{} : record->second.find(id);
}

std::int32_t State::open_count(model::ParticipantId participant, model::InstrumentId instrument) const {
    const auto found = participations.find(participant);
    const auto at = static_cast<std::size_t>(instrument.value);
    if (found == participations.end() || at >= found->second.open_counts.size()) return 0;
    return found->second.open_counts[at];
}

model::Amount State::owed(model::AccountId account, model::AssetId asset) const {
    const auto found = owing.find({account, asset});
    return found == owing.end() ? model::Amount{} : found->second;
}

bool State::owes(model::AccountId account) const {
    const auto found = owing.lower_bound({account, model::AssetId{}});
    return found != owing.end() && found->first.first == account;
}

std::optional<std::pair<model::AccountId, model::AssetId>> State::payable_debt() const {
    for (const auto& [who, amount] : owing) {
        const Balance balance = balances.find(who.first, who.second);
        if (balance.available.units > 0 || balance.held.units > 0) return who;
    }
    return {};
}

void State::add_to_list(const model::Order& leg) {
    lists[leg.special->list].push_back(leg.id);
    list_names.emplace(leg.instrument, leg.special->list);
}

void State::take_from_list(const model::Order& leg) {
    const auto list = lists.find(leg.special->list);
    std::erase(list->second, leg.id);
    if (!list->second.empty()) return;
    list_names.erase({leg.instrument, list->first});
    lists.erase(list);
}

}  // namespace venue::engine
