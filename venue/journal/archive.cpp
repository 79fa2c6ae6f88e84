#include "venue/journal/archive.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "venue/journal/carrying.hpp"
#include "venue/journal/database.hpp"

namespace venue::journal {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t connect_wait_ms = 5'000;
/// "archive", as the number of the advisory lock; venue.put_away takes it too.
constexpr std::int64_t archive_lock = 0x61726368697665;
/// In sequence numbers; about a second's work.
constexpr std::int64_t page_size = 100'000;
/// SQLSTATE of a lock that wasn't given in time.
constexpr auto lock_not_available = "55P03";
/// How long readers are waited for, and how long they are left alone in between.
constexpr auto reader_wait = 30min;
constexpr auto reader_pause = 1s;

/// The query for a table's columns, as the first line of a file has them.
std::string column_names(const std::string& table) {
    return "select string_agg(attname, e'\\t' order by attnum) from pg_attribute where attrelid = '" + table +
           "'::regclass and attnum > 0 and not attisdropped";
}

void copy_rows(pqxx::transaction_base& transaction, const std::string& query, ArchiveFile& file) {
    pqxx::stream_from rows(transaction, query);
    for (std::string line; rows.get_raw_line(line);) {
        // The library leaves the line's end in place.
        if (line.ends_with('\n')) line.pop_back();
        file.line(line);
    }
    rows.complete();
}

/// Copies the range's rows, behind a line with the columns' names. Page by page, each in a transaction of its own: a
/// long one would slow every append, and a full range doesn't change meanwhile.
void copy(Database& database, const std::string& table, const std::string& order, const SequenceRange& range,
          ArchiveFile& file) {
    file.line(pqxx::nontransaction(database.connection()).exec(column_names(table))[0][0].c_str());
    for (auto first = range.first.value; first < range.next.value; first += page_size) {
        const auto next = std::min(range.next.value, first + page_size);
        pqxx::read_transaction transaction(database.connection());
        copy_rows(transaction,
                  "(select * from " + table + " where sequence >= " + std::to_string(first) + " and sequence < " +
                      std::to_string(next) + " order by " + order + ")",
                  file);
    }
    if (table == "venue.events" && file.line_count() != range.next.value - range.first.value + 1) {
        throw JournalUnreadable("Events of the range from " + std::to_string(range.first.value) + " are missing.");
    }
}

model::Sequence archived_until(Database& database) {
    return model::Sequence{database.execute("select venue.archived_until()")[0][0].as<std::int64_t>()};
}

}  // namespace

model::Sequence archived_until(const std::string& url) {
    Database database(url, connect_wait_ms);
    return guarded("looking for archived ranges", [&] { return archived_until(database); });
}

model::Sequence ranges_end(const std::string& url) {
    Database database(url, connect_wait_ms);
    return guarded("looking for ranges", [&] {
        return model::Sequence{
            database.execute("select max(next) from venue.sequence_ranges")[0][0].as<std::int64_t>()};
    });
}

model::Sequence carried_until(const std::string& url) {
    Database database(url, connect_wait_ms);
    return guarded("looking for what is carried", [&] {
        const auto rows = database.execute("select coalesce(max(sequence), 0) from venue.order_marks");
        return model::Sequence{rows[0][0].as<std::int64_t>()};
    });
}

Archive::Archive(const std::string& url, std::int64_t wait_ms) : database_(std::make_unique<Database>(url, wait_ms)) {
    guarded("setting up the connection", [&] { database_->execute("set enable_sort = on"); });
    take_lock();
}
Archive::~Archive() = default;

void Archive::take_lock() {
    const bool is_taken = guarded("looking for another archive", [&] {
        return database_->execute("select pg_try_advisory_lock(" + std::to_string(archive_lock) + ")")[0][0].as<bool>();
    });
    if (!is_taken) throw ArchiveFailed("Another archive is at work; look again when it has ended.");
}

std::optional<SequenceRange> Archive::oldest() {
    return guarded("looking for archived ranges", [&]() -> std::optional<SequenceRange> {
        const auto rows = database_->execute(
            "select first, next from venue.sequence_ranges, venue.fence"
            " where first = venue.archived_until() + 1 and next <= last_sequence + 1");
        if (rows.empty()) return {};
        return SequenceRange{model::Sequence{rows[0][0].as<std::int64_t>()},
                             model::Sequence{rows[0][1].as<std::int64_t>()}};
    });
}

// The connection that this asks on is the one that holds the lock: while it lives, nobody else puts the range away.
void Archive::require_oldest(const SequenceRange& range) {
    if (archived_until(*database_).value == range.first.value - 1) return;
    throw ArchiveFailed("The range from " + std::to_string(range.first.value) + " isn't the next one to be archived.");
}

ArchivedFiles Archive::write_files(const SequenceRange& range, const std::filesystem::path& folder) {
    const auto events_file = archive_file_name("events", range);
    const auto postings_file = archive_file_name("postings", range);
    ArchiveFile events(folder / events_file);
    ArchiveFile postings(folder / postings_file);
    guarded("exporting a range", [&] {
        copy(*database_, "venue.events", "sequence", range, events);
        copy(*database_, "venue.postings", "sequence, line", range, postings);
    });
    const auto events_sum = events.complete();
    const auto postings_sum = postings.complete();
    guarded("looking for archived ranges", [&] { require_oldest(range); });
    events.publish();
    postings.publish();
    // As `sha256sum --check` reads it.
    write_durably(folder / (range_text(range) + ".sha256"),
                  events_sum + "  " + events_file + "\n" + postings_sum + "  " + postings_file + "\n");
    return {folder / events_file, folder / postings_file, events_sum, postings_sum};
}

// What must stay is found page by page, for the same reason as in copy().
void Archive::take_out(const SequenceRange& range, const ArchivedFiles& files) {
    const auto first = range.first.value;
    guarded("looking through a range", [&] {
        for (auto until = first; until < range.next.value;) {
            until = std::min(range.next.value, until + page_size);
            database_->execute("select venue.stage_events($1, $2)", first, until);
        }
        carry_orders(*database_);
    });
    const auto deadline = Clock::now() + reader_wait;
    while (!guarded("taking a range out of the journal", [&] { return try_to_take_out(range, files); })) {
        if (Clock::now() >= deadline) throw ArchiveFailed("Somebody reads the journal without end.");
        std::this_thread::sleep_for(reader_pause);
    }
    guarded("removing what was carried of a range", [&] {
        while (database_->execute("select venue.forget_carried_orders()")[0][0].as<bool>()) continue;
    });
}

// Whether readers are in the way is asked first: who waits inside of the transaction keeps the vacuum waiting. Appends
// queue behind the question, so it is short.
bool Archive::try_to_take_out(const SequenceRange& range, const ArchivedFiles& files) {
    try {
        pqxx::work probe(database_->connection());
        probe.exec("set local lock_timeout = '10ms'; lock table only venue.events, only venue.postings");
        probe.abort();
        database_->execute("select venue.put_away($1, $2, $3)", range.first.value, files.events_sum,
                           files.postings_sum);
        return true;
    } catch (const pqxx::sql_error& error) {
        if (error.sqlstate() != lock_not_available) throw;
        return false;
    }
}

std::string Archive::write(const std::string& table, const std::string& order, const SequenceRange& range,
                           const std::filesystem::path& path) {
    ArchiveFile file(path);
    guarded("exporting " + table, [&] { copy(*database_, table, order, range, file); });
    auto sum = file.complete();
    file.publish();
    return sum;
}

}  // namespace venue::journal
