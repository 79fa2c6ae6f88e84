#include "venue/journal/asked_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "venue/journal/event_row.hpp"
#include "venue/journal/journal.hpp"

namespace venue::journal {
namespace {

using namespace std::string_view_literals;

struct Word {
    char letter;
    std::string_view text;
};

constexpr std::array commands{Word{'p', "PlaceOrder"}, Word{'c', "CancelOrder"}, Word{'r', "ReplaceOrder"}};
constexpr std::array keys{Word{'s', "session"},   Word{'i', "incarnation"},    Word{'n', "number"},
                          Word{'c', "cl_ord_id"}, Word{'o', "orig_cl_ord_id"}, Word{'r', "order"},
                          Word{'a', "account"},   Word{'y', "symbol"},         Word{'d', "side"},
                          Word{'t', "type"},      Word{'f', "time_in_force"},  Word{'q', "quantity"},
                          Word{'p', "price"}};

constexpr std::array sides{"buy"sv, "sell"sv};
constexpr std::array types{"market"sv, "limit"sv};
constexpr std::array times_in_force{"day"sv, "gtc"sv, ""sv, "ioc"sv, "fok"sv};

constexpr std::int16_t order_cancelled = 4;

char to_capital(char letter) { return static_cast<char>(std::toupper(static_cast<unsigned char>(letter))); }
char to_small(char letter) { return static_cast<char>(std::tolower(static_cast<unsigned char>(letter))); }
bool is_small(char letter) { return letter >= 'a' && letter <= 'z'; }

template <class Names>
std::string name_of(const Names& names, const std::optional<std::int16_t>& number, std::int16_t first) {
    const auto at = static_cast<std::size_t>(number.value_or(-1) - first);
    return at < names.size() ? std::string(names[at]) : std::string();
}

/// What a column of the row says under the key of this letter; empty when none does.
std::string told_by_row(char letter, const EventRow& row) {
    // A cancelled order's row has the order's name first and the request's behind it; the others the other way round.
    const bool request_first = row.kind != order_cancelled;
    switch (letter) {
        case 's':
            return std::to_string(row.session);
        case 'c':
            return (request_first ? row.cl_ord_id : row.other_cl_ord_id).value_or("");
        case 'o':
            return (request_first ? row.other_cl_ord_id : row.cl_ord_id).value_or("");
        case 'r':
            return row.order_id ? std::to_string(*row.order_id) : "";
        case 'd':
            return name_of(sides, row.side, 1);
        case 't':
            return name_of(types, row.type, 1);
        case 'f':
            return name_of(times_in_force, row.time_in_force, 0);
        default:
            return "";
    }
}

template <class Words>
const Word* with_text(const Words& words, std::string_view text) {
    const auto found = std::ranges::find(words, text, &Word::text);
    return found == words.end() ? nullptr : &*found;
}

template <class Words>
std::string_view text_of(const Words& words, char letter) {
    const auto found = std::ranges::find(words, letter, &Word::letter);
    if (found == words.end()) throw JournalUnreadable("A stored command has a word that this release doesn't know.");
    return found->text;
}

/// The text up to the next blank, which goes too.
std::string_view take_word(std::string_view& rest) {
    const auto end = std::min(rest.find(' '), rest.size());
    const auto word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
}

}  // namespace

std::optional<std::string> asked_in_short(std::string_view asked, const EventRow& row) {
    auto rest = asked;
    if (rest.find('"') != rest.npos) return {};
    const auto* const command = with_text(commands, take_word(rest));
    if (command == nullptr) return {};
    std::string stored(1, command->letter);
    while (!rest.empty()) {
        const auto word = take_word(rest);
        const auto equals = std::min(word.find('='), word.size());
        const auto* const key = with_text(keys, word.substr(0, equals));
        if (key == nullptr || equals == word.size()) return {};
        const auto value = word.substr(equals + 1);
        if (value == told_by_row(key->letter, row)) {
            stored.push_back(to_capital(key->letter));
        } else {
            stored.append(1, key->letter).append(value).append(1, ' ');
        }
    }
    return stored;
}

std::string asked_in_full(std::string_view stored, const EventRow& row) {
    if (stored.empty()) throw JournalUnreadable("A stored command is empty.");
    std::string full(text_of(commands, stored.front()));
    for (auto rest = stored.substr(1); !rest.empty();) {
        const char letter = rest.front();
        rest.remove_prefix(1);
        full.append(1, ' ').append(text_of(keys, to_small(letter))).append(1, '=');
        full.append(is_small(letter) ? std::string(take_word(rest)) : told_by_row(to_small(letter), row));
    }
    return full;
}

}  // namespace venue::journal
