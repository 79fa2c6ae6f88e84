#include "venue/journal/postgres_journal.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "venue/journal/carrying.hpp"
#include "venue/journal/database.hpp"
#include "venue/journal/event_row.hpp"
#include "venue/journal/event_stream.hpp"
#include "venue/journal/group_encoding.hpp"
#include "venue/journal/ranges_ahead.hpp"

namespace venue::journal {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// "venue", as the number of the advisory lock that a journal's writer holds while it lives.
constexpr std::int64_t writer_lock = 0x76656e7565;
/// A killed venue's connection may outlive it by a moment; longer than this, somebody is alive.
constexpr auto lock_wait = 5s;

std::string this_process() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    return "process " + std::to_string(::getpid()) + " on " + host.data();
}

std::string current_writer(Database& database) {
    const auto found = database.execute(
        "select f.owner || coalesce(', connected as backend ' || a.pid || ' from ' ||"
        "       coalesce(host(a.client_addr), 'this machine'), '')"
        " from venue.fence f left join (pg_locks l join pg_stat_activity a on a.pid = l.pid"
        "     and l.locktype = 'advisory' and l.granted and (l.classid::bigint << 32 | l.objid::bigint) = " +
        std::to_string(writer_lock) + ") on true");
    return found.empty() ? "an unknown process" : found[0][0].c_str();
}

/// The rows are written by position, so the table must have exactly the columns that this release knows.
void require_known_columns(Database& database) {
    const auto found = database.execute(
        "select coalesce(string_agg(attname, ', ' order by attnum), '') from pg_attribute"
        " where attrelid = to_regclass('venue.events') and attnum > 0 and not attisdropped");
    if (found[0][0].c_str() != event_columns()) {
        throw JournalUnreadable("The table venue.events is not the one that this release writes; run 'venue migrate'.");
    }
}

void require_following(const model::Group& group) {
    auto expected = group.events.empty() ? model::Sequence{} : group.events.front().sequence;
    for (const auto& event : group.events) {
        if (event.sequence != expected) throw JournalFailed("A group of events has a gap before it was stored.");
        ++expected.value;
    }
}

}  // namespace

struct PostgresJournal::Prepared {
    RowTypes types;
};

PostgresJournal::PostgresJournal(const std::string& url, std::int64_t connect_wait_ms, model::Durability durability,
                                 std::int64_t partition_events)
    : database_(std::make_unique<Database>(url, connect_wait_ms)),
      prepared_(std::make_unique<Prepared>()),
      ranges_(std::make_unique<RangesAhead>(url, partition_events)),
      carrying_(std::make_unique<Carrying>(url)) {
    guarded("taking over the journal", [&] {
        require_known_columns(*database_);
        ask_for(durability);
        take_lock();
        raise_epoch();
        ranges_->begin(*database_, last_);
        carrying_->begin(*database_, last_);
        prepare_append();
    });
}

PostgresJournal::~PostgresJournal() = default;

/// With `local` a commit is on this server's disk; with `on` on the synchronous standby's too, if there is one.
void PostgresJournal::ask_for(model::Durability durability) {
    using model::Durability;
    const auto setting = [&](const std::string& name) {
        return std::string(database_->execute("show " + name)[0][0].c_str());
    };
    if (durability == Durability::replicated && setting("synchronous_standby_names").empty()) {
        throw DurabilityNotOffered(
            "[journal] durability is replicated, but the database has no synchronous standby:"
            " its synchronous_standby_names is empty.");
    }
    if (durability != Durability::relaxed && setting("fsync") != "on") {
        throw DurabilityNotOffered("[journal] durability is " + std::string(name(durability)) +
                                   ", but the database runs with fsync off and keeps nothing for certain.");
    }
    const auto* const level = durability == Durability::relaxed     ? "off"
                              : durability == Durability::committed ? "local"
                                                                    : "on";
    database_->execute(std::string("set synchronous_commit = ") + level);
    is_replicated_ = durability == Durability::replicated;
}

// Once the list of standbys is emptied, the server takes every commit that waits for one as done, and says nothing. It
// reads its settings again before each statement, so the next one after a commit knows what became of its wait.
void PostgresJournal::require_standby() {
    if (!is_replicated_) return;
    const auto names = database_->execute("show synchronous_standby_names");
    if (*names[0][0].c_str() != '\0') return;
    throw JournalFailed(
        "[journal] durability is replicated, but the database has no synchronous standby any more: its"
        " synchronous_standby_names was emptied.");
}

void PostgresJournal::take_lock() {
    const auto deadline = Clock::now() + lock_wait;
    const auto try_lock = "select pg_try_advisory_lock(" + std::to_string(writer_lock) + ")";
    while (!database_->execute(try_lock)[0][0].as<bool>()) {
        if (Clock::now() >= deadline) {
            throw FenceLost("Another venue writes this journal: " + current_writer(*database_) + ".");
        }
        std::this_thread::sleep_for(100ms);
    }
}

