// The journal in PostgreSQL.
#pragma once

#include <memory>
#include <string>

#include "venue/journal/journal.hpp"
#include "venue/model/durability.hpp"

namespace venue::journal {

class Carrying;
class Database;
class RangesAhead;

/// Events in a partition of the journal; the operator may choose another size for those to come.
inline constexpr std::int64_t partition_events_default = 10'000'000;

/// The one writer of the database's journal. Its connection is never opened again: a lost one may have lost a commit,
/// and only a restart reads the truth.
class PostgresJournal : public Journal {
  public:
    /// Waits for the database at most `connect_wait_ms`, takes the writer's lock, raises the fence's epoch, and only
    /// then lets anything be read. Throws FenceLost when another venue writes this journal, JournalUnreadable when the
    /// schema isn't this release's, DurabilityNotOffered when the server can't keep what `durability` promises.
    /// Partitions made from here on hold `partition_events`.
    PostgresJournal(const std::string& url, std::int64_t connect_wait_ms,
                    model::Durability durability = model::Durability::committed,
                    std::int64_t partition_events = partition_events_default);
    ~PostgresJournal() override;

    void append(const model::Group& group) override;
    void watch() override;
    /// Throws JournalUnreadable, besides, when the last event isn't the last that was appended.
    void read(model::Sequence after, const std::function<void(const model::Event&)>& each) override;
    std::vector<SessionRecord> session_records() override;
    void note_state_hash(const StateHash& noted) override;

    /// Of the fence: how often it was taken, and by whom this time.
    [[nodiscard]] std::int64_t epoch() const { return epoch_; }
    [[nodiscard]] const std::string& owner() const { return owner_; }

  private:
    struct Prepared;
    void ask_for(model::Durability durability);
    void require_standby();
    void take_lock();
    void raise_epoch();
    void prepare_append();
    void append_once(const model::Group& group);

    std::unique_ptr<Database> database_;
    std::unique_ptr<Prepared> prepared_;
    std::unique_ptr<RangesAhead> ranges_;
    std::unique_ptr<Carrying> carrying_;
    bool is_replicated_ = false;
    std::int64_t epoch_ = 0;
    std::string owner_;
    model::Sequence last_;  ///< Last sequence that is stored.
    bool failed_ = false;   ///< An append failed: its outcome is in doubt, and nothing may follow it.
};

/// Reads reports back on a connection of its own, which it opens when first asked and again when it was lost: reading
/// twice does no harm.
class PostgresReportReader : public ReportReader {
  public:
    explicit PostgresReportReader(std::string url);
    ~PostgresReportReader() override;

    std::vector<model::SentEvent> sent(model::SessionId session, model::Incarnation incarnation, std::int64_t first,
                                       std::int64_t last, std::size_t limit) override;
    std::vector<model::Event> addressed(model::SessionId session, model::Sequence after, model::Sequence until,
                                        std::size_t limit) override;

  private:
    Database& database();
    template <class Query>
    auto with_one_retry(Query query);

    std::string url_;
    std::unique_ptr<Database> database_;
};

}  // namespace venue::journal
