#include "venue/fix/recorded_message.hpp"

#include <algorithm>
#include <ranges>

#include "venue/fix/encode.hpp"
#include "venue/fix/fields.hpp"
#include "venue/fix/spec_tables.hpp"
#include "venue/fix/whole_number.hpp"

namespace venue::fix {
namespace {

constexpr char separator = '\x01';
constexpr std::string_view in_text = " in ";
constexpr std::string_view out_text = " out ";
constexpr std::size_t time_size = std::string_view("20261123-17:50:00.123456").size();
/// "10=123␁"
constexpr std::size_t trailer_size = 7;

bool is_password(int tag) { return tag == tag::password || tag == tag::new_password; }
/// A length stands before it, and must stay right.
bool is_secret_data(int tag, bool is_logon) {
    return (is_logon && tag == tag::raw_data) || tag == tag::encrypted_password || tag == tag::encrypted_new_password;
}

void append_masked(std::string& lines, std::string_view message) {
    Fields fields;
    if (!fields.parse(message)) {
        // What can't be told apart could hide anything.
        lines.append("(").append(std::to_string(message.size())).append(" bytes that are no fields)");
        return;
    }
    const auto begin = lines.size();
    lines += message;
    const bool is_logon = fields.message_type() == "A";
    for (const Field& field : fields.all() | std::views::reverse) {
        const bool is_data = is_secret_data(field.tag, is_logon);
        if (!is_data && !is_password(field.tag)) continue;
        const auto at = begin + static_cast<std::size_t>(field.value.data() - message.data());
        lines.replace(at, field.value.size(), std::string(is_data ? field.value.size() : 3, '*'));
    }
    std::replace(lines.begin() + static_cast<std::ptrdiff_t>(begin), lines.end(), '\n', ' ');
}

}  // namespace

void append_line(std::string& lines, model::Timestamp time, Way way, std::string_view message) {
    const auto micros = std::to_string(1'000 + time.nanoseconds / 1'000 % 1'000).substr(1);
    lines.append(fix_time(time)).append(micros).append(way == Way::in ? in_text : out_text);
    append_masked(lines, message);
    lines += '\n';
}

std::optional<RecordedMessage> parse_line(std::string_view line) {
    if (line.size() < time_size) return {};
    const auto time = line.substr(0, time_size);
    const auto rest = line.substr(time_size);
    if (rest.starts_with(in_text)) return RecordedMessage{time, Way::in, rest.substr(in_text.size())};
    if (rest.starts_with(out_text)) return RecordedMessage{time, Way::out, rest.substr(out_text.size())};
    return {};
}

std::string_view take_message(std::string_view& messages) {
    const auto length_at = messages.find(std::string{separator} + "9=");
    const auto length_end = messages.find(separator, length_at == std::string_view::npos ? length_at : length_at + 1);
    auto size = messages.size();
    if (length_end != std::string_view::npos) {
        const auto length = messages.substr(length_at + 3, length_end - length_at - 3);
        const auto body = whole_number<std::size_t>(length).value_or(messages.size());
        size = std::min(size, length_end + 1 + std::min(body, messages.size()) + trailer_size);
    }
    const auto message = messages.substr(0, size);
    messages.remove_prefix(size);
    return message;
}

}  // namespace venue::fix
