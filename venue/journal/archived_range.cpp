#include "venue/journal/archived_range.hpp"

namespace venue::journal {

std::string range_text(const SequenceRange& range) {
    const auto padded = [](std::int64_t number) {
        const auto digits = std::to_string(number);
        return std::string(digits.size() < 12 ? 12 - digits.size() : 0, '0') + digits;
    };
    return padded(range.first.value) + "-" + padded(range.next.value - 1);
}

std::string archive_file_name(const std::string& of, const SequenceRange& range) {
    return of + "-" + range_text(range) + ".copy.gz";
}

}  // namespace venue::journal
