#include "venue/journal/database.hpp"
#include "venue/journal/event_row.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/journal/result_row.hpp"

namespace venue::journal {
namespace {

/// A session waits for its resend while this tries; the journal's own connection fails sooner if the server is gone.
constexpr std::int64_t connect_wait_ms = 1'000;

std::string prefixed_columns() {
    std::string list;
    EventRow row;
    each_column(row, [&](const char* name, const auto&) { list.append(list.empty() ? "e." : ", e.").append(name); });
    return list;
}

// A run that begins before `first` may still reach into the range; only the one just before it can.
std::string sent_statement() {
    return "select m.number, m.sending_time, m.poss_resend, " + prefixed_columns() +
           " from venue.outbound o,"
           "      unnest(o.numbers, o.events, o.sending_times, o.poss_resend)"
           "          as m (number, event, sending_time, poss_resend)"
           " join venue.known_events e on e.sequence = m.event"
           " where o.session = $1 and o.incarnation = $2 and o.first_number <= $4"
           " and o.first_number >= coalesce((select max(before.first_number) from venue.outbound before"
           "     where before.session = $1 and before.incarnation = $2 and before.first_number <= $3), $3)"
           " and m.number between $3 and $4 order by o.first_number, m.number limit $5";
}

// Each part walks an index of its own in order; together they are at most four times the limit.
std::string addressed_statement() {
    const auto part = [](const std::string& table, const std::string& condition) {
        return "(select * from " + table + " where " + condition +
               " and sequence > $2 and sequence <= $3 order by sequence limit $4)";
    };
    const std::string own = "session = $1 and session <> 0";
    const std::string other = "other_session = $1 and session <> $1";
    return "select " + event_columns() + " from (" + part("venue.events", own) + " union all " +
           part("venue.events", other) + " union all " + part("venue.kept_events", own) + " union all " +
           part("venue.kept_events", other) + ") both_ways order by sequence limit $4";
}

model::SentEvent sent_event(const pqxx::row& row) {
    ResultRow columns(row);
    model::SentEvent sent;
    sent.as.number = columns.next_integer();
    sent.as.sending_time = {columns.next_integer()};
    sent.as.poss_resend = columns.next() == "t";
    sent.event = to_event(read_row(columns));
    sent.as.event = sent.event.sequence;
    return sent;
}

}  // namespace

PostgresReportReader::PostgresReportReader(std::string url) : url_(std::move(url)) {}
PostgresReportReader::~PostgresReportReader() = default;

Database& PostgresReportReader::database() {
    if (!database_) {
        auto fresh = std::make_unique<Database>(url_, connect_wait_ms);
        // Sorting is for these short pages what it isn't for the whole journal: cheap.
        fresh->execute("set enable_sort = on; set default_transaction_read_only = on");
        fresh->prepare("sent", sent_statement());
        fresh->prepare("addressed", addressed_statement());
        database_ = std::move(fresh);
    }
    return *database_;
}

template <class Query>
auto PostgresReportReader::with_one_retry(Query query) {
    try {
        return query(database());
    } catch (const pqxx::failure&) {
        database_.reset();
    }
    return guarded("reading reports", [&] { return query(database()); });
}

std::vector<model::SentEvent> PostgresReportReader::sent(model::SessionId session, model::Incarnation incarnation,
                                                         std::int64_t first, std::int64_t last, std::size_t limit) {
    return with_one_retry([&](Database& database) {
        std::vector<model::SentEvent> found;
        for (const auto& row :
             database.execute_prepared("sent", session.value, incarnation.value, first, last, limit)) {
            found.push_back(sent_event(row));
        }
        return found;
    });
}

std::vector<model::Event> PostgresReportReader::addressed(model::SessionId session, model::Sequence after,
                                                          model::Sequence until, std::size_t limit) {
    return with_one_retry([&](Database& database) {
        std::vector<model::Event> found;
        for (const auto& row : database.execute_prepared("addressed", session.value, after.value, until.value, limit)) {
            ResultRow columns(row);
            found.push_back(to_event(read_row(columns)));
        }
        return found;
    });
}

}  // namespace venue::journal
