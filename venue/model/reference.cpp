#include "venue/model/reference.hpp"

#include <algorithm>

#include "venue/model/event.hpp"

namespace venue::model {
namespace {

template <class Map, class Member>
const typename Map::mapped_type* find(const Map& map, Member member, std::string_view name) {
    const auto found = std::ranges::find_if(map, [&](const auto& entry) { return entry.second.*member == name; });
    return found == map.end() ? nullptr : &found->second;
}

struct Folding {
    Reference& reference;
    void operator()(const AssetAdded& e) const { reference.assets[e.asset.id] = e.asset; }
    void operator()(const InstrumentListed& e) const { reference.instruments[e.instrument.id] = e.instrument; }
    void operator()(const PhaseChanged& e) const {
        const auto found = reference.instruments.find(e.instrument);
        if (found == reference.instruments.end()) return;
        found->second.phase = e.phase;
        found->second.phase_until = e.until;
    }
    void operator()(const UncrossBegun& e) const {
        const auto found = reference.instruments.find(e.instrument);
        if (found != reference.instruments.end() && e.price != Price{}) found->second.reference_price = e.price;
    }
    void operator()(const ParticipantAdded& e) const { reference.participants[e.participant.id] = e.participant; }
    void operator()(const AccountOpened& e) const { reference.accounts[e.account.id] = e.account; }
    void operator()(const SessionAdded& e) const { reference.sessions[e.session.id] = e.session; }
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

const Asset* Reference::asset(std::string_view code) const { return find(assets, &Asset::code, code); }
const Instrument* Reference::instrument(std::string_view symbol) const {
    return find(instruments, &Instrument::symbol, symbol);
}
const Participant* Reference::participant(std::string_view name) const {
    return find(participants, &Participant::name, name);
}
const Account* Reference::account(std::string_view name) const { return find(accounts, &Account::name, name); }
const Session* Reference::session(std::string_view comp_id) const { return find(sessions, &Session::comp_id, comp_id); }

std::string_view name(CancelOnDisconnect cancels) {
    switch (cancels) {
        case CancelOnDisconnect::off:
            return "off";
        case CancelOnDisconnect::session:
            return "session";
        case CancelOnDisconnect::participant:
            return "participant";
    }
    return "";
}

void fold(Reference& reference, const Event& event) { std::visit(Folding{reference}, event.body); }

}  // namespace venue::model
