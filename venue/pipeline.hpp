// THE WALK: what happens to a request from the moment it was decoded until its outcome is told.
//
//     1 fix        submit()   a session asks
//     2 sequencer  take       one order, one clock
//     3 engine     judge      commands in, events out
//     4 ledger     post       events to balanced postings
//     5 journal    append     one transaction for all that has gathered; until it is durable nobody hears of it
//     6 fix        release    reports and answers leave
//
// Steps 2 and 3 run on the engine's thread, 4 to 6 on the committer's: the engine never waits for the disk.
#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "venue/engine/engine.hpp"
#include "venue/flight_recorder.hpp"
#include "venue/journal/journal.hpp"
#include "venue/model/durability.hpp"
#include "venue/model/request.hpp"
#include "venue/sequencer/sequencer.hpp"

namespace venue {

/// How far the walk is, for those who watch. Moments are of the monotonic clock; zero before the thread started.
struct Progress {
    model::Sequence judged;
    model::Sequence durable;
    std::size_t inbox = 0;            ///< Requests that wait to be judged.
    std::size_t forming = 0;          ///< Events and answers that wait for the committer.
    std::int64_t engine_beat = 0;     ///< When the engine's thread last began a turn.
    std::int64_t committer_beat = 0;  ///< When the committer last began a turn.
    std::int64_t journal_seen = 0;    ///< When the journal was last found to be there, and ours.
};

class Pipeline {
  public:
    using Release = std::function<void(std::shared_ptr<const model::Group>)>;
    using Failed = std::function<void(std::exception_ptr)>;

    /// The engine has folded the whole journal. Clock, journal and recorder outlive the pipeline.
    Pipeline(engine::Engine engine, const sequencer::Clock& clock, journal::Journal& journal, FlightRecorder& recorder,
             model::Durability durability = model::Durability::committed);
    ~Pipeline();

    // 1. Any thread.

    void submit(model::Request request) {
        request.submitted_at = sequencer::monotonic_now();
        sequencer_.submit(std::move(request));
    }
    [[nodiscard]] model::Admission admission() { return sequencer_.admission(); }
    /// Numbers of a session, durable with the next group or alone within 100 ms; they come back with its release.
    void note(const model::SessionNumbers& numbers);
    void record(model::OutboundRun run);

    /// Walks once through all that waits, on the caller's thread, and returns the last group that became durable, after
    /// its release. For the time before start(), and for tests. Throws what the journal throws.
    std::shared_ptr<const model::Group> step();
    /// The two halves of step(), for a simulation that lets the world go on between and within them. The first judges
    /// one batch of what waits and tells whether there was any; it may run while the second waits for the journal.
    bool judge() { return judge_waiting(std::chrono::milliseconds{0}); }
    std::shared_ptr<const model::Group> commit() { return commit(take_forming(std::chrono::milliseconds{0})); }

    /// From here on groups go to `release`. Set before start().
    void on_release(Release release) { release_ = std::move(release); }
    /// Walks on two threads of its own. `failed` is called, once, when the journal has thrown: nothing more is
    /// released.
    void start(Failed failed);
    /// Judges and commits what was submitted, then ends the threads.
    void stop();

    /// Any thread.
    [[nodiscard]] Progress progress() const;

    /// Only while no thread walks.
    [[nodiscard]] const engine::Engine& engine() const { return engine_; }

  private:
    // Steps 2 and 3.
    bool judge_waiting(std::chrono::milliseconds wait);
    void judge(const sequencer::Stamped& stamped, std::int64_t taken_at, model::Group& group);
    void decide(const sequencer::Stamped& stamped, model::Group& group);
    void advance_to(model::Timestamp time, model::Group& group);
    void follow_up(model::Timestamp time, model::Group& group);
    void handle(model::Command command, model::Timestamp time, model::Group& group);
    void gather(model::Group& judged);

    // Steps 4 to 6.
    [[nodiscard]] bool is_urgent() const;
    model::Group take_forming(std::chrono::milliseconds wait);
    std::shared_ptr<const model::Group> commit(model::Group&& group);
    void note_durable(model::Group& group);

    void engine_loop();
    void committer_loop();

    engine::Engine engine_;
    sequencer::Sequencer sequencer_;
    journal::Journal& journal_;
    FlightRecorder& recorder_;
    const model::Durability durability_;
    model::Reference posted_reference_;  // as of the last group that was posted
    Release release_ = [](const auto&) {};
    Failed failed_;

    mutable std::mutex mutex_;
    std::condition_variable gathered_;
    std::condition_variable taken_;
    model::Group forming_;
    std::size_t forming_weight_ = 0;
    bool judging_ended_ = false;

    // Written by one thread each, read by those who watch.
    std::atomic<std::int64_t> judged_{0};
    std::atomic<std::int64_t> durable_{0};
    std::atomic<std::int64_t> engine_beat_{0};
    std::atomic<std::int64_t> committer_beat_{0};
    std::atomic<std::int64_t> journal_seen_{0};

    std::thread engine_thread_;
    std::thread committer_thread_;
};

}  // namespace venue
