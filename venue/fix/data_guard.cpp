#include "venue/fix/data_guard.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <optional>

#include "venue/fix/spec_tables.hpp"
#include "venue/fix/whole_number.hpp"

namespace venue::fix {
namespace {

constexpr char separator = '\x01';
constexpr int tag_max = 2'047;
constexpr std::size_t pairs_max = 32;

/// Tags of length and data fields: nearly every field is ruled out by one look.
const std::bitset<tag_max + 1>& guarded_tags() {
    static const auto tags = [] {
        std::bitset<tag_max + 1> set;
        for (const auto& pair : data_pairs()) {
            set.set(static_cast<std::size_t>(pair.length_tag));
            set.set(static_cast<std::size_t>(pair.data_tag));
        }
        return set;
    }();
    return tags;
}

/// Walks over a message field by field.
class Walk {
  public:
    explicit Walk(std::string_view message) : rest_(message) {}

    bool fits() {
        while (!rest_.empty()) {
            const auto field = take_field();
            if (!field) return false;
            // A tag that is no number is not this guard's to complain about: no length is read for it.
            const auto number = whole_number<int>(field->tag);
            if (!number || *number < 0 || *number > tag_max || !guarded_tags()[static_cast<std::size_t>(*number)])
                continue;
            if (!take_data(*number, field->value)) return false;
        }
        return true;
    }

  private:
    struct Text {
        std::string_view tag;
        std::string_view value;
    };

    std::optional<Text> take_field() {
        const auto end = rest_.find(separator);
        if (end == std::string_view::npos) return std::nullopt;
        const auto field = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        const auto equals = std::min(field.find('='), field.size());
        return Text{field.substr(0, equals), field.substr(std::min(equals + 1, field.size()))};
    }

    /// The length was read; its data field must follow.
    bool take_data(int length_tag, std::string_view length_text) {
        const auto pairs = data_pairs();
        const auto pair = std::ranges::find(pairs, length_tag, &DataPair::length_tag);
        if (pair == pairs.end()) return false;
        const auto length = whole_number<std::size_t>(length_text);
        if (!length || !is_first_or_same(static_cast<std::size_t>(pair - pairs.begin()), *length)) return false;
        const auto equals = rest_.find('=');
        if (equals == std::string_view::npos || whole_number<int>(rest_.substr(0, equals)) != pair->data_tag)
            return false;
        const auto data = rest_.substr(equals + 1);
        if (data.size() <= *length || data[*length] != separator) return false;
        rest_ = data.substr(*length + 1);
        return true;
    }

    bool is_first_or_same(std::size_t pair, std::size_t length) {
        auto& seen = lengths_.at(pair);
        if (!seen) seen = length;
        return *seen == length;
    }

    std::string_view rest_;
    std::array<std::optional<std::size_t>, pairs_max> lengths_;
};

}  // namespace

bool data_fields_fit(std::string_view message) { return Walk(message).fits(); }

}  // namespace venue::fix
