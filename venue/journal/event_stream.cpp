#include "venue/journal/event_stream.hpp"

#include <limits>
#include <utility>

#include "venue/journal/event_row.hpp"
#include "venue/journal/journal.hpp"

namespace venue::journal {
namespace {

/// About a second's work for who folds them.
constexpr std::int64_t page_size = 100'000;

/// Returns how many there were, no more than `count_max`.
std::int64_t stream(pqxx::transaction_base& transaction, model::Sequence after, model::Sequence until,
                    std::int64_t count_max, const std::function<void(const model::Event&)>& each) {
    std::int64_t count = 0;
    pqxx::stream_from rows(transaction, "(select " + event_columns() + " from venue.events where sequence > " +
                                            std::to_string(after.value) +
                                            " and sequence <= " + std::to_string(until.value) +
                                            " order by sequence limit " + std::to_string(count_max) + ")");
    for (std::string line; rows.get_raw_line(line);) {
        // The library leaves the line's end in place.
        if (line.ends_with('\n')) line.pop_back();
        CopyLine columns(line);
        const auto event = to_event(read_row(columns));
        require_following(std::exchange(after, event.sequence), event.sequence);
        each(event);
        ++count;
    }
    rows.complete();
    return count;
}

}  // namespace

void require_following(model::Sequence before, model::Sequence found) {
    if (found.value == before.value + 1) return;
    throw JournalUnreadable("The events from " + std::to_string(before.value + 1) + " to " +
                            std::to_string(found.value - 1) +
                            " are not in the journal. If they were archived, `venue snapshot --archive FOLDER` reads"
                            " them from the archive's files; otherwise it is damaged.");
}

void stream_events(pqxx::transaction_base& transaction, model::Sequence after,
                   const std::function<void(const model::Event&)>& each) {
    stream_events(transaction, after, model::Sequence{std::numeric_limits<std::int64_t>::max()}, each);
}

void stream_events(pqxx::transaction_base& transaction, model::Sequence after, model::Sequence until,
                   const std::function<void(const model::Event&)>& each) {
    stream(transaction, after, until, std::numeric_limits<std::int64_t>::max(), each);
}

void stream_events_in_pages(pqxx::connection& connection, model::Sequence after, model::Sequence until,
                            const std::function<void(const model::Event&)>& each) {
    for (std::int64_t count = page_size; count == page_size;) {
        pqxx::read_transaction transaction(connection);
        count = stream(transaction, after, until, page_size, [&](const model::Event& event) {
            after = event.sequence;
            each(event);
        });
    }
}

}  // namespace venue::journal
