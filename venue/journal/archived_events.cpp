#include "venue/journal/archived_events.hpp"

#include <algorithm>
#include <utility>

#include "venue/journal/archive_file.hpp"
#include "venue/journal/archive_reader.hpp"
#include "venue/journal/database.hpp"
#include "venue/journal/event_stream.hpp"

namespace venue::journal {
namespace {

constexpr std::int64_t connect_wait_ms = 5'000;

void require_checksum(const std::filesystem::path& file, const std::string& sha256) {
    if (checksum_of(file) == sha256) return;
    throw JournalUnreadable(file.string() + " isn't the file that was archived: its bytes don't come to the checksum.");
}

}  // namespace

ArchivedEvents::ArchivedEvents(const std::string& url, std::filesystem::path folder) : folder_(std::move(folder)) {
    Database database(url, connect_wait_ms);
    guarded("looking for archived ranges", [&] {
        for (const auto& row : database.execute("select first, next, events_sha256, postings_sha256"
                                                " from venue.archived_ranges order by first")) {
            ranges_.push_back({{model::Sequence{row[0].as<std::int64_t>()}, model::Sequence{row[1].as<std::int64_t>()}},
                               row[2].c_str(),
                               row[3].c_str()});
        }
    });
}

model::Sequence ArchivedEvents::until() const {
    return ranges_.empty() ? model::Sequence{} : model::Sequence{ranges_.back().range.next.value - 1};
}

void ArchivedEvents::read(model::Sequence after, model::Sequence last,
                          const std::function<void(const model::Event&)>& each) const {
    for (const auto& archived : ranges_) {
        if (archived.range.next.value - 1 <= after.value || last < archived.range.first) continue;
        const auto file = folder_ / archive_file_name("events", archived.range);
        require_checksum(file, archived.events_sha256);
        read_archived_events(file, [&](const model::Event& event) {
            if (event.sequence <= after || last < event.sequence) return;
            require_following(std::exchange(after, event.sequence), event.sequence);
            each(event);
        });
    }
    // A file that ends too soon has nothing behind its end that would show it.
    const auto expected = std::min(last, until());
    if (after < expected) require_following(after, model::Sequence{expected.value + 1});
}

void ArchivedEvents::require_postings() const {
    for (const auto& archived : ranges_) {
        require_checksum(folder_ / archive_file_name("postings", archived.range), archived.postings_sha256);
    }
}

}  // namespace venue::journal
