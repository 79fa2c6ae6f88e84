#include "tests/simulation/world.hpp"

#include <utility>

#include "tests/simulation/demo_floor.hpp"
#include "tests/simulation/simulated_clock.hpp"
#include "venue/model/ensure.hpp"

namespace venue::simulation {
namespace {

constexpr int steps_per_seed = 1'600;
constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t second = 1'000 * millisecond;

}  // namespace

World::World(const Seed& seed, const FIX::DataDictionaryProvider& dictionaries)
    : seed_(seed), dictionaries_(dictionaries), run_{Dice(seed.number), Trace(seed.prints_trace)} {
    system_clock::reset();
    const std::array names = {"ALICE", "ALICE2", "BOB"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        desks_[i].participant = std::make_unique<Participant>(names[i], demo_secret, run_, audit_);
    }
    desks_[0].participant->share_orders_with(*desks_[1].participant);
    desks_[1].participant->share_orders_with(*desks_[0].participant);
    database_.draw_fate = [this](const auto& group) { return draw_fate(group); };
    database_.draw_lost_commands = [this](int most) { return static_cast<int>(run_.dice.between(1, most)); };
    database_.while_it_works = [this] { work_slowly(); };
    database_.before_reading = [this] { at_read(); };
    database_.committed = [this](const model::Group& group) {
        audit_.committed(group);
        trace("durable up to " + std::to_string(audit_.last().value));
    };
}

Outcome World::run() {
    run_.script = demo_script_head();
    start_venue();
    for (step_ = 1; step_ <= steps_per_seed && goes_on(); ++step_) {
        main_step();
        ensure(step_ != seed_.dies_at, "The seed was told to die at this step.");
    }
    if (goes_on()) come_to_rest();
    for (auto& [participant, venue] : desks_) {
        trace(participant->comp_id() + " heard " + std::to_string(participant->session().hash()));
        participant->session().drop();
    }
    run_.coverage.add(audit_.met());
    return {run_.findings.sentences(), run_.trace.lines(), run_.script, run_.trace.hash(), run_.coverage};
}

void World::trace(const std::string& line) {
    run_.trace.step(std::to_string(step_) + " " + utc_text(system_clock::wall()) + " " + line);
}

/// The script's clock moves as the wall clock did.
void World::note_time(std::int64_t nanoseconds) {
    run_.script.push_back("advance " + std::to_string(nanoseconds / millisecond) + "ms");
}

// ---- Steps ----------------------------------------------------------------------------------------------------------

void World::main_step() {
    const auto choice = run_.dice.below(2'000);
    if (venue_ == nullptr) {
        if (run_.dice.one_in(3))
            start_venue();
        else
            side_step();
    } else if (choice < 4) {
        trace("the venue is killed");
        run_.coverage.hit("crash: idle");
        kill(venue_);
    } else if (choice < 7) {
        start_second_venue();
    } else if (choice < 300) {
        commit(*some_venue());
    } else if (choice < 330) {
        watch(*some_venue());
    } else {
        side_step();
    }
}

void World::side_step() {
    const auto choice = run_.dice.below(100);
    if (choice < 45) {
        desk_step(desks_[static_cast<std::size_t>(run_.dice.below(3))]);
    } else if (choice < 87) {
        if (auto* const venue = some_venue()) venue_step(*venue);
    } else if (choice < 90) {
        operator_step();
    } else if (choice < 99) {
        time_step();
    } else {
        snapshot_step();
    }
}

/// A snapshotter follows the journal; what it stored may be damaged by the time it is needed.
void World::snapshot_step() {
    trace("a snapshot is stored");
    database_.snapshots.store(audit_.folded());
    auto& bytes = database_.snapshots.bytes(snapshot_count_++);
    if (run_.dice.one_in(4)) bytes.resize(bytes.size() / 2);
}

VenueProcess* World::some_venue() {
    return former_ != nullptr && (venue_ == nullptr || run_.dice.one_in(3)) ? former_.get() : venue_.get();
}

void World::operator_step() {
    auto* const venue = some_venue();
    if (venue == nullptr) return;
    const auto what = operator_.act(*venue, venue == venue_.get() ? venue_count_ : 0);
    trace("the operator " + what);
}

void World::venue_step(VenueProcess& venue) {
    const auto choice = run_.dice.below(100);
    const std::string whose = &venue == former_.get() ? "the former venue " : "the venue ";
    if (choice < 40) {
        trace(whose + "reads and writes");
        venue.work();
    } else if (choice < 60) {
        trace(whose + "judges");
        venue.judge();
    } else if (choice < 85) {
        if (venue.hand_over()) trace(whose + "hands over what is durable");
    } else if (choice < 95) {
        if (venue.read_one()) trace(whose + "reads from the journal");
    } else if (choice < 98) {
        trace(whose + "looks at its sessions");
        venue.tick();
    } else {
        fall_behind(venue);
    }
}

void World::time_step() {
    if (!run_.dice.one_in(12)) {
        const auto passed =
            run_.dice.one_in(6) ? run_.dice.between(1, 8) * second : run_.dice.between(1, 300) * millisecond;
        system_clock::advance(passed);
        note_time(passed);
        return trace("time passes");
    }
    const bool forwards = run_.dice.one_in(2);
    run_.coverage.hit(forwards ? "clock: set forwards" : "clock: set backwards");
    const auto longest = run_.dice.one_in(2) ? 200 : 100'000;
    const auto jump = (forwards ? run_.dice.between(1, longest) : -run_.dice.between(1, 10'000)) * second;
    system_clock::jump(jump);
    note_time(jump);
    for (auto& desk : desks_) desk.participant->note_clock_set(forwards);
    trace("somebody sets the clock");
}

// ---- Participants ---------------------------------------------------------------------------------------------------

void World::desk_step(Desk& desk) {
    auto& session = desk.participant->session();
    if (session.is_connected()) return connected_step(desk);
    desk.venue = nullptr;
    if (venue_ != nullptr) connect(desk, false);
}

void World::connect(Desk& desk, bool well) {
    auto& participant = *desk.participant;
    auto line = std::make_unique<Line>();
    venue_->let_in(*line);
    desk.venue = venue_.get();
    participant.note_busy(venue_->admission == model::Admission::busy);
    const bool reset = participant.session().wants_reset() || (!well && run_.dice.one_in(25));
    std::int64_t off = 0;
    if (!well && !reset && run_.dice.one_in(12))
        off = run_.dice.one_in(2) ? run_.dice.between(1, 5) : -run_.dice.between(1, 5);
    if (reset) run_.coverage.hit("sequence reset");
    if (off > 0) run_.coverage.hit("logon with too high a number");
    if (off < 0) run_.coverage.hit("logon with too low a number");
    trace(participant.comp_id() + " logs on" + (reset ? " with a reset" : "") + ", off by " + std::to_string(off));
    if (off != 0) participant.note_wrong_logon(participant.session().last_sent() + 1 + off);
    participant.session().log_on(std::move(line), venue_count_, reset, off);
    if (well || off < 0 || !run_.dice.one_in(5)) return;
    run_.coverage.hit("orders right behind the logon");
    trace(participant.comp_id() + " sends " + participant.act());
}

void World::connected_step(Desk& desk) {
    auto& participant = *desk.participant;
    const auto choice = run_.dice.below(100);
    if (choice < 45) {
        receive(desk, static_cast<std::size_t>(run_.dice.one_in(3) ? run_.dice.between(1, 300) : 100'000));
    } else if (!participant.session().is_logged_on()) {
        return;
    } else if (choice < 90) {
        trace(participant.comp_id() + " sends " + participant.act());
    } else {
        odd_step(desk);
    }
}

void World::receive(Desk& desk, std::size_t most) {
    auto& participant = *desk.participant;
    if (participant.session().receive(most)) {
        trace(participant.comp_id() + " reads, and has heard " + std::to_string(participant.session().hash()));
    }
}

void World::odd_step(Desk& desk) {
    auto& session = desk.participant->session();
    const auto choice = run_.dice.below(7);
    trace(desk.participant->comp_id() + " does odd thing " + std::to_string(choice));
    if (choice == 0) {
        run_.coverage.hit("connection drops");
        session.drop();
    } else if (choice == 1) {
        run_.coverage.hit("a message arrives twice, unmarked");
        session.send_again(false);
    } else if (choice < 4) {
        run_.coverage.hit("a message arrives twice, marked");
        session.send_again(true);
    } else if (choice < 6 && session.next_expected() > 1) {
        run_.coverage.hit("client asks for a resend");
        const auto first = run_.dice.between(1, session.next_expected() - 1);
        session.request_resend(first, run_.dice.one_in(2) ? 0 : run_.dice.between(first, session.next_expected() - 1));
    } else {
        session.log_out();
    }
}

}  // namespace venue::simulation
