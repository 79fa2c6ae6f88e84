// The journal as the rest of the venue sees it: append groups, read events back. Two implementations exist: PostgreSQL,
// and one in memory for tests.
#pragma once

#include <functional>
#include <stdexcept>
#include <vector>

#include "venue/model/request.hpp"

namespace venue::journal {

/// The database is away, or said no: nothing may be acknowledged any more. The outcome of the append that threw is in
/// doubt; only a restart, which reads the truth, may decide it.
struct JournalFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// Another venue took over the journal, or holds it.
struct FenceLost : JournalFailed {
    using JournalFailed::JournalFailed;
};
/// What is stored can't be read by this release.
struct JournalUnreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A session's durable numbers, and the last event that was given one in its present incarnation (zero: none).
struct SessionRecord {
    model::SessionNumbers numbers;
    model::Sequence last_numbered;
};

/// The server is not set up for the durability that is asked of it.
struct DurabilityNotOffered : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The engine's state after an event, as a number. Hashes are comparable within one version of hashing.
struct StateHash {
    model::Sequence sequence;
    std::int16_t version = 0;
    std::uint64_t hash = 0;
};

/// Appending; one thread at a time.
class Journal {
  public:
    virtual ~Journal() = default;

    /// One transaction: fence, events, postings, session numbers, outbound numbers. Returns when it is durable.
    /// Throws FenceLost or JournalFailed.
    virtual void append(const model::Group& group) = 0;

    /// Throws FenceLost or JournalFailed when an append would find the database away or the fence lost. Writes nothing.
    virtual void watch() = 0;

    /// Calls `each` for every event after `after`, in order.
    virtual void read(model::Sequence after, const std::function<void(const model::Event&)>& each) = 0;

    /// One record for each session that ever had numbers, in its newest incarnation.
    virtual std::vector<SessionRecord> session_records() = 0;

    /// Keeps a hash for verification later, behind the fence as an append is. A second one of the same sequence and
    /// version that differs throws JournalUnreadable.
    virtual void note_state_hash(const StateHash& noted) = 0;
};

/// Reading reports back, beside the appending; one thread at a time.
class ReportReader {
  public:
    virtual ~ReportReader() = default;

    /// The session's numbered reports from `first` to `last`, ascending, at most `limit`.
    virtual std::vector<model::SentEvent> sent(model::SessionId session, model::Incarnation incarnation,
                                               std::int64_t first, std::int64_t last, std::size_t limit) = 0;

    /// Events addressed to the session, after `after` up to and with `until`, at most `limit`.
    virtual std::vector<model::Event> addressed(model::SessionId session, model::Sequence after, model::Sequence until,
                                                std::size_t limit) = 0;
};

}  // namespace venue::journal
