#include "venue/journal/history.hpp"

#include <algorithm>

#include "venue/journal/database.hpp"
#include "venue/journal/event_row.hpp"
#include "venue/journal/event_stream.hpp"
#include "venue/journal/result_row.hpp"

namespace venue::journal {
namespace {

constexpr std::int64_t connect_wait_ms = 5'000;
/// Sequence numbers that one statement looks through: few enough for what it finds to be small, and for counting more.
constexpr std::int64_t page_size = 10'000;
constexpr std::int64_t counted_page_size = 100'000;

/// Of account $1, from event $2 to $3.
const std::string of_account_between =
    "(account = $1 or sequence in (select sequence from venue.postings"
    " where account = $1 and sequence >= $2 and sequence <= $3)) and sequence >= $2 and sequence <= $3";

model::Posting posting_of(const pqxx::row& row) {
    return {model::Sequence{row[0].as<std::int64_t>()},
            model::AccountId{row[1].as<std::int32_t>()},
            model::AssetId{row[2].as<std::int32_t>()},
            {parse_int128(row[3].c_str())}};
}

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

// Two walks: backwards by counting alone, until there are enough; then forwards, telling them.
bool History::of_account(model::AccountId account, Stretch stretch, const TellEvent& each) {
    const auto wanted = stretch.first;
    const auto stored = guarded("reading the journal", [&] {
        return database_->execute("select last_sequence from venue.fence")[0][0].as<std::int64_t>();
    });
    stretch.last = std::min(stretch.last, model::Sequence{stored});
    const auto surplus = stretch.newest > 0 ? narrow_to_newest(account, stretch) : 0;
    auto passed_over = surplus;
    for (auto first = stretch.first.value; first <= stretch.last.value; first += page_size) {
        const auto last = std::min(first + page_size - 1, stretch.last.value);
        const auto events = where(of_account_between, account.value, first, last);
        if (events.empty()) continue;
        const auto postings = postings_between(events.front().sequence, events.back().sequence);
        for (const auto& event : events) {
            if (passed_over-- > 0) continue;
            const auto [begin, end] = std::ranges::equal_range(postings, event.sequence, {}, &model::Posting::event);
            each(event, {begin, end});
        }
    }
    return surplus == 0 && stretch.first == wanted;
}

/// Moves the stretch's beginning to where enough events follow, and returns how many too many they are.
std::int64_t History::narrow_to_newest(model::AccountId account, Stretch& stretch) {
    std::int64_t found = 0;
    auto first = stretch.last.value + 1;
    while (first > stretch.first.value && found < stretch.newest) {
        const auto last = first - 1;
        first = std::max(stretch.first.value, first - counted_page_size);
        found += guarded("reading the journal", [&] {
            return database_
                ->execute("select count(*) from venue.known_events where " + of_account_between, account.value, first,
                          last)[0][0]
                .as<std::int64_t>();
        });
    }
    stretch.first = model::Sequence{first};
    return std::max<std::int64_t>(0, found - stretch.newest);
}

std::vector<model::Event> History::of_session(model::SessionId session) {
    return where(
        "(kind in (8, 9) and (body ->> 'session')::integer = $1 or kind = 39 and (body ->> 'id')::integer = $1)",
        session.value);
}

std::vector<model::Posting> History::postings_of(model::Sequence event) { return postings_between(event, event); }

std::vector<model::Posting> History::postings_between(model::Sequence first, model::Sequence last) {
    return guarded("reading the ledger", [&] {
        std::vector<model::Posting> postings;
        for (const auto& row : database_->execute("select sequence, account, asset, amount from venue.postings"
                                                  " where sequence >= $1 and sequence <= $2 order by sequence, line",
                                                  first.value, last.value)) {
            postings.push_back(posting_of(row));
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
