#include "venue/fix/message_writer.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <limits>
#include <numeric>

#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

__extension__ using UInt128 = unsigned __int128;

constexpr char separator = '\x01';

/// A field under construction on the stack, so that the message grows once per field. It has room for a tag, a sign,
/// the 39 digits of a 128-bit integer or 38 zeros before them, and a point.
class ShortText {
  public:
    void put(char c) { bytes_[size_++] = c; }
    void integer(std::int64_t value) {
        const auto end = std::to_chars(bytes_.data() + size_, bytes_.data() + bytes_.size(), value);
        size_ = static_cast<std::size_t>(end.ptr - bytes_.data());
    }
    /// Exactly `width` digits.
    void padded(std::int64_t value, std::size_t width) {
        for (std::size_t place = width; place-- > 0; value /= 10) bytes_[size_ + place] = digit(value);
        size_ += width;
    }
    void decimal(model::Int128 digits, int scale);
    void time(model::Timestamp value);
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

  private:
    template <class Integer>
    static char digit(Integer value) {
        return static_cast<char>('0' + static_cast<int>(value % 10));
    }
    template <class Unsigned>
    void magnitude(Unsigned digits, int scale);

    std::array<char, 96> bytes_;
    std::size_t size_ = 0;
};

template <class Unsigned>
void ShortText::magnitude(Unsigned digits, int scale) {
    for (; scale > 0 && digits % 10 == 0; --scale) digits /= 10;
    std::array<char, 40> backwards;
    std::size_t count = 0;
    for (; digits > 0 || count <= static_cast<std::size_t>(scale); digits /= 10) backwards[count++] = digit(digits);
    while (count-- > 0) {
        put(backwards[count]);
        if (count > 0 && count == static_cast<std::size_t>(scale)) put('.');
    }
}

void ShortText::decimal(model::Int128 digits, int scale) {
    if (digits < 0) put('-');
    const auto size = static_cast<UInt128>(digits < 0 ? -digits : digits);
    // Dividing 128 bits costs ten times as much as dividing 64, and almost every number fits into 64.
    if (size <= std::numeric_limits<std::uint64_t>::max()) {
        magnitude(static_cast<std::uint64_t>(size), scale);
    } else {
        magnitude(size, scale);
    }
}

void ShortText::time(model::Timestamp value) {
    using namespace std::chrono;
    const sys_time<milliseconds> moment{floor<milliseconds>(nanoseconds{value.nanoseconds})};
    const auto midnight = floor<days>(moment);
    const year_month_day date{midnight};
    const hh_mm_ss<milliseconds> clock{moment - midnight};
    padded(static_cast<int>(date.year()), 4);
    padded(static_cast<unsigned>(date.month()), 2);
    padded(static_cast<unsigned>(date.day()), 2);
    put('-');
    padded(clock.hours().count(), 2);
    put(':');
    padded(clock.minutes().count(), 2);
    put(':');
    padded(clock.seconds().count(), 2);
    put('.');
    padded(clock.subseconds().count(), 3);
}

ShortText field(int tag) {
    ShortText text;
    text.integer(tag);
    text.put('=');
    return text;
}

void append(std::string& out, ShortText& text) {
    text.put(separator);
    out.append(text.view());
}

}  // namespace

std::string fix_time(model::Timestamp time) {
    ShortText text;
    text.time(time);
    return std::string(text.view());
}

MessageWriter::MessageWriter(std::string& out, std::string_view type, const Header& header)
    : out_(out), dialect_(*header.dialect), left_out_(dialect_.left_out_of(type)), begin_(out.size()) {
    text(tag::begin_string, dialect_.begin_string);
    body_ = out_.size();
    text(tag::msg_type, type).text(tag::sender_comp_id, header.sender).text(tag::target_comp_id, header.target);
    integer(tag::msg_seq_num, header.number).time(tag::sending_time, header.sending_time);
    if (header.poss_dup) letter(tag::poss_dup_flag, 'Y').time(tag::orig_sending_time, header.orig_sending_time);
    if (header.poss_resend) letter(tag::poss_resend, 'Y');
}

MessageWriter& MessageWriter::text(int tag, std::string_view value) {
    if (is_left_out(tag)) return *this;
    out_.append(field(tag).view()).append(value).push_back(separator);
    return *this;
}

MessageWriter& MessageWriter::text(int tag, std::initializer_list<std::string_view> parts) {
    if (is_left_out(tag)) return *this;
    out_.append(field(tag).view());
    for (const auto part : parts) out_.append(part);
    out_.push_back(separator);
    return *this;
}

MessageWriter& MessageWriter::text_if(int tag, std::string_view value) {
    return value.empty() ? *this : text(tag, value);
}

MessageWriter& MessageWriter::letter(int tag, char value) {
    const auto told = dialect_.told(tag, value);
    if (!told || is_left_out(tag)) return *this;
    auto text = field(tag);
    text.put(static_cast<char>(*told));
    append(out_, text);
    return *this;
}

MessageWriter& MessageWriter::letters(int tag, std::string_view values) {
    std::string told;
    for (const char value : values) {
        const auto one = dialect_.told(tag, value);
        if (!one) continue;
        if (!told.empty()) told.push_back(' ');
        told.push_back(static_cast<char>(*one));
    }
    return text_if(tag, told);
}

MessageWriter& MessageWriter::integer(int tag, std::int64_t value) {
    const auto told = dialect_.told(tag, value);
    if (!told || is_left_out(tag)) return *this;
    auto text = field(tag);
    text.integer(*told);
    append(out_, text);
    return *this;
}

MessageWriter& MessageWriter::decimal(int tag, model::Int128 digits, int scale) {
    if (is_left_out(tag)) return *this;
    auto text = field(tag);
    text.decimal(digits, scale);
    append(out_, text);
    return *this;
}

MessageWriter& MessageWriter::time(int tag, model::Timestamp value) {
    if (is_left_out(tag)) return *this;
    auto text = field(tag);
    text.time(value);
    append(out_, text);
    return *this;
}

void MessageWriter::finish() {
    auto length = field(tag::body_length);
    length.integer(static_cast<std::int64_t>(out_.size() - body_));
    length.put(separator);
    out_.insert(body_, length.view());
    const auto sum = std::accumulate(out_.begin() + static_cast<std::ptrdiff_t>(begin_), out_.end(), 0U,
                                     [](unsigned so_far, char c) { return so_far + static_cast<unsigned char>(c); });
    auto checksum = field(tag::check_sum);
    checksum.padded(sum % 256, 3);
    append(out_, checksum);
}

}  // namespace venue::fix
