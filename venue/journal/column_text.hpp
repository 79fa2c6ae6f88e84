// A row as the server prints it, column by column; and text made fit for the database and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "venue/model/number.hpp"

namespace venue::journal {

/// Any bytes as printable ASCII: a backslash stands doubled, any byte that isn't printable as \xHH. A participant's
/// text may be anything, and a database that declined it would stop the venue.
std::string stored_text(std::string_view original);
/// Whether `stored_text` would change nothing.
bool is_stored_as_it_is(std::string_view original);
/// The inverse of `stored_text`.
std::string original_text(std::string_view stored);

/// Parse what the server printed; they throw JournalUnreadable when it is no such value.
std::int64_t parse_integer(std::string_view text);
model::Int128 parse_int128(std::string_view text);

/// One line of COPY … TO STDOUT, in its text format.
class CopyLine {
  public:
    explicit CopyLine(std::string_view line) : rest_(line) {}
    /// The next column, valid until the next call; empty when it is null. Throws JournalUnreadable behind the last.
    std::optional<std::string_view> next();

  private:
    std::string_view unescaped(std::string_view column);

    std::string_view rest_;
    bool at_end_ = false;
    std::string scratch_;
};

}  // namespace venue::journal
