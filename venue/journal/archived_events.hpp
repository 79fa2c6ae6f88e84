// The events that `venue archive` took out of the database, read back from its files: the way back when the snapshots
// that stood for them are gone.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "venue/journal/archived_range.hpp"
#include "venue/model/event.hpp"

namespace venue::journal {

/// A file is used when its bytes come to the checksum that the database noted, and not otherwise.
class ArchivedEvents {
  public:
    /// The ranges that are archived by now, whose files are in `folder`. Throws JournalFailed when the database is
    /// away.
    ArchivedEvents(const std::string& url, std::filesystem::path folder);

    /// The last event that is archived; zero for none.
    [[nodiscard]] model::Sequence until() const;

    /// Calls `each` for every archived event after `after`, up to and with `last`, in order. Throws ArchiveFailed when
    /// a file can't be read, JournalUnreadable when it isn't the one that was written, or an event is missing.
    void read(model::Sequence after, model::Sequence last, const std::function<void(const model::Event&)>& each) const;

    /// Holds every file of postings against its checksum too. Throws as `read` does.
    void require_postings() const;

  private:
    struct Range {
        SequenceRange range;
        std::string events_sha256;
        std::string postings_sha256;
    };

    std::filesystem::path folder_;
    std::vector<Range> ranges_;
};

}  // namespace venue::journal
