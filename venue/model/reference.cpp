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
    void operator()(const InstrumentChanged& e) const { reference.instruments[e.changed.id] = e.changed; }
    void operator()(const InstrumentDelisted& e) const {
        const auto found = reference.instruments.find(e.instrument);
        if (found == reference.instruments.end()) return;
        found->second.delisted = true;
        found->second.phase = Phase::closed;
        found->second.phase_until = {};
    }
    void operator()(const ParticipantChanged& e) const { reference.participants[e.changed.id] = e.changed; }
    void operator()(const FeesSet& e) const {
        reference.fees = e.schedule;
        move(e.changes);
    }
    void operator()(const FeesRolled& e) const { move(e.changes); }
    void move(const std::vector<TierChange>& changes) const {
        for (const TierChange& change : changes) reference.participants[change.participant].fee_tier = change.tier;
    }
    void operator()(const AccountChanged& e) const { reference.accounts[e.changed.id] = e.changed; }
    void operator()(const ParticipantAdded& e) const { reference.participants[e.participant.id] = e.participant; }
    void operator()(const AccountOpened& e) const { reference.accounts[e.account.id] = e.account; }
    void operator()(const SessionAdded& e) const { reference.sessions[e.session.id] = e.session; }
    void operator()(const SessionChanged& e) const { reference.sessions[e.session.id] = e.session; }
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

const Asset* Reference::asset(std::string_view code) const { return find(assets, &Asset::code, code); }
const Instrument* Reference::instrument(std::string_view symbol) const {
    const auto is_it = [&](const auto& entry) { return !entry.second.delisted && entry.second.symbol == symbol; };
    const auto found = std::ranges::find_if(instruments, is_it);
    return found == instruments.end() ? nullptr : &found->second;
}
const Participant* Reference::participant(std::string_view name) const {
    return find(participants, &Participant::name, name);
}
const Account* Reference::account(std::string_view name) const { return find(accounts, &Account::name, name); }
const Session* Reference::session(std::string_view comp_id) const { return find(sessions, &Session::comp_id, comp_id); }

std::string_view name(FixVersion version) {
    switch (version) {
        case FixVersion::fix44:
            return "4.4";
        case FixVersion::fix42:
            return "4.2";
        case FixVersion::fix50sp2:
            return "5.0SP2";
    }
    return {};
}

std::string_view name(ReplaceQuantity quantity) {
    switch (quantity) {
        case ReplaceQuantity::total:
            return "total";
        case ReplaceQuantity::open:
            return "open";
    }
    return {};
}

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

namespace {

/// The smaller one of those that limit.
template <class Value>
Value tighter_one(Value one, Value other) {
    if (one == Value{} || other == Value{}) return std::max(one, other);
    return std::min(one, other);
}

}  // namespace

Limits tighter(const Limits& one, const Limits& other) {
    return {tighter_one(one.quantity, other.quantity), tighter_one(one.notional, other.notional),
            tighter_one(one.open_orders, other.open_orders), tighter_one(one.fat_finger_bp, other.fat_finger_bp)};
}

void fold(Reference& reference, const Event& event) {
    if (!is_of_order(event.body)) std::visit(Folding{reference}, event.body);
}

}  // namespace venue::model
