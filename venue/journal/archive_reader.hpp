// Events read back from an archive's file, of this release or an earlier one.
#pragma once

#include <filesystem>
#include <functional>

#include "venue/model/event.hpp"

namespace venue::journal {

/// Calls `each` for every event in a file that `venue archive` wrote, in order. Columns are known by their names: one
/// that was not there yet is empty. Throws ArchiveFailed when the file can't be read, JournalUnreadable when it holds
/// something else.
void read_archived_events(const std::filesystem::path& file, const std::function<void(const model::Event&)>& each);

}  // namespace venue::journal
