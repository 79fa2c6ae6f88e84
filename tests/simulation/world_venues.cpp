// The venues of a world: how they start, commit and fall, and how it all comes to rest.
#include <algorithm>
#include <utility>

#include "tests/simulation/demo_floor.hpp"
#include "tests/simulation/simulated_clock.hpp"
#include "tests/simulation/world.hpp"

namespace venue::simulation {
namespace {

std::string step_name(Step step) { return std::string(name(step)); }

bool has_a_list(const model::Group& group) {
    return std::ranges::any_of(group.events, [](const model::Event& event) {
        return std::holds_alternative<model::ListReported>(event.body);
    });
}

}  // namespace

// ---- Venues ---------------------------------------------------------------------------------------------------------

void World::start_venue() {
    trace("a venue starts");
    ++venue_count_;
    is_alone_ = true;
    try {
        if (has_trouble_ && run_.dice.one_in(12)) reads_left_ = static_cast<int>(run_.dice.between(1, 3));
        venue_ = std::make_unique<VenueProcess>(
            database_, dictionaries_, seed_.fault, [this](Step step) { at_step(step); },
            [this](const std::string&) { run_.coverage.hit("start: a damaged snapshot is passed over"); });
        if (snapshot_count_ > 0) run_.coverage.hit("start: from a snapshot");
        if (has_trouble_ && run_.dice.one_in(12)) crash_at_ = static_cast<Step>(run_.dice.between(1, 4));
        venue_->start(demo_configuration());
        crash_at_.reset();
    } catch (const journal::JournalUnreadable& fault) {
        run_.findings.add(std::string("recovery finds that ") + fault.what());
    } catch (const Crash&) {
        run_.coverage.hit("crash: while it starts");
        kill(venue_);
    } catch (const journal::JournalFailed& failure) {
        trace(std::string("it stops: ") + failure.what());
        kill(venue_);
    }
    reads_left_ = 0;
    is_alone_ = false;
}

void World::start_second_venue() {
    trace("a second venue takes over");
    run_.coverage.hit("fence: lost to a second venue");
    if (former_ != nullptr) kill(former_);
    former_ = std::move(venue_);
    start_venue();
}

void World::at_step(Step step) {
    if (crash_at_ != step) return;
    trace("the venue is killed: " + step_name(step));
    run_.coverage.hit("crash: " + step_name(step));
    if (commits_a_list_ && (step == Step::durable || step == Step::released)) run_.coverage.hit("crash: behind a list");
    throw Crash{};
}

/// A venue that has taken the fence and reads what is there.
void World::at_read() {
    if (reads_left_ == 0 || --reads_left_ > 0) return;
    trace("the venue is killed: recovering");
    run_.coverage.hit("crash: while it recovers");
    throw Crash{};
}

/// An idle venue looks whether the journal is still its own.
void World::watch(VenueProcess& venue) {
    trace(&venue == former_.get() ? "the former venue looks for its journal" : "the venue looks for its journal");
    try {
        venue.watch();
    } catch (const journal::JournalFailed& failure) {
        run_.coverage.hit("fence: found lost by looking");
        trace(std::string("it stops: ") + failure.what());
        kill(venue);
    }
}

/// Its journal is slow for so long that it takes less, or only cancels; or it has caught up again.
void World::fall_behind(VenueProcess& venue) {
    using enum model::Admission;
    venue.admission = has_trouble_ && run_.dice.one_in(2) ? (run_.dice.one_in(2) ? slow : busy) : open;
    if (venue.admission == slow) run_.coverage.hit("admission: slow");
    trace("admission is " + std::to_string(static_cast<int>(venue.admission)));
    for (auto& desk : desks_) {
        if (desk.venue == &venue) desk.participant->note_busy(venue.admission == busy);
    }
}

void World::commit(VenueProcess& venue) {
    trace(&venue == former_.get() ? "the former venue commits" : "the venue commits");
    if (has_trouble_ && run_.dice.one_in(40)) crash_at_ = static_cast<Step>(run_.dice.between(1, 4));
    try {
        venue.commit();
        crash_at_.reset();
        if (venue.has_fence() && audit_.compare(venue.engine())) run_.coverage.hit("state compared with the journal's");
    } catch (const Crash&) {
        kill(venue);
    } catch (const journal::JournalFailed& failure) {
        trace(std::string("it stops: ") + failure.what());
        kill(venue);
    }
}

void World::kill(const VenueProcess& venue) { kill(&venue == former_.get() ? former_ : venue_); }

/// Some of what it wrote still arrives, and the rest is lost on the way.
void World::kill(std::unique_ptr<VenueProcess>& venue) {
    crash_at_.reset();
    for (auto& [participant, connected_to] : desks_) {
        auto& session = participant->session();
        if (venue == nullptr || connected_to != venue.get() || !session.is_connected()) continue;
        const auto waiting = session.line().waiting();
        const auto kept = run_.dice.below(static_cast<std::int64_t>(waiting) + 1);
        if (kept > 0 && kept < static_cast<std::int64_t>(waiting)) {
            run_.coverage.hit("crash: in the middle of writing to a client");
        }
        session.lose_venue(static_cast<std::size_t>(kept));
        participant->note_busy(false);
        connected_to = nullptr;
    }
    venue.reset();
}

Fate World::draw_fate(const model::Group& group) {
    const auto choice = has_trouble_ ? run_.dice.below(150) : 150;
    commits_a_list_ = has_a_list(group);
    if (has_trouble_ && goes_on_with(group) > 0 && run_.dice.one_in(6)) {
        run_.coverage.hit("commit: in doubt, kept in part");
        return Fate::in_doubt_kept_in_part;
    }
    if (commits_a_list_ && choice < 3) run_.coverage.hit("commit: of a list, refused or in doubt");
    if (choice == 0) run_.coverage.hit("commit: refused");
    if (choice == 1) run_.coverage.hit("commit: in doubt, kept");
    if (choice == 2) run_.coverage.hit("commit: in doubt, lost");
    if (choice == 0) return Fate::refused;
    if (choice == 1) return Fate::in_doubt_kept;
    return choice == 2 ? Fate::in_doubt_lost : Fate::kept;
}

/// The disk takes its time: what may go on beside a commit does.
void World::work_slowly() {
    if (is_alone_ || !has_trouble_ || venue_ == nullptr || !run_.dice.one_in(4)) return;
    run_.coverage.hit("commit: slow");
    trace("the disk is slow");
    is_alone_ = true;
    for (auto steps = run_.dice.between(1, 12); steps > 0; --steps) side_step();
    is_alone_ = false;
    trace("the disk is done");
}

// ---- The end --------------------------------------------------------------------------------------------------------

void World::come_to_rest() {
    has_trouble_ = false;
    trace("no more trouble");
    kill(former_);
    if (venue_ == nullptr) start_venue();
    if (venue_ != nullptr) fall_behind(*venue_);
    if (venue_ != nullptr) operator_.let_all_go(*venue_);
    constexpr int rounds_max = 200;
    constexpr int quiet_rounds = 8;
    int quiet = 0;
    for (int round = 0; round < rounds_max && quiet < quiet_rounds && goes_on(); ++round) {
        quiet = quiet_round(round) ? quiet + 1 : 0;
    }
    if (goes_on() && quiet < quiet_rounds) run_.findings.add("participants and venue don't come to rest");
    if (goes_on()) check_at_rest();
}

/// True when everybody is logged on and lacks nothing.
bool World::quiet_round(int round) {
    // A venue that stops without trouble is a finding of its own: the world never comes to rest.
    if (venue_ == nullptr) return false;
    bool is_quiet = !operator_.ask_again(*venue_, venue_count_);
    for (auto& desk : desks_) {
        auto& session = desk.participant->session();
        if (!session.is_connected())
            connect(desk, true);
        else if (session.is_logged_on() && round % 4 == 0)
            session.test();
        if (session.is_logged_on() && round % 8 == 0) session.request_what_is_missing();
        is_quiet = is_quiet && session.is_logged_on() && !session.has_gap();
    }
    for (int turn = 0; turn < 4; ++turn) {
        venue_->work();
        while (venue_->judge()) continue;
        commit(*venue_);
        if (venue_ == nullptr) return false;
        while (venue_->hand_over()) continue;
        while (venue_->read_one()) venue_->work();
        venue_->work();
        for (auto& desk : desks_) receive(desk, 1'000'000);
    }
    system_clock::advance(500'000'000);
    if (round % 2 == 0) venue_->tick();
    return is_quiet;
}

void World::check_at_rest() {
    // Everything that was judged has been committed: a venue that is ahead of its journal has told nobody of something.
    if (venue_->engine().last_sequence() != audit_.last()) {
        run_.findings.add("at rest the venue is at event " + std::to_string(venue_->engine().last_sequence().value) +
                          " and its journal at " + std::to_string(audit_.last().value));
    }
    audit_.compare(venue_->engine());
    for (auto& desk : desks_) desk.participant->check_at_rest();
    operator_.check_at_rest();
}

}  // namespace venue::simulation
