#include "venue/journal/event_stream.hpp"

#include "venue/journal/event_row.hpp"

namespace venue::journal {

void stream_events(pqxx::transaction_base& transaction, model::Sequence after,
                   const std::function<void(const model::Event&)>& each) {
    pqxx::stream_from rows(transaction, "(select " + event_columns() + " from venue.events where sequence > " +
                                            std::to_string(after.value) + " order by sequence)");
    for (std::string line; rows.get_raw_line(line);) {
        CopyLine columns(line);
        each(to_event(read_row(columns)));
    }
    rows.complete();
}

}  // namespace venue::journal
