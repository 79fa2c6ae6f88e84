// A range of sequence numbers that `venue archive` puts away, and what its files are called.
#pragma once

#include <string>

#include "venue/model/ids.hpp"

namespace venue::journal {

/// first <= sequence < next.
struct SequenceRange {
    model::Sequence first;
    model::Sequence next;
};

/// "000000000001-000010000000", so that names sort as ranges do.
std::string range_text(const SequenceRange& range);
/// `of` is "events" or "postings".
std::string archive_file_name(const std::string& of, const SequenceRange& range);

}  // namespace venue::journal
