#include "venue/fix/framer.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace venue::fix {
namespace {

constexpr char separator = '\x01';
constexpr std::string_view message_start = "8=FIX";
/// "10=ddd" and its separator.
constexpr std::size_t trailer_size = 7;
constexpr std::string_view trailer_start = "\00110=";
/// BeginString is at most "8=FIXT.1.1".
constexpr std::size_t begin_string_max = 16;
/// Zero padding of BodyLength is legal, an endless one is not.
constexpr std::size_t length_digits_max = 16;
constexpr std::size_t space_min = 4'096;
constexpr std::size_t buffer_grown_max = 65'536;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_trailer(std::string_view message) {
    const auto trailer = message.substr(message.size() - trailer_size);
    return message[message.size() - trailer_size - 1] == separator && trailer.starts_with("10=") &&
           is_digit(trailer[3]) && is_digit(trailer[4]) && is_digit(trailer[5]) && trailer[6] == separator;
}

bool has_checksum(std::string_view message) {
    std::uint8_t sum = 0;
    for (const char c : message.substr(0, message.size() - trailer_size)) sum = std::uint8_t(sum + std::uint8_t(c));
    const auto* digits = message.data() + message.size() - trailer_size + 3;
    return sum == (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
}

/// Where the next message may begin, from `from` on. A digit before it would make it a field such as 58=FIX.
std::size_t find_start(std::string_view bytes, std::size_t from) {
    for (auto at = bytes.find(message_start, from); at != std::string_view::npos;
         at = bytes.find(message_start, at + 1)) {
        if (at == 0 || !is_digit(bytes[at - 1])) return at;
    }
    return std::string_view::npos;
}

}  // namespace

std::span<char> Framer::space() {
    if (begin_ == end_) begin_ = end_ = 0;
    if (buffer_.size() - end_ < space_min && begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (buffer_.size() - end_ < space_min) buffer_.resize(std::max(buffer_.size() * 2, end_ + space_min));
    return std::span(buffer_).subspan(end_);
}

void Framer::commit(std::size_t count) {
    end_ += count;
    // A connection that fills its buffer at once has more to say: fewer, larger reads from now on.
    if (end_ == buffer_.size() && buffer_.size() < buffer_grown_max) buffer_.resize(buffer_.size() * 2);
}

std::optional<std::string_view> Framer::next() {
    while (!too_large_ && begin_ < end_) {
        const auto [shape, size] = frame(unread(), message_max_);
        if (shape == Shape::partial) return std::nullopt;
        if (shape == Shape::whole) {
            const auto message = unread().substr(0, size);
            begin_ += size;
            skipping_ = false;
            return message;
        }
        if (shape == Shape::too_large) {
            too_large_ = true;
        } else {
            skip_garbled(size);
        }
    }
    return std::nullopt;
}

void Framer::skip_garbled(std::size_t size) {
    if (!skipping_) ++garbled_count_;
    if (size > 0) {
        begin_ += size;
        skipping_ = false;
        return;
    }
    const auto bytes = unread();
    const auto start = find_start(bytes, 1);
    skipping_ = start == std::string_view::npos;
    if (!skipping_) {
        begin_ += start;
        return;
    }
    // The last bytes may be the beginning of a message whose rest is on its way.
    begin_ = end_ - std::min(message_start.size() - 1, bytes.size() - 1);
}

Framer::Frame Framer::frame(std::string_view bytes, std::size_t message_max) {
    const auto known = std::min(bytes.size(), message_start.size());
    if (bytes.substr(0, known) != message_start.substr(0, known)) return {Shape::garbled};
    const auto head = bytes.substr(0, begin_string_max);
    const auto separator_at = head.find(separator);
    if (separator_at == std::string_view::npos) {
        return {head.size() == begin_string_max ? Shape::garbled : Shape::partial};
    }
    const auto length_at = separator_at + 1;
    constexpr std::string_view length_start = "9=";
    const auto length_field = bytes.substr(length_at, length_start.size());
    if (length_field != length_start.substr(0, length_field.size())) return {Shape::garbled};
    if (length_field.size() < length_start.size()) return {Shape::partial};
    return frame_body(bytes, length_at + length_start.size(), message_max);
}

Framer::Frame Framer::frame_body(std::string_view bytes, std::size_t length_at, std::size_t message_max) {
    std::size_t at = length_at;
    std::size_t length = 0;
    for (; at < bytes.size() && is_digit(bytes[at]); ++at) {
        if (at - length_at >= length_digits_max) return {Shape::garbled};
        length = length * 10 + static_cast<std::size_t>(bytes[at] - '0');
    }
    if (at == bytes.size()) return {Shape::partial};
    if (bytes[at] != separator || at == length_at || length == 0) return {Shape::garbled};
    if (length > message_max || at + 1 + length + trailer_size > message_max) return {Shape::too_large};
    return frame_trailer(bytes, at + 1 + length, message_max);
}

/// Where the length is wrong the message ends with the next trailer, as it does for QuickFIX: one that is too long
/// takes what follows with it, and both are asked for again.
Framer::Frame Framer::frame_trailer(std::string_view bytes, std::size_t body_end, std::size_t message_max) {
    const auto trailer = bytes.find(trailer_start, body_end - 1);
    const auto end = trailer == std::string_view::npos ? trailer : bytes.find(separator, trailer + 1);
    if (end == std::string_view::npos) return {bytes.size() < message_max ? Shape::partial : Shape::too_large};
    const auto message = bytes.substr(0, end + 1);
    const bool is_whole = trailer + 1 == body_end && end + 1 == body_end + trailer_size;
    return {is_whole && has_trailer(message) && has_checksum(message) ? Shape::whole : Shape::garbled, end + 1};
}

}  // namespace venue::fix
