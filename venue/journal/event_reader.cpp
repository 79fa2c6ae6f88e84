#include "venue/journal/event_reader.hpp"

#include "venue/journal/database.hpp"
#include "venue/journal/event_stream.hpp"

namespace venue::journal {

EventReader::EventReader(const std::string& url, std::int64_t connect_wait_ms)
    : database_(std::make_unique<Database>(url, connect_wait_ms)) {}
EventReader::~EventReader() = default;

void EventReader::read(model::Sequence after, const std::function<void(const model::Event&)>& each) {
    guarded("reading the journal", [&] {
        pqxx::transaction<pqxx::repeatable_read, pqxx::readwrite_policy::read_only> transaction(
            database_->connection());
        stream_events(transaction, after, each);
    });
}

}  // namespace venue::journal
