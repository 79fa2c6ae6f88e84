#include "venue/journal/event_reader.hpp"

#include <limits>

#include "venue/journal/database.hpp"
#include "venue/journal/event_stream.hpp"

namespace venue::journal {

EventReader::EventReader(const std::string& url, std::int64_t connect_wait_ms)
    : database_(std::make_unique<Database>(url, connect_wait_ms)) {}
EventReader::~EventReader() = default;

void EventReader::read(model::Sequence after, const std::function<void(const model::Event&)>& each) {
    guarded("reading the journal", [&] {
        constexpr model::Sequence end{std::numeric_limits<std::int64_t>::max()};
        stream_events_in_pages(database_->connection(), after, end, each);
    });
}

}  // namespace venue::journal
