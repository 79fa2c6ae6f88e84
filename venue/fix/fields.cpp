#include "venue/fix/fields.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>

#include "venue/fix/dialect.hpp"
#include "venue/fix/spec_tables.hpp"
#include "venue/fix/whole_number.hpp"

namespace venue::fix {
namespace {

constexpr char separator = '\x01';
constexpr int tag_max = 99'999;
constexpr std::size_t fields_mostly = 32;

/// Header fields that stand once in any message; the dictionary knows the rest.
constexpr auto single_header_fields = std::to_array<int>(
    {tag::begin_string, tag::body_length, tag::check_sum, tag::msg_seq_num, tag::msg_type, tag::poss_dup_flag,
     tag::sender_comp_id, tag::sending_time, tag::target_comp_id, tag::orig_sending_time});

/// Takes "tag=" off the front; zero when no valid one is there, and nothing is taken.
int take_tag(std::string_view& rest) {
    int tag = 0;
    const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), tag);
    const auto size = static_cast<std::size_t>(end - rest.data());
    if (fault != std::errc{} || size == rest.size() || *end != '=' || tag < 1 || tag > tag_max) return 0;
    rest.remove_prefix(size + 1);
    return tag;
}

/// The data field whose length `tag` tells; zero for most.
int data_tag_after(int tag) {
    const auto pairs = data_pairs();
    if (tag < pairs.front().length_tag) return 0;
    const auto found = std::ranges::lower_bound(pairs, tag, {}, &DataPair::length_tag);
    return found != pairs.end() && found->length_tag == tag ? found->data_tag : 0;
}

/// Where a value ends that is `length` bytes long; npos when there are not so many, or no separator behind them.
std::size_t end_of_data(std::string_view rest, std::string_view length) {
    const auto size = whole_number<std::size_t>(length);
    return size && *size < rest.size() && rest[*size] == separator ? *size : std::string_view::npos;
}

}  // namespace

bool Fields::parse(std::string_view message) {
    fields_.clear();
    fields_.reserve(fields_mostly);
    invalid_tag_.reset();
    int data_tag = 0;
    while (!message.empty()) {
        const int tag = take_tag(message);
        const bool is_data = tag != 0 && tag == data_tag;
        const std::size_t end = is_data ? end_of_data(message, fields_.back().value) : message.find(separator);
        if (end == std::string_view::npos) return false;
        if (tag == 0) {
            if (!note_invalid(message.substr(0, end))) return false;
        } else {
            fields_.push_back({tag, message.substr(0, end)});
        }
        message.remove_prefix(end + 1);
        data_tag = data_tag_after(tag);
    }
    return !fields_.empty();
}

/// A number that is no tag is told; what isn't a number, or has no value, makes no field at all.
bool Fields::note_invalid(std::string_view field) {
    const auto equals = field.find('=');
    const auto number = whole_number<int>(field.substr(0, equals));
    if (!number || equals == std::string_view::npos) return false;
    if (!invalid_tag_) invalid_tag_ = *number;
    return true;
}

std::optional<std::string_view> Fields::get(int tag) const {
    const auto found = std::ranges::find(fields_, tag, &Field::tag);
    if (found == fields_.end()) return {};
    return found->value;
}

std::vector<Fields> Fields::entries(int first, std::string_view type, const MessageUse& use) const {
    std::vector<Fields> entries;
    bool is_inside = false;
    for (const auto& field : fields_) {
        if (field.tag == first) {
            entries.emplace_back().fields_.push_back({tag::msg_type, type});
            is_inside = true;
        } else if (field.tag == tag::check_sum || std::ranges::binary_search(use.supported, field.tag)) {
            is_inside = false;
        }
        if (is_inside) entries.back().fields_.push_back(field);
    }
    return entries;
}

int Fields::duplicate(const MessageUse& use) const {
    const auto stands_once = [&](int tag) {
        return std::ranges::find(single_header_fields, tag) != single_header_fields.end() ||
               std::ranges::binary_search(use.supported, tag);
    };
    std::bitset<1024> seen;
    for (const auto& field : fields_) {
        const auto tag = static_cast<std::size_t>(field.tag);
        if (tag >= seen.size()) continue;
        if (seen[tag] && stands_once(field.tag)) return field.tag;
        seen.set(tag);
    }
    return 0;
}

}  // namespace venue::fix
