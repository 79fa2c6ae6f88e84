// The venue's walk without its sockets: requests go into the real pipeline, it writes the real journal, and what it
// releases is timed here and given outbound numbers, as the FIX room would.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/journal_mix.hpp"
#include "tests/bench/latency_histogram.hpp"
#include "tests/bench/timed_journal.hpp"
#include "venue/pipeline.hpp"

namespace bench {

/// A group that was released so late that participants felt it.
struct Stall {
    std::int64_t at_unix_ms = 0;  // when its oldest request came
    std::int64_t took_ns = 0;
    std::size_t events = 0;
};

/// What one phase did.
struct Walked {
    std::int64_t orders = 0;  // requests that were acknowledged
    std::int64_t late_max_ns = 0;
    double seconds = 0;
    LatencyHistogram latency;
    Appended appended;
    std::vector<Stall> stalls;
};

class JournalWalk {
  public:
    /// Brings the empty database to the present schema and configures it from the reference file.
    JournalWalk(const std::string& url, const std::string& sql_dir, const std::string& reference_file);
    ~JournalWalk();

    /// `count` orders that rest.
    Walked rest(std::int64_t count);
    /// As much of the mix as the pipeline takes.
    Walked flood(double seconds);
    /// The mix at a steady rate, however the pipeline does.
    Walked pace(double seconds, std::int64_t per_second);

  private:
    void submit(venue::model::Request request);
    Walked finish(std::int64_t start_ns);
    void release(const venue::model::Group& group);
    void note_stall(std::int64_t took_ns, venue::model::Timestamp now, std::size_t events);
    void number(const venue::model::Event& event, venue::model::Timestamp now);

    struct Outbound {
        std::int64_t number = 1;
        venue::model::OutboundRun run;
    };

    venue::sequencer::SystemClock clock_;
    venue::FlightRecorder recorder_;
    TimedJournal journal_;
    venue::Pipeline pipeline_;
    std::unique_ptr<JournalMix> mix_;

    // Requests and their first events come in the same order, so a count finds the one's time for the other.
    std::vector<std::int64_t> asked_at_ns_;
    std::int64_t submitted_ = 0;
    std::atomic<std::int64_t> released_ = 0;
    LatencyHistogram latency_;
    std::vector<Stall> stalls_;
    std::map<venue::model::SessionId, Outbound> outbound_;
    std::int64_t late_max_ns_ = 0;
};

}  // namespace bench
