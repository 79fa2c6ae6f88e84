#include "venue/fix/port_registry.hpp"

#include <algorithm>
#include <utility>

namespace venue::fix {
namespace {

bool changes_reference(const model::Event& event) {
    using namespace model;
    return std::holds_alternative<AssetAdded>(event.body) || std::holds_alternative<InstrumentListed>(event.body) ||
           std::holds_alternative<ParticipantAdded>(event.body) || std::holds_alternative<AccountOpened>(event.body) ||
           std::holds_alternative<SessionAdded>(event.body) || std::holds_alternative<SessionChanged>(event.body) ||
           std::holds_alternative<ParticipantChanged>(event.body);
}

}  // namespace

void PortRegistry::restore(const std::vector<RestoredSession>& sessions, model::Sequence last) {
    context_.released = last;
    for (const auto& [numbers, last_numbered] : sessions) {
        // An incarnation without numbered events goes on behind what was written before it.
        const auto after = std::max(last_numbered, numbers.last_written);
        add(context_.reference->sessions.at(numbers.session))
            .start({numbers.incarnation, numbers.outbound_reserved, after, numbers.last_written, last, last},
                   numbers.inbound_judged);
    }
}

// ---- A release ------------------------------------------------------------------------------------------------------

void PortRegistry::release(const model::Group& group) {
    fold_reference(group);
    context_.passages = &group.passages;
    release_events(group);
    note_outcomes(group);
    context_.passages = nullptr;
    for (const auto& numbers : group.numbers) {
        if (auto* port = touch(numbers.session)) port->outbox().numbers(numbers);
    }
    for (const auto& run : group.outbound) {
        if (auto* port = touch(run.session)) port->outbox().outbound(run);
    }
    for (auto* port : std::exchange(touched_, {})) port->advance();
}

void PortRegistry::fold_reference(const model::Group& group) {
    if (std::ranges::none_of(group.events, changes_reference)) return;
    auto reference = std::make_shared<model::Reference>(*context_.reference);
    for (const auto& event : group.events) model::fold(*reference, event);
    context_.reference = std::move(reference);
}

/// An answer leaves after the events that it may have read.
void PortRegistry::release_events(const model::Group& group) {
    auto event = group.events.begin();
    const auto release_until = [&](model::Sequence until) {
        for (; event != group.events.end() && event->sequence <= until; ++event) release_event(*event);
    };
    for (const auto& answer : group.answers) {
        release_until(answer.after);
        if (auto* port = touch(answer.session)) port->outbox().answer(answer);
    }
    if (!group.events.empty()) release_until(group.events.back().sequence);
}

/// For measuring: what was told just now leaves with the next write.
void PortRegistry::note_outcomes(const model::Group& group) {
    for (const auto& passage : group.passages) {
        if (passage.read_at == 0) continue;
        if (auto* port = find(passage.origin.session)) port->note_outcome(passage);
    }
}

void PortRegistry::release_event(const model::Event& event) {
    context_.released = event.sequence;
    if (event.session) {
        if (auto* port = touch(event.session)) port->outbox().event(event);
    }
    if (event.other_session && event.other_session != event.session) {
        if (auto* port = touch(event.other_session)) port->outbox().event(event);
    }
    if (const auto* added = std::get_if<model::SessionAdded>(&event.body)) {
        add(added->session).start({model::Incarnation{1}, 0, event.sequence, {}, event.sequence, {}}, 0);
        touch(added->session.id);
    } else if (const auto* on = std::get_if<model::SessionLoggedOn>(&event.body)) {
        if (auto* port = touch(on->session)) port->logged_on(*on, event.sequence);
    } else if (const auto* changed = std::get_if<model::SessionChanged>(&event.body)) {
        if (auto* port = touch(changed->session.id)) port->changed(*changed, event.sequence);
    }
}

// ---- Ports ----------------------------------------------------------------------------------------------------------

SessionPort& PortRegistry::add(const model::Session& session) {
    if (auto* known = find(session.id)) return *known;
    auto& port = *ports_.emplace_back(std::make_unique<SessionPort>(context_, session));
    by_id_.emplace(session.id, &port);
    by_comp_id_.emplace(port.session().comp_id, &port);
    return port;
}

SessionPort* PortRegistry::find(std::string_view comp_id) const {
    const auto found = by_comp_id_.find(comp_id);
    return found == by_comp_id_.end() ? nullptr : found->second;
}

SessionPort* PortRegistry::find(model::SessionId id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
}

/// The port of that session, which is to be advanced when the release is through.
SessionPort* PortRegistry::touch(model::SessionId id) {
    auto* port = find(id);
    if (port != nullptr && std::ranges::find(touched_, port) == touched_.end()) touched_.push_back(port);
    return port;
}

}  // namespace venue::fix
