#include "tests/simulation/wire.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <numeric>
#include <stdexcept>

namespace venue::simulation {
namespace {

constexpr char separator = '\x01';
constexpr std::size_t trailer_size = 7;  // "10=nnn" and its separator.

std::int64_t integer(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string checksum(std::string_view bytes) {
    const auto sum = std::accumulate(bytes.begin(), bytes.end(), 0U,
                                     [](unsigned all, char c) { return all + static_cast<unsigned char>(c); });
    auto digits = std::to_string(sum % 256);
    return std::string(3 - digits.size(), '0') + digits;
}

WireFields split(std::string_view bytes) {
    WireFields fields;
    while (!bytes.empty()) {
        const auto end = bytes.find(separator);
        const auto field = bytes.substr(0, end);
        const auto equals = field.find('=');
        fields.emplace_back(static_cast<int>(integer(field.substr(0, equals))), field.substr(equals + 1));
        bytes.remove_prefix(end + 1);
    }
    return fields;
}

}  // namespace

std::string WireMessage::text(int tag) const {
    const auto found = std::ranges::find(fields, tag, &std::pair<int, std::string>::first);
    return found == fields.end() ? "" : found->second;
}

std::int64_t WireMessage::number(int tag) const { return integer(text(tag)); }

std::string WireMessage::content(const std::vector<int>& also) const {
    constexpr std::array changing = {9, 10, 43, 52, 122};
    std::string content;
    for (const auto& [tag, value] : fields) {
        if (std::ranges::count(changing, tag) > 0 || std::ranges::count(also, tag) > 0) continue;
        content += std::to_string(tag) + "=" + value + "|";
    }
    return content;
}

std::optional<WireMessage> take_message(std::string& stream) {
    constexpr std::string_view start =
        "8=FIX.4.4\x01"
        "9=";
    if (stream.size() < start.size()) return std::nullopt;
    if (!stream.starts_with(start)) throw std::runtime_error("what the venue wrote begins as no message: " + stream);
    const auto length_end = stream.find(separator, start.size());
    if (length_end == std::string::npos) return std::nullopt;
    const auto body = static_cast<std::size_t>(integer(std::string_view(stream).substr(start.size())));
    const auto size = length_end + 1 + body + trailer_size;
    if (stream.size() < size) return std::nullopt;
    WireMessage message{stream.substr(0, size), {}};
    const auto summed = std::string_view(message.bytes).substr(0, size - trailer_size);
    if (!message.bytes.ends_with("10=" + checksum(summed) + separator)) {
        throw std::runtime_error("what the venue wrote has a wrong length or checksum: " + message.bytes);
    }
    message.fields = split(message.bytes);
    stream.erase(0, size);
    return message;
}

std::string framed(const WireFields& fields) {
    std::string body;
    for (const auto& [tag, value] : fields) body += std::to_string(tag) + "=" + value + separator;
    const auto head = std::string("8=FIX.4.4") + separator + "9=" + std::to_string(body.size()) + separator;
    return head + body + "10=" + checksum(head + body) + separator;
}

std::string utc_text(std::int64_t nanoseconds) {
    constexpr std::int64_t second = 1'000'000'000;
    const time_t seconds = nanoseconds / second;
    tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const auto size = std::strftime(text.data(), text.size(), "%Y%m%d-%H:%M:%S.", &parts);
    const auto milliseconds = std::to_string(1'000 + nanoseconds % second / 1'000'000);
    return std::string(text.data(), size) + milliseconds.substr(1);
}

}  // namespace venue::simulation
