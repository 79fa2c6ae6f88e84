#include "tests/simulation/venue_process.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <utility>

#include "tests/simulation/simulated_clock.hpp"

namespace venue::simulation {
namespace {

/// Small limits, so that each is reached within a run.
fix::Settings settings() {
    fix::Settings settings;
    settings.number_block = 40;
    settings.resend_page = 3;
    return settings;
}

/// Whatever a command leaves to further ones, it leaves soon.
engine::Engine with_low_limits(engine::Engine engine) {
    engine.limit({.fills = 2, .moves = 1, .mass_cancels = 2});
    return engine;
}

}  // namespace

bool ReaderInTurn::read_one() {
    if (questions_.empty()) return false;
    const auto read = std::move(questions_.front());
    questions_.pop_front();
    boost::asio::post(io_, read());
    return true;
}

model::Timestamp WholeSeconds::now() const {
    constexpr std::int64_t second = 1'000'000'000;
    return {system_clock::wall() / second * second};
}

VenueProcess::VenueProcess(SimulatedDatabase& database, const FIX::DataDictionaryProvider& dictionaries,
                           PlantedFault fault, std::function<void(Step)> at_step, const Tell& tell)
    : stored_(database),
      journal_(stored_, fault),
      recorder_(std::move(at_step)),
      pipeline_(with_low_limits(recover(journal_, database.snapshots, tell)), clock_, journal_, recorder_),
      door_(settings(), wiring(fault), reader_, dictionaries) {
    pipeline_.on_release([this, fault](auto group) { release(std::move(group), fault); });
    journal_.tell_early = [this](const model::Group& group) {
        released_.push_back(std::make_shared<const model::Group>(group));
        hand_over();
        work();
    };
}

VenueProcess::~VenueProcess() { alive_ = false; }

fix::Wiring VenueProcess::wiring(PlantedFault fault) {
    fix::Wiring wiring;
    wiring.submit = [this](model::Request request) {
        if (alive_) pipeline_.submit(std::move(request));
    };
    // The pipeline judges by how long somebody waited in real time, of which this world knows nothing.
    wiring.admission = [this] { return admission; };
    wiring.note = [this](const model::SessionNumbers& numbers) { pipeline_.note(numbers); };
    wiring.record = [this](model::OutboundRun run) { pipeline_.record(std::move(run)); };
    wiring.read_sent = [this](auto session, auto incarnation, auto first, auto last, auto limit) {
        return stored_.sent(session, incarnation, first, last, limit);
    };
    wiring.read_addressed = [this](auto session, auto after, auto until, auto limit) {
        return stored_.addressed(session, after, until, limit);
    };
    plant(fault, wiring);
    return wiring;
}

void VenueProcess::release(std::shared_ptr<const model::Group> group, PlantedFault fault) {
    constexpr int forgotten_one_in = 10;
    const bool forgets = fault == PlantedFault::forgets_to_release_a_group && ++released_count_ % forgotten_one_in == 0;
    if (fault == PlantedFault::acknowledges_before_the_commit || forgets) return;
    released_.push_back(std::move(group));
}

void VenueProcess::start(std::vector<model::CommandBody> first_configuration) {
    if (!pipeline_.engine().last_sequence()) {
        for (auto& command : first_configuration) pipeline_.submit({{}, std::move(command)});
        pipeline_.step();
    }
    for (auto& request : disconnects_after_restart(pipeline_.engine())) pipeline_.submit(std::move(request));
    pipeline_.step();
    released_.clear();
    door_.restore(pipeline_.engine().reference(), sessions_to_restore(pipeline_.engine(), journal_),
                  pipeline_.engine().last_sequence());
    door_.open();
}

void VenueProcess::let_in(Line& line) {
    boost::asio::ip::tcp::socket socket(io_);
    socket.assign(boost::asio::ip::tcp::v4(), line.take_far_end());
    door_.let_in(std::move(socket));
}

/// Asio looks at its timers when the system's timer goes off, which keeps another time; a timer that is due already
/// makes it look now.
void VenueProcess::work() {
    boost::asio::steady_timer due(io_, boost::asio::steady_timer::time_point::min());
    due.async_wait([](const boost::system::error_code&) {});
    io_.restart();
    io_.poll();
}

void VenueProcess::tick() { door_.tick(std::chrono::steady_clock::now()); }

bool VenueProcess::hand_over() {
    if (released_.empty()) return false;
    const auto group = std::move(released_.front());
    released_.pop_front();
    door_.release(*group);
    transfers_.released(*group);
    return true;
}

}  // namespace venue::simulation
