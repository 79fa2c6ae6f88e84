// Old ranges of the journal, out of the database and into files. sql/migrations says what stays behind.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "venue/journal/archive_file.hpp"
#include "venue/journal/archived_range.hpp"
#include "venue/journal/journal.hpp"

namespace venue::journal {

class Database;

/// A range's files, with their SHA-256 in hexadecimal.
struct ArchivedFiles {
    std::filesystem::path events;
    std::filesystem::path postings;
    std::string events_sum;
    std::string postings_sum;
};

/// The last sequence number that is archived; zero for none.
model::Sequence archived_until(const std::string& url);
/// The first event that no range was made for.
model::Sequence ranges_end(const std::string& url);
/// The last mark at which the orders' states were carried; zero for none yet. Likewise.
model::Sequence carried_until(const std::string& url);

/// One archive is at work at a time: it holds the database's advisory lock for that while it lives.
class Archive {
  public:
    /// Waits for the database at most `connect_wait_ms`. Throws ArchiveFailed when another one is at work, which may be
    /// one that was killed and whose last statement the server still finishes. Every function throws JournalFailed when
    /// the database is away.
    Archive(const std::string& url, std::int64_t connect_wait_ms);
    ~Archive();

    /// The range that would be put away next, if it is full.
    std::optional<SequenceRange> oldest();

    /// Writes the range's events and postings into files of `folder`, with a list of their checksums. Ended at any
    /// moment, it can be done again: files are replaced until the database gives the range up, and never afterwards.
    /// Throws ArchiveFailed.
    ArchivedFiles write_files(const SequenceRange& range, const std::filesystem::path& folder);

    /// Takes the range out of the database, whose files are on disk. Throws ArchiveFailed when somebody reads the
    /// journal without end.
    void take_out(const SequenceRange& range, const ArchivedFiles& files);

    /// Writes the range's rows of `table`, by `order`, into a file: a line with the columns' names, then each row as
    /// COPY has it. Returns the file's SHA-256 in hexadecimal. Throws ArchiveFailed.
    std::string write(const std::string& table, const std::string& order, const SequenceRange& range,
                      const std::filesystem::path& path);

  private:
    void take_lock();
    void require_oldest(const SequenceRange& range);
    bool try_to_take_out(const SequenceRange& range, const ArchivedFiles& files);

    std::unique_ptr<Database> database_;
};

}  // namespace venue::journal
