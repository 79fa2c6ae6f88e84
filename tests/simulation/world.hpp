// One seed: participants, a venue (at times two), a database, a network and a clock, and everything that can go wrong
// between any two steps of theirs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/last_words.hpp"
#include "tests/simulation/operator.hpp"
#include "tests/simulation/participant.hpp"
#include "tests/simulation/venue_process.hpp"

namespace venue::simulation {

struct Seed {
    std::uint64_t number = 0;
    PlantedFault fault{PlantedFault::none};
    bool prints_trace = false;
    int dies_at = 0;  ///< The step at which an invariant breaks; zero for never.
};

/// What came of a seed.
struct Outcome {
    std::vector<std::string> findings;
    std::vector<std::string> steps;
    std::vector<std::string> script;
    std::uint64_t hash = 0;
    Coverage coverage;
};

class World {
  public:
    World(const Seed& seed, const FIX::DataDictionaryProvider& dictionaries);
    Outcome run();

  private:
    struct Crash {};
    struct Desk {
        std::unique_ptr<Participant> participant;
        VenueProcess* venue = nullptr;  ///< Whom it is connected to; null for nobody.
    };

    // Any step may be taken while a slow disk works, but for the ones of main_step.
    void main_step();
    void side_step();
    void desk_step(Desk& desk);
    void connected_step(Desk& desk);
    void odd_step(Desk& desk);
    void operator_step();
    void venue_step(VenueProcess& venue);
    void time_step();
    void snapshot_step();

    // The venues.
    void start_venue();
    void start_second_venue();
    void commit(VenueProcess& venue);
    void watch(VenueProcess& venue);
    void fall_behind(VenueProcess& venue);
    void kill(std::unique_ptr<VenueProcess>& venue);
    void kill(const VenueProcess& venue);
    void at_step(Step step);
    void at_read();
    Fate draw_fate(const model::Group& group);
    void work_slowly();
    [[nodiscard]] VenueProcess* some_venue();

    // The participants.
    void connect(Desk& desk, bool well);
    void receive(Desk& desk, std::size_t most);

    // The end.
    void come_to_rest();
    bool quiet_round(int round);
    void check_at_rest();

    void trace(const std::string& line);
    void note_time(std::int64_t nanoseconds);
    [[nodiscard]] bool goes_on() const { return run_.findings.empty(); }

    const Seed seed_;
    const FIX::DataDictionaryProvider& dictionaries_;
    Run run_;
    const LastWords last_words_{seed_.number, run_};
    JournalAudit audit_{run_.findings};
    Operator operator_{run_, audit_};
    SimulatedDatabase database_{run_.findings};
    std::array<Desk, 3> desks_;
    std::unique_ptr<VenueProcess> venue_;
    std::unique_ptr<VenueProcess> former_;  ///< Has lost the fence, and may not know it.
    std::optional<Step> crash_at_;
    bool commits_a_list_ = false;  ///< What was taken last.
    int reads_left_ = 0;           ///< Before a venue that recovers is killed; zero for no kill.
    bool is_alone_ = false;        ///< Nothing else goes on: a venue starts, or a slow disk works already.
    int venue_count_ = 0;
    std::int64_t snapshot_count_ = 0;
    bool has_trouble_ = true;
    int step_ = 0;
};

}  // namespace venue::simulation
