// What was asked, stored short: a row's own columns say half of it already. docs/decisions/0014-asked-in-short.md has
// the grammar; venue.asked_in_full in SQL reads it too.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace venue::journal {

struct EventRow;

/// The short text for the row, whose other columns are filled; nothing when the text has a word that has no letter, and
/// is stored as it is.
std::optional<std::string> asked_in_short(std::string_view asked, const EventRow& row);

/// The text that `asked_in_short` was given. Throws JournalUnreadable when there is no such.
std::string asked_in_full(std::string_view stored, const EventRow& row);

}  // namespace venue::journal
