#include "tests/simulation/simulated_database.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "venue/journal/event_row.hpp"

namespace venue::simulation {

namespace {

/// Commands that nobody asks for: the engine wants them before any other.
bool is_follow_up(const model::Event& event) {
    constexpr std::array words = {"ContinueSweep", "ContinueUncross", "ContinueMassCancel", "JoinAuction",
                                  "MovePegs",      "MoveTrails",      "TriggerOrder",       "ActivateLeg"};
    const auto word = std::string_view(event.asked).substr(0, event.asked.find(' '));
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

int goes_on_with(const model::Group& group) {
    int count = 0;
    for (auto event = group.events.begin(); event != group.events.end(); ++event) {
        if (event->asked.empty()) continue;
        count = event != group.events.begin() && is_follow_up(*event) ? count + 1 : 0;
    }
    return count;
}

VenueJournal::VenueJournal(SimulatedDatabase& database) : database_(database), epoch_(++database.epoch_) {}

void VenueJournal::check_fence() const {
    if (!has_fence()) throw journal::FenceLost("another venue took over the journal");
}

void VenueJournal::append(const model::Group& group) {
    if (in_doubt_)
        database_.findings_.add("a commit whose outcome is in doubt was tried again, or followed by another");
    database_.while_it_works();
    check_fence();
    const auto fate = database_.draw_fate(group);
    if (fate == Fate::kept || fate == Fate::in_doubt_kept) keep(group);
    if (fate == Fate::in_doubt_kept_in_part) keep(without_last_commands(group));
    if (fate == Fate::kept) return;
    in_doubt_ = true;
    throw journal::JournalFailed("the database went away");
}

/// What was asked last counts as judged with the first of its commands, and stays.
model::Group VenueJournal::without_last_commands(const model::Group& group) const {
    auto part = group;
    for (int lost = database_.draw_lost_commands(goes_on_with(group)); lost > 0; --lost) {
        const auto first = part.events.back().command;
        std::erase_if(part.events, [&](const auto& event) { return event.command == first; });
    }
    part.last = part.events.back().sequence;
    std::erase_if(part.postings, [&](const auto& posting) { return posting.event > part.last; });
    return part;
}

void VenueJournal::keep(const model::Group& group) {
    for (const auto& event : group.events) {
        // What is read back went through a row.
        if (journal::to_event(journal::to_row(event)) == event) continue;
        database_.findings_.add("event " + std::to_string(event.sequence.value) + " changes in its row");
    }
    database_.tables.append(group);
    database_.committed(group);
}

void VenueJournal::read(model::Sequence after, const std::function<void(const model::Event&)>& each) {
    database_.before_reading();
    database_.tables.read(after, each);
}

std::vector<journal::SessionRecord> VenueJournal::session_records() {
    database_.before_reading();
    return database_.tables.session_records();
}

void VenueJournal::note_state_hash(const journal::StateHash& noted) {
    database_.before_reading();
    check_fence();
    database_.tables.note_state_hash(noted);
}

std::vector<model::SentEvent> VenueJournal::sent(model::SessionId session, model::Incarnation incarnation,
                                                 std::int64_t first, std::int64_t last, std::size_t limit) {
    return database_.tables.sent(session, incarnation, first, last, limit);
}

std::vector<model::Event> VenueJournal::addressed(model::SessionId session, model::Sequence after,
                                                  model::Sequence until, std::size_t limit) {
    return database_.tables.addressed(session, after, until, limit);
}

}  // namespace venue::simulation
