#include "venue/journal/history.hpp"

#include "venue/journal/database.hpp"
#include "venue/journal/event_row.hpp"
#include "venue/journal/event_stream.hpp"
#include "venue/journal/result_row.hpp"

namespace venue::journal {
namespace {

constexpr std::int64_t connect_wait_ms = 5'000;

}  // namespace

History::History(const std::string& url) : database_(std::make_unique<Database>(url, connect_wait_ms)) {
    guarded("setting up the connection",
            [&] { database_->execute("set enable_sort = on; set default_transaction_read_only = on"); });
}
History::~History() = default;

void History::read(model::Sequence after, model::Sequence until, const std::function<void(const model::Event&)>& each) {
    guarded("reading the journal", [&] { stream_events_in_pages(database_->connection(), after, until, each); });
}

template <class... Parameters>
std::vector<model::Event> History::where(const std::string& condition, const Parameters&... parameters) {
    return guarded("reading the journal", [&] {
        std::vector<model::Event> events;
        const auto statement =
            "select " + event_columns() + " from venue.known_events where " + condition + " order by sequence";
        for (const auto& row : database_->execute(statement, parameters...)) {
            ResultRow columns(row);
            events.push_back(to_event(read_row(columns)));
        }
        return events;
    });
}

/// The condition is the one that their index has.
model::Reference History::reference() {
    model::Reference reference;
    for (const auto& event : where("kind >= 10 and kind <= 14")) model::fold(reference, event);
    return reference;
}

/// An order's number is the sequence of its first event.
std::vector<model::Event> History::of_order(model::OrderId order) {
    return where("sequence >= $1 and order_id = $1", order.value);
}

std::vector<model::Event> History::of_name(const model::ClOrdId& name, model::ParticipantId participant) {
    const std::string named =
        "(cl_ord_id = $1 or other_cl_ord_id = $1) and ($2::integer = 0 or participant = $2::integer)";
    return where(
        "(" + named + ") or order_id in (select order_id from venue.known_events where order_id > 0 and " + named + ")",
        stored_text(name.view()), participant.value);
}

std::vector<model::Event> History::of_account(model::AccountId account) {
    return where("account = $1 or sequence in (select sequence from venue.postings where account = $1)", account.value);
}

std::vector<model::Event> History::of_session(model::SessionId session) {
    return where("kind in (8, 9) and (body ->> 'session')::integer = $1", session.value);
}

std::vector<model::Posting> History::postings_of(model::Sequence event) {
    return guarded("reading the ledger", [&] {
        std::vector<model::Posting> postings;
        for (const auto& row : database_->execute(
                 "select account, asset, amount from venue.postings where sequence = $1 order by line", event.value)) {
            postings.push_back({event,
                                model::AccountId{row[0].as<std::int32_t>()},
                                model::AssetId{row[1].as<std::int32_t>()},
                                {parse_int128(row[2].c_str())}});
        }
        return postings;
    });
}

std::vector<model::SessionNumbers> History::numbers_of(model::SessionId session) {
    return guarded("reading the sessions' numbers", [&] {
        std::vector<model::SessionNumbers> numbers;
        for (const auto& row : database_->execute(
                 "select incarnation, inbound_judged, outbound_reserved, last_written from venue.session_numbers"
                 " where session = $1 order by incarnation",
                 session.value)) {
            numbers.push_back({session, model::Incarnation{row[0].as<std::int32_t>()}, row[1].as<std::int64_t>(),
                               row[2].as<std::int64_t>(), model::Sequence{row[3].as<std::int64_t>()}});
        }
        return numbers;
    });
}

std::string History::but_archived() {
    return guarded("looking for archived ranges", [&]() -> std::string {
        const auto archived = database_->execute("select venue.archived_until()")[0][0].as<std::int64_t>();
        return archived == 0 ? "" : " in the database; the events up to " + std::to_string(archived) + " are archived";
    });
}

}  // namespace venue::journal
