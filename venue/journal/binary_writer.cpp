#include "venue/journal/binary_writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

namespace venue::journal {
namespace {

constexpr std::int16_t numeric_negative = 0x4000;
constexpr int numeric_base = 10'000;
static_assert(std::endian::native == std::endian::little);

/// A number's digits to the base 10,000, least significant first; 128 bits have at most ten.
struct NumericDigits {
    std::array<std::int16_t, 10> digits{};
    std::size_t count = 0;
    std::size_t trailing_zeros = 0;
};

template <class Integer>
NumericDigits digits_of(Integer value) {
    NumericDigits result;
    for (; value != 0; value /= numeric_base) {
        const auto digit = static_cast<std::int16_t>(value % numeric_base);
        result.digits[result.count++] = static_cast<std::int16_t>(digit < 0 ? -digit : digit);
    }
    while (result.trailing_zeros < result.count && result.digits[result.trailing_zeros] == 0) ++result.trailing_zeros;
    return result;
}

/// Most amounts fit into 64 bits, where a division costs a tenth.
NumericDigits numeric_digits(model::Int128 value) {
    const auto narrow = static_cast<std::int64_t>(value);
    return narrow == value ? digits_of(narrow) : digits_of(value);
}

template <class Integer>
std::array<char, sizeof(Integer)> in_network_order(Integer value) {
    std::array<char, sizeof(Integer)> bytes{};
    auto rest = static_cast<std::make_unsigned_t<Integer>>(value);
    if constexpr (sizeof(Integer) == 8) {
        rest = __builtin_bswap64(rest);
    } else if constexpr (sizeof(Integer) == 4) {
        rest = __builtin_bswap32(rest);
    } else if constexpr (sizeof(Integer) == 2) {
        rest = __builtin_bswap16(rest);
    }
    std::memcpy(bytes.data(), &rest, sizeof rest);
    return bytes;
}

}  // namespace

inline char* BinaryWriter::room_for(std::size_t count) {
    if (bytes_.size() - size_ < count) bytes_.resize(2 * (bytes_.size() + count));
    return bytes_.data() + std::exchange(size_, size_ + count);
}

void BinaryWriter::put(std::string_view bytes) { std::ranges::copy(bytes, room_for(bytes.size())); }

template <class Integer>
void BinaryWriter::big_endian(Integer value) {
    const auto bytes = in_network_order(value);
    std::memcpy(room_for(bytes.size()), bytes.data(), bytes.size());
}

/// A value of fixed width behind its length.
template <class Integer>
void BinaryWriter::fixed(Integer value) {
    big_endian(std::int32_t{sizeof(Integer)});
    big_endian(value);
}

void BinaryWriter::raw_int4(std::size_t value) { big_endian(static_cast<std::int32_t>(value)); }

void BinaryWriter::boolean(bool value) { fixed(static_cast<std::int8_t>(value ? 1 : 0)); }

void BinaryWriter::int2(std::int16_t value) { fixed(value); }

void BinaryWriter::int4(std::int32_t value) { fixed(value); }

void BinaryWriter::int8(std::int64_t value) { fixed(value); }

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
    put(value);
}

void BinaryWriter::jsonb(std::string_view value) {
    raw_int4(value.size() + 1);
    put("\1");  // The version of the format.
    put(value);
}

void BinaryWriter::null() { big_endian(std::int32_t{-1}); }

std::string BinaryWriter::take() {
    bytes_.resize(std::exchange(size_, 0));
    return std::exchange(bytes_, {});
}

std::size_t BinaryWriter::begin() {
    raw_int4(0);
    return size_;
}

void BinaryWriter::end(std::size_t mark) {
    const auto length = in_network_order(static_cast<std::int32_t>(size_ - mark));
    std::memcpy(bytes_.data() + mark - length.size(), length.data(), length.size());
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
