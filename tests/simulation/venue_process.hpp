// One venue as a process: the real pipeline, recovery and FIX room, joined as `venue run` joins them, but without
// threads. Each of its steps is taken when the simulation wants; destroying it is a kill.
#pragma once

#include <boost/asio/io_context.hpp>

#include <deque>
#include <functional>
#include <memory>

#include "tests/simulation/line.hpp"
#include "tests/simulation/planted_fault.hpp"
#include "tests/simulation/simulated_database.hpp"
#include "venue/control/pending_transfers.hpp"
#include "venue/fix/door.hpp"
#include "venue/pipeline.hpp"
#include "venue/recovery.hpp"

namespace venue::simulation {

/// Reads from the journal when the simulation says so, and hands over what it found on the worker's turn.
class ReaderInTurn final : public fix::JournalReader {
  public:
    explicit ReaderInTurn(boost::asio::io_context& io) : io_(io) {}
    void ask(Read read) override { questions_.push_back(std::move(read)); }
    /// False when nobody asked.
    bool read_one();

  private:
    boost::asio::io_context& io_;
    std::deque<Read> questions_;
};

/// The system's clock in whole seconds, which the naive venue counts in as well.
class WholeSeconds final : public sequencer::Clock {
  public:
    [[nodiscard]] model::Timestamp now() const override;
};

class VenueProcess {
  public:
    /// Takes the journal over and folds it, from the newest snapshot that is good on. `at_step` is called at each step
    /// of a commit; what it throws leaves from the step under way, and then only destruction may follow.
    VenueProcess(SimulatedDatabase& database, const FIX::DataDictionaryProvider& dictionaries, PlantedFault fault,
                 std::function<void(Step)> at_step, const Tell& tell);
    ~VenueProcess();

    /// Configures an empty journal with `first_configuration`, disconnects who was on, and opens the door.
    void start(std::vector<model::CommandBody> first_configuration);

    void let_in(Line& line);
    /// What the operator asks, as the control room submits it; `told` is called when the outcome is handed over.
    void operate(model::CommandBody command) { pipeline_.submit({{}, std::move(command)}); }
    void transfer(const control::Transfer& transfer, control::PendingTransfers::Told told) {
        transfers_.begin(transfer, std::move(told));
    }
    /// The worker's turn: everything that its connections and due timers have ready.
    void work();
    /// Once a second.
    void tick();
    bool judge() { return pipeline_.judge(); }
    void commit() { pipeline_.commit(); }
    /// Gives the worker the oldest group that is durable; false when there is none.
    bool hand_over();
    bool read_one() { return reader_.read_one(); }
    void watch() { journal_.watch(); }

    /// What comes in, unless the pipeline itself admits less: as if the journal had fallen behind.
    model::Admission admission{model::Admission::open};

    [[nodiscard]] bool has_fence() const { return stored_.has_fence(); }
    [[nodiscard]] const engine::Engine& engine() const { return pipeline_.engine(); }

  private:
    [[nodiscard]] fix::Wiring wiring(PlantedFault fault);
    void release(std::shared_ptr<const model::Group> group, PlantedFault fault);

    VenueJournal stored_;
    PlantedJournal journal_;
    const WholeSeconds clock_;
    FlightRecorder recorder_;
    Pipeline pipeline_;
    control::PendingTransfers transfers_{[this](model::Request request) { pipeline_.submit(std::move(request)); }};
    boost::asio::io_context io_{1};
    ReaderInTurn reader_{io_};
    fix::Door door_;
    std::deque<std::shared_ptr<const model::Group>> released_;
    int released_count_ = 0;
    bool alive_ = true;
};

}  // namespace venue::simulation
