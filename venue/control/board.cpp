#include "venue/control/board.hpp"

#include <algorithm>

#include "venue/model/event.hpp"

namespace venue::control {

void Board::restore(const model::Reference& reference, const std::vector<model::SessionNumbers>& numbers) {
    const std::lock_guard lock(mutex_);
    reference_ = reference;
    for (const auto& [id, session] : reference.sessions) add(session);
    for (const auto& each : numbers) take(each);
}

void Board::released(const model::Group& group) {
    const std::lock_guard lock(mutex_);
    for (const auto& event : group.events) take(event);
    for (const auto& numbers : group.numbers) take(numbers);
}

void Board::add(const model::Session& session) {
    sessions_[session.id] = {session.comp_id, reference_.participants[session.participant].name, false, 1};
}

void Board::take(const model::Event& event) {
    model::fold(reference_, event);
    if (const auto* const added = std::get_if<model::SessionAdded>(&event.body)) {
        add(added->session);
    } else if (const auto* const on = std::get_if<model::SessionLoggedOn>(&event.body)) {
        auto& session = sessions_[on->session];
        session.on = true;
        take({on->session, on->incarnation, 0, 0, {}});
    } else if (const auto* const off = std::get_if<model::SessionDisconnected>(&event.body)) {
        sessions_[off->session].on = false;
    } else if (const auto* const changed = std::get_if<model::SessionChanged>(&event.body)) {
        take({changed->session.id, changed->incarnation, 0, 0, {}});
    }
}

/// Numbers only grow within an incarnation, and begin anew in the next.
void Board::take(const model::SessionNumbers& numbers) {
    auto& session = sessions_[numbers.session];
    if (numbers.incarnation.value < session.incarnation) return;
    if (numbers.incarnation.value > session.incarnation) session.inbound_judged = session.outbound_reserved = 0;
    session.incarnation = numbers.incarnation.value;
    session.inbound_judged = std::max(session.inbound_judged, numbers.inbound_judged);
    session.outbound_reserved = std::max(session.outbound_reserved, numbers.outbound_reserved);
    session.last_written = std::max(session.last_written, numbers.last_written.value);
}

std::vector<SessionStatus> Board::sessions() const {
    std::vector<SessionStatus> all;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, session] : sessions_) all.push_back(session);
    }
    std::ranges::sort(all, {}, &SessionStatus::comp_id);
    return all;
}

model::Reference Board::reference() const {
    const std::lock_guard lock(mutex_);
    return reference_;
}

std::size_t Board::sessions_on() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::ranges::count_if(sessions_, [](const auto& session) { return session.second.on; }));
}

}  // namespace venue::control
