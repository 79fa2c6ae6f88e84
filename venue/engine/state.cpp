#include "venue/engine/state.hpp"

#include <algorithm>

#include "venue/model/ensure.hpp"

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
    return next;
}

const model::Instrument* State::instrument(std::string_view symbol) const {
    const auto found = symbols.find(symbol);
    return found == symbols.end() ? nullptr : &instrument(found->second);
}

const model::Instrument& State::instrument(model::InstrumentId id) const {
    const auto found = reference.instruments.find(id);
    ensure(found != reference.instruments.end(), "an order's instrument is listed");
    return found->second;
}

const model::Session& State::session(model::SessionId id) const {
    const auto found = reference.sessions.find(id);
    ensure(found != reference.sessions.end(), "a request comes from a configured session");
    return found->second;
}

model::Sequence State::transfer(std::string_view from_account, std::string_view id) const {
    const model::Account* const account = reference.account(from_account);
    if (account == nullptr) return {};
    const auto record = transfers.find(account->participant);
    return record == transfers.end() ? model::Sequence{} : record->second.find(id);
}

const Book& State::book(model::InstrumentId id) const {
    const auto found = books.find(id);
    ensure(found != books.end(), "a listed instrument has a book");
    return found->second;
}

}  // namespace venue::engine
