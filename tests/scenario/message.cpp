#include "tests/scenario/message.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <numeric>

#include "tests/scenario/dictionary.hpp"

namespace scenario {
namespace {

constexpr std::array envelope = {8, 9, 35, 49, 56, 34, 52, 43, 97, 122, 10};
/// Header fields that a script may set.
constexpr std::array header_choices = {43, 97, 122};

bool is_header_choice(const Field& field) {
    return std::ranges::find(header_choices, field.tag) != header_choices.end();
}

std::string utc_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y%m%d-%H:%M:%S", std::gmtime(&now));
    return text.data();
}

std::string field(int tag, std::string_view value) {
    return std::to_string(tag).append("=").append(value).append("\x01");
}

bool asks_for_time(const Message& message) {
    const bool is_request =
        message.type.size() == 1 && std::string_view("DFGqK").find(message.type) != std::string_view::npos;
    return is_request && std::ranges::find(message.fields, 60, &Field::tag) == message.fields.end();
}

}  // namespace

std::string to_wire(const Message& message, std::string_view sender, std::string_view target, int number,
                    std::string_view begin_string) {
    std::string body = field(35, message.type) + field(49, sender) + field(56, target);
    body += field(34, std::to_string(number)) + field(52, utc_now());
    auto fields = message.fields;
    std::ranges::stable_partition(fields, is_header_choice);
    for (const auto& [tag, value] : fields) body += field(tag, value);
    // No script is about TransactTime, so it need not be written.
    if (asks_for_time(message)) body += field(60, utc_now());
    std::string bytes = field(8, begin_string) + field(9, std::to_string(body.size())) + body;
    const auto sum = std::accumulate(bytes.begin(), bytes.end(), 0U,
                                     [](unsigned so_far, char c) { return so_far + static_cast<unsigned char>(c); });
    std::array<char, 4> checksum{};
    std::snprintf(checksum.data(), checksum.size(), "%03u", sum % 256);
    return bytes + field(10, checksum.data());
}

Message from_wire(std::string_view bytes) {
    Message message;
    while (!bytes.empty()) {
        const auto field = bytes.substr(0, bytes.find('\x01'));
        bytes.remove_prefix(std::min(bytes.size(), field.size() + 1));
        const int tag = std::atoi(std::string(field).c_str());
        const std::string value(field.substr(field.find('=') + 1));
        if (tag == 35) message.type = value;
        if (std::ranges::find(envelope, tag) == envelope.end()) message.fields.push_back({tag, value});
    }
    return message;
}

std::string shown(const Message& message) {
    std::string text = message.type;
    for (const auto& [tag, value] : message.fields) {
        const bool blank = value.find(' ') != std::string::npos;
        text += " " + Dictionary::published().name(tag) + "=" + (blank ? "\"" + value + "\"" : value);
    }
    return text;
}

}  // namespace scenario
