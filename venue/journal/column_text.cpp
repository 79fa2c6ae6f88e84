#include "venue/journal/column_text.hpp"

#include <algorithm>
#include <charconv>

#include "venue/journal/journal.hpp"

namespace venue::journal {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_stored_plain(char c) { return c >= ' ' && c <= '~' && c != '\\'; }

char byte_of(std::string_view hex) {
    const auto high = hex_digits.find(hex[0]);
    const auto low = hex_digits.find(hex[1]);
    if (high == hex_digits.npos || low == hex_digits.npos) throw JournalUnreadable("A stored text has a broken \\x.");
    return static_cast<char>(high * 16 + low);
}

/// What the letter behind a backslash means in COPY's text format.
char copy_character(char letter) {
    switch (letter) {
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'v':
            return '\v';
        default:
            return letter;
    }
}

}  // namespace

bool is_stored_as_it_is(std::string_view original) { return std::ranges::all_of(original, is_stored_plain); }

std::string stored_text(std::string_view original) {
    if (is_stored_as_it_is(original)) return std::string(original);
    std::string stored;
    for (const char c : original) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_stored_plain(c)) {
            stored.push_back(c);
        } else if (c == '\\') {
            stored.append("\\\\");
        } else {
            stored.append({'\\', 'x', hex_digits[byte >> 4], hex_digits[byte & 15]});
        }
    }
    return stored;
}

std::string original_text(std::string_view stored) {
    std::string original;
    original.reserve(stored.size());
    while (!stored.empty()) {
        const auto plain = std::min(stored.find('\\'), stored.size());
        original.append(stored.substr(0, plain));
        stored.remove_prefix(plain);
        if (stored.size() >= 4 && stored[1] == 'x') {
            original.push_back(byte_of(stored.substr(2, 2)));
            stored.remove_prefix(4);
        } else if (!stored.empty()) {
            original.push_back('\\');
            stored.remove_prefix(std::min<std::size_t>(2, stored.size()));
        }
    }
    return original;
}

std::int64_t parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw JournalUnreadable("The journal has '" + std::string(text) + "' where a whole number belongs.");
    }
    return value;
}

model::Int128 parse_int128(std::string_view text) {
    constexpr std::size_t digits_of_63_bits = 18;
    if (text.size() <= digits_of_63_bits) return parse_integer(text);
    const bool negative = text.front() == '-';
    model::Int128 value = 0;
    // Counted downwards, because the most negative number has no positive counterpart.
    for (const char c : text.substr(negative ? 1 : 0)) {
        if (c < '0' || c > '9') throw JournalUnreadable("The journal has no whole number where an amount belongs.");
        value = value * 10 - (c - '0');
    }
    return negative ? value : -value;
}

std::optional<std::string_view> CopyLine::next() {
    if (at_end_) throw JournalUnreadable("A row of the journal has fewer columns than this release knows.");
    const auto width = rest_.find('\t');
    const auto column = rest_.substr(0, width);
    at_end_ = width == rest_.npos;
    rest_.remove_prefix(at_end_ ? rest_.size() : width + 1);
    if (column == "\\N") return {};
    return unescaped(column);
}

std::string_view CopyLine::unescaped(std::string_view column) {
    if (column.find('\\') == column.npos) return column;
    scratch_.clear();
    for (std::size_t at = 0; at < column.size(); ++at) {
        const bool escaped = column[at] == '\\' && at + 1 < column.size();
        scratch_.push_back(escaped ? copy_character(column[++at]) : column[at]);
    }
    return scratch_;
}

}  // namespace venue::journal