// The update waits for a commit of the predecessor's that is still in doubt; afterwards none of it can succeed.
void PostgresJournal::raise_epoch() {
    owner_ = this_process();
    const auto raised = database_->execute(
        "update venue.fence set epoch = epoch + 1, owner = $1 returning epoch, last_sequence", owner_);
    if (raised.size() != 1) throw JournalUnreadable("The fence has no row; the schema is damaged.");
    epoch_ = raised[0][0].as<std::int64_t>();
    last_ = model::Sequence{raised[0][1].as<std::int64_t>()};
}

void PostgresJournal::prepare_append() {
    const auto types = database_->execute(
        "select 'venue.events'::regtype::oid, 'venue.postings'::regtype::oid, 'venue.session_numbers'::regtype::oid,"
        " 'venue.outbound'::regtype::oid")[0];
    prepared_->types = {types[0].as<std::uint32_t>(), types[1].as<std::uint32_t>(), types[2].as<std::uint32_t>(),
                        types[3].as<std::uint32_t>()};
    database_->prepare("append", "select venue.append_group($1, $2, $3, $4, $5, $6, $7)");
}

void PostgresJournal::append(const model::Group& group) {
    if (failed_) throw JournalFailed("The journal failed before; only a restart may decide what is stored.");
    failed_ = true;
    require_following(group);
    guarded("appending", [&] { append_once(group); });
    failed_ = false;
    if (group.events.empty()) return;
    last_ = group.events.back().sequence;
    ranges_->reach(last_);
    carrying_->reach(last_);
}

// One statement outside of any transaction block is one round trip and one transaction.
void PostgresJournal::append_once(const model::Group& group) {
    const auto& events = group.events;
    const auto first = events.empty() ? last_.value + 1 : events.front().sequence.value;
    const auto last = events.empty() ? last_.value : events.back().sequence.value;
    const auto& types = prepared_->types;
    database_->warnings().take();
    database_->execute_prepared("append", epoch_, first, last, pqxx::binarystring(encode_events(events, types.events)),
                                pqxx::binarystring(encode_postings(group.postings, types.postings)),
                                pqxx::binarystring(encode_numbers(group.numbers, types.session_numbers)),
                                pqxx::binarystring(encode_outbound(group.outbound, types.outbound)));
    const auto warning = database_->warnings().take();
    if (!warning.empty()) throw_warned("appending", warning);
    require_standby();
}

void PostgresJournal::watch() {
    guarded("watching the journal", [&] {
        const auto fence = database_->execute("select epoch, owner from venue.fence");
        if (fence.size() == 1 && fence[0][0].as<std::int64_t>() == epoch_) return require_standby();
        throw FenceLost(std::string("Another venue took over: the fence was taken by ") +
                        (fence.empty() ? "nobody known" : fence[0][1].c_str()) + ".");
    });
}

void PostgresJournal::read(model::Sequence after, const std::function<void(const model::Event&)>& each) {
    guarded("reading the journal", [&] {
        pqxx::work transaction(database_->connection());
        stream_events(transaction, after, [&](const model::Event& event) {
            after = event.sequence;
            each(event);
        });
    });
    if (after == last_) return;
    throw JournalUnreadable("The journal ends at event " + std::to_string(after.value) +
                            ", but its fence says that event " + std::to_string(last_.value) + " is stored.");
}

// A new incarnation begins with nothing written in it; what was written to the session before still counts, or a crash
// right after a reset would send the session its whole history again.
std::vector<SessionRecord> PostgresJournal::session_records() {
    return guarded("reading the sessions' numbers", [&] {
        std::vector<SessionRecord> records;
        for (const auto& row : database_->execute(
                 "select distinct on (n.session) n.session, n.incarnation, n.inbound_judged, n.outbound_reserved,"
                 "  (select max(w.last_written) from venue.session_numbers w where w.session = n.session),"
                 "  coalesce((select o.events[cardinality(o.events)] from venue.outbound o"
                 "            where o.session = n.session and o.incarnation = n.incarnation"
                 "            order by o.first_number desc limit 1), 0)"
                 " from venue.session_numbers n order by n.session, n.incarnation desc")) {
            records.push_back(
                {{model::SessionId{row[0].as<std::int32_t>()}, model::Incarnation{row[1].as<std::int32_t>()},
                  row[2].as<std::int64_t>(), row[3].as<std::int64_t>(), model::Sequence{row[4].as<std::int64_t>()}},
                 model::Sequence{row[5].as<std::int64_t>()}});
        }
        return records;
    });
}

void PostgresJournal::note_state_hash(const StateHash& noted) {
    const auto hash = static_cast<std::int64_t>(noted.hash);
    guarded("noting a state hash", [&] {
        const auto stored = database_->execute("select venue.note_state_hash($1, $2, $3, $4)", epoch_,
                                               noted.sequence.value, noted.version, hash);
        if (stored[0][0].as<std::int64_t>() != hash) {
            throw JournalUnreadable("Folding the journal up to event " + std::to_string(noted.sequence.value) +
                                    " gives another state than the venue had that stood there before.");
        }
    });
}

}  // namespace venue::journal
