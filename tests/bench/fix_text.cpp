#include "tests/bench/fix_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <numeric>

namespace bench {
namespace {

constexpr char separator = '\x01';
constexpr std::string_view frame_start =
    "8=FIX.4.4\x01"
    "9=";
constexpr std::size_t trailer_length = 7;  // 10=nnn and its separator
constexpr std::size_t body_length_max = 1 << 20;

unsigned checksum(std::string_view bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), 0U,
                           [](unsigned sum, char byte) { return sum + static_cast<unsigned char>(byte); }) &
           0xFFU;
}

std::uint64_t number_in(std::string_view digits) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
    if (error != std::errc{} || end != digits.end()) throw LoadFailure("not a number: " + readable(digits));
    return number;
}

void append_number(std::string& output, std::uint64_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    output.append(digits, end);
}

void append_trailer(std::string& output, unsigned sum) {
    output += "10=";
    for (const unsigned place : {100U, 10U, 1U}) output += static_cast<char>('0' + sum / place % 10);
    output += separator;
}

void ensure_whole(std::string_view message) {
    std::string expected;
    append_trailer(expected, checksum(message.substr(0, message.size() - trailer_length)));
    if (!message.ends_with(expected)) throw LoadFailure("wrong length or checksum: " + readable(message));
}

void keep_field(ReceivedMessage& message, std::string_view tag, std::string_view value) {
    if (tag == "35")
        message.type = value;
    else if (tag == "34")
        message.seq_num = number_in(value);
    else if (tag == "11")
        message.cl_ord_id = value;
    else if (tag == "150")
        message.exec_type = value;
    else if (tag == "36")
        message.new_seq_num = number_in(value);
    else if (tag == "97")
        message.poss_resend = value == "Y";
    else if (tag == "112")
        message.test_req_id = value;
}

}  // namespace

std::string readable(std::string_view message) {
    std::string text(message);
    std::replace(text.begin(), text.end(), separator, '|');
    const std::size_t password = text.find("|554=");
    if (password == std::string::npos) return text;
    const std::size_t end = std::min(text.find('|', password + 1), text.size());
    return text.replace(password, end - password, "|554=(hidden)");
}

std::string_view utc_text() {
    using namespace std::chrono;
    static std::int64_t shown_ms = -1;
    static char text[32];
    const std::int64_t now_ms = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    if (now_ms != shown_ms) {
        const std::time_t seconds = now_ms / 1000;
        std::tm utc{};
        gmtime_r(&seconds, &utc);
        const std::size_t length = std::strftime(text, sizeof text, "%Y%m%d-%H:%M:%S", &utc);
        std::snprintf(text + length, sizeof text - length, ".%03d", static_cast<int>(now_ms % 1000));
        shown_ms = now_ms;
    }
    return text;
}

std::size_t whole_message_length(std::string_view bytes) {
    const std::size_t start_length = std::min(bytes.size(), frame_start.size());
    if (bytes.substr(0, start_length) != frame_start.substr(0, start_length))
        throw LoadFailure("not the start of a FIX 4.4 message: " + readable(bytes.substr(0, 80)));
    const std::size_t length_end = bytes.find(separator, frame_start.size());
    if (start_length < frame_start.size() || length_end == std::string_view::npos) return 0;
    const std::uint64_t body_length = number_in(bytes.substr(frame_start.size(), length_end - frame_start.size()));
    if (body_length > body_length_max) throw LoadFailure("absurd BodyLength " + std::to_string(body_length));
    const std::size_t length = length_end + 1 + body_length + trailer_length;
    if (length > bytes.size()) return 0;
    ensure_whole(bytes.substr(0, length));
    return length;
}

ReceivedMessage read_message(std::string_view text) {
    ReceivedMessage message;
    message.text = text;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t equals = text.find('=', start);
        const std::size_t end = text.find(separator, start);
        if (end == std::string_view::npos || equals > end) throw LoadFailure("not a field in " + readable(text));
        keep_field(message, text.substr(start, equals - start), text.substr(equals + 1, end - equals - 1));
        start = end + 1;
    }
    return message;
}

MessageWriter::MessageWriter(std::string_view sender, std::string_view target) {
    comp_ids_.append("49=").append(sender).append(1, separator);
    comp_ids_.append("56=").append(target).append(1, separator);
}

void MessageWriter::begin(std::string_view type, std::uint64_t seq_num) {
    body_.clear();
    add("35=", type);
    body_ += comp_ids_;
    add("34=", seq_num);
    add("52=", utc_text());
}

void MessageWriter::add(std::string_view tag, std::string_view value) {
    body_.append(tag).append(value).append(1, separator);
}

void MessageWriter::add(std::string_view tag, std::uint64_t value) {
    body_ += tag;
    append_number(body_, value);
    body_ += separator;
}

void MessageWriter::finish(std::string& output) {
    const std::size_t start = output.size();
    output += frame_start;
    append_number(output, body_.size());
    output += separator;
    output += body_;
    append_trailer(output, checksum(std::string_view(output).substr(start)));
}

}  // namespace bench
