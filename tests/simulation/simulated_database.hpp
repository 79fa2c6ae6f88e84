// The database: what it holds is what is durable, whatever happens to the venues in front of it. Each append meets the
// fate that the simulation draws for it, and each commit is shown to the auditor at once.
#pragma once

#include <cstdint>
#include <functional>

#include "tests/simulation/findings.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_snapshots.hpp"

namespace venue::simulation {

enum class Fate {
    kept,           ///< Durable, and said so.
    refused,        ///< The database is away: nothing is durable.
    in_doubt_kept,  ///< Durable, but the connection is lost before it says so.
    in_doubt_lost,  ///< Not durable, and nobody says so.
    /// As if what a command left to further ones had been a transaction of its own, which it may be: a part of that is
    /// lost.
    in_doubt_kept_in_part,
};

/// How many commands at the group's end go on with one before them in it.
int goes_on_with(const model::Group& group);

class SimulatedDatabase {
  public:
    explicit SimulatedDatabase(Findings& findings) : findings_(findings) {}

    std::function<Fate(const model::Group&)> draw_fate = [](const auto&) { return Fate::kept; };
    /// How many of the commands that go on with another one are lost: one at least.
    std::function<int(int)> draw_lost_commands = [](int most) { return most; };
    /// Called while an append is under way: a slow disk lets the rest of the world go on in here.
    std::function<void()> while_it_works = [] {};
    /// Called before a venue is told what is durable: all of it, its sessions' numbers, or its state's hash.
    std::function<void()> before_reading = [] {};
    std::function<void(const model::Group&)> committed = [](const auto&) {};

    /// What is durable.
    journal::MemoryJournal tables;
    journal::MemorySnapshots snapshots;

  private:
    friend class VenueJournal;
    std::int64_t epoch_ = 0;
    Findings& findings_;
};

/// One venue's way to the database, with the fence in it.
class VenueJournal final : public journal::Journal, public journal::ReportReader {
  public:
    /// Takes over: whoever held the journal before has lost it.
    explicit VenueJournal(SimulatedDatabase& database);

    void append(const model::Group& group) override;
    void watch() override { check_fence(); }
    void read(model::Sequence after, const std::function<void(const model::Event&)>& each) override;
    std::vector<journal::SessionRecord> session_records() override;
    void note_state_hash(const journal::StateHash& noted) override;
    std::vector<model::SentEvent> sent(model::SessionId session, model::Incarnation incarnation, std::int64_t first,
                                       std::int64_t last, std::size_t limit) override;
    std::vector<model::Event> addressed(model::SessionId session, model::Sequence after, model::Sequence until,
                                        std::size_t limit) override;
    [[nodiscard]] bool has_fence() const { return epoch_ == database_.epoch_; }

  private:
    void check_fence() const;
    void keep(const model::Group& group);
    [[nodiscard]] model::Group without_last_commands(const model::Group& group) const;

    SimulatedDatabase& database_;
    const std::int64_t epoch_;
    bool in_doubt_ = false;
};

}  // namespace venue::simulation
