#include "venue/journal/archive.hpp"

#include "venue/journal/database.hpp"

namespace venue::journal {
namespace {

constexpr std::int64_t connect_wait_ms = 5'000;
/// "000000000001-000010000000", so that names sort as ranges do.
std::string range_text(const SequenceRange& range) {
    const auto padded = [](std::int64_t number) {
        const auto digits = std::to_string(number);
        return std::string(digits.size() < 12 ? 12 - digits.size() : 0, '0') + digits;
    };
    return padded(range.first.value) + "-" + padded(range.next.value - 1);
}

std::string column_names(pqxx::transaction_base& transaction, const std::string& table) {
    return transaction
        .exec_params(
            "select string_agg(attname, e'\\t' order by attnum) from pg_attribute"
            " where attrelid = $1::regclass and attnum > 0 and not attisdropped",
            table)[0][0]
        .c_str();
}

model::Sequence archived_until(Database& database) {
    return model::Sequence{database.execute("select venue.archived_until()")[0][0].as<std::int64_t>()};
}

}  // namespace

model::Sequence archived_until(const std::string& url) {
    Database database(url, connect_wait_ms);
    return guarded("looking for archived ranges", [&] { return archived_until(database); });
}

Archive::Archive(const std::string& url, std::int64_t wait_ms) : database_(std::make_unique<Database>(url, wait_ms)) {
    guarded("setting up the connection", [&] { database_->execute("set enable_sort = on"); });
}
Archive::~Archive() = default;

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

void Archive::put_away(const SequenceRange& range, const std::filesystem::path& folder) {
    const auto text = range_text(range);
    const auto events_file = "events-" + text + ".copy.gz";
    const auto postings_file = "postings-" + text + ".copy.gz";
    const auto events_sum = write("venue.events", "sequence", range, folder / events_file);
    const auto postings_sum = write("venue.postings", "sequence, line", range, folder / postings_file);
    // As `sha256sum --check` reads it.
    write_durably(folder / (text + ".sha256"),
                  events_sum + "  " + events_file + "\n" + postings_sum + "  " + postings_file + "\n");
    guarded("taking a range out of the journal", [&] {
        database_->execute("select venue.put_away($1, $2, $3)", range.first.value, events_sum, postings_sum);
    });
}

std::string Archive::write(const std::string& table, const std::string& order, const SequenceRange& range,
                           const std::filesystem::path& path) {
    ArchiveFile file(path);
    guarded("exporting " + table, [&] {
        pqxx::transaction<pqxx::repeatable_read, pqxx::readwrite_policy::read_only> transaction(
            database_->connection());
        file.line(column_names(transaction, table));
        pqxx::stream_from rows(transaction,
                               "(select * from " + table + " where sequence >= " + std::to_string(range.first.value) +
                                   " and sequence < " + std::to_string(range.next.value) + " order by " + order + ")");
        for (std::string line; rows.get_raw_line(line);) {
            // The library leaves the line's end in place.
            if (line.ends_with('\n')) line.pop_back();
            file.line(line);
        }
        rows.complete();
    });
    // The first line is the columns' names.
    const auto event_count = range.next.value - range.first.value;
    if (table == "venue.events" && file.line_count() != event_count + 1) {
        throw JournalUnreadable("Events of the range from " + std::to_string(range.first.value) + " are missing.");
    }
    return file.finish();
}

}  // namespace venue::journal
