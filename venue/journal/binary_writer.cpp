#include "venue/journal/binary_writer.hpp"

#include <array>
#include <type_traits>

namespace venue::journal {
namespace {

constexpr std::int16_t numeric_negative = 0x4000;
constexpr int numeric_base = 10'000;

/// A number's digits to the base 10,000, least significant first; 128 bits have at most ten.
struct NumericDigits {
    std::array<std::int16_t, 10> digits{};
    std::size_t count = 0;
    std::size_t trailing_zeros = 0;
};

NumericDigits numeric_digits(model::Int128 value) {
    NumericDigits result;
    for (; value != 0; value /= numeric_base) {
        const auto digit = static_cast<std::int16_t>(value % numeric_base);
        result.digits[result.count++] = static_cast<std::int16_t>(digit < 0 ? -digit : digit);
    }
    while (result.trailing_zeros < result.count && result.digits[result.trailing_zeros] == 0) ++result.trailing_zeros;
    return result;
}

}  // namespace

template <class Integer>
void BinaryWriter::big_endian(Integer value) {
    auto rest = static_cast<std::make_unsigned_t<Integer>>(value);
    std::array<char, sizeof(Integer)> buffer{};
    for (auto at = buffer.rbegin(); at != buffer.rend(); ++at) {
        *at = static_cast<char>(rest & 0xff);
        rest = static_cast<std::make_unsigned_t<Integer>>(rest >> 8);
    }
    bytes_.append(buffer.data(), buffer.size());
}

void BinaryWriter::raw_int4(std::size_t value) { big_endian(static_cast<std::int32_t>(value)); }

void BinaryWriter::boolean(bool value) {
    raw_int4(1);
    bytes_.push_back(value ? '\1' : '\0');
}

void BinaryWriter::int2(std::int16_t value) {
    raw_int4(sizeof value);
    big_endian(value);
}

void BinaryWriter::int4(std::int32_t value) {
    raw_int4(sizeof value);
    big_endian(value);
}

void BinaryWriter::int8(std::int64_t value) {
    raw_int4(sizeof value);
    big_endian(value);
}

void BinaryWriter::numeric(model::Int128 value) {
    const auto [digits, count, trailing_zeros] = numeric_digits(value);
    const auto written = count - trailing_zeros;
    raw_int4(4 * sizeof(std::int16_t) + written * sizeof(std::int16_t));
    big_endian(static_cast<std::int16_t>(written));
    big_endian(static_cast<std::int16_t>(count == 0 ? 0 : count - 1));  // The weight of the first digit.
    big_endian(value < 0 ? numeric_negative : std::int16_t{0});
    big_endian(std::int16_t{0});  // No digits behind the point.
    for (auto at = count; at > trailing_zeros; --at) big_endian(digits[at - 1]);
}

void BinaryWriter::text(std::string_view value) {
    raw_int4(value.size());
    bytes_.append(value);
}

void BinaryWriter::jsonb(std::string_view value) {
    raw_int4(value.size() + 1);
    bytes_.push_back('\1');  // The version of the format.
    bytes_.append(value);
}

void BinaryWriter::null() { big_endian(std::int32_t{-1}); }

std::size_t BinaryWriter::begin() {
    raw_int4(0);
    return bytes_.size();
}

void BinaryWriter::end(std::size_t mark) {
    auto length = static_cast<std::uint32_t>(bytes_.size() - mark);
    for (std::size_t at = 1; at <= sizeof length; ++at, length >>= 8) bytes_[mark - at] = static_cast<char>(length);
}

void BinaryWriter::row_header(std::size_t column_count) { raw_int4(column_count); }

void BinaryWriter::column_type(PgType type) { raw_int4(static_cast<std::size_t>(type)); }

void BinaryWriter::array_header(std::uint32_t element_type, std::size_t size) {
    raw_int4(size == 0 ? 0 : 1);  // Dimensions.
    raw_int4(0);                  // No element is null.
    raw_int4(element_type);
    if (size == 0) return;
    raw_int4(size);
    raw_int4(1);  // The first element's index.
}

}  // namespace venue::journal
