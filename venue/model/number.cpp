#include "venue/model/number.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace venue::model {
namespace {

constexpr int digits_max = 30;
constexpr int scale_max = 37;

constexpr auto powers_of_ten = [] {
    std::array<Int128, scale_max + 1> powers{1};
    for (std::size_t at = 1; at < powers.size(); ++at) powers[at] = powers[at - 1] * 10;
    return powers;
}();

constexpr Int128 power_of_ten(int exponent) { return powers_of_ten[static_cast<std::size_t>(exponent)]; }

Decimal normal(Decimal number) {
    while (number.scale > 0 && number.digits % 10 == 0) {
        number.digits /= 10;
        --number.scale;
    }
    return number;
}

constexpr Int128 magnitude(Int128 value) { return value < 0 ? -value : value; }

/// With its opposite: there are counts above zero for all those below.
constexpr bool fits_64_bits(Int128 value) {
    const auto low = static_cast<std::int64_t>(value);
    return low == value && low != std::numeric_limits<std::int64_t>::min();
}

/// digits × 10^exponent, empty when that needs more than 37 digits.
std::optional<Int128> scaled(Int128 digits, int exponent) {
    if (digits == 0 || exponent == 0) return digits;
    // What nearly every number is; the division below takes longer than all the rest.
    if (exponent <= 18 && fits_64_bits(digits)) return digits * power_of_ten(exponent);
    if (exponent > scale_max || magnitude(digits) > power_of_ten(scale_max) / power_of_ten(exponent)) return {};
    return digits * power_of_ten(exponent);
}

/// Of what nearly every number is: small, and written with no more digits behind the point than the step has. Empty for
/// any other.
std::optional<std::int64_t> small_units(const Decimal& number, const Decimal& step) {
    const int exponent = step.scale - number.scale;
    if (exponent < 0 || exponent > 18 || !fits_64_bits(number.digits)) return {};
    std::int64_t units = 0;
    const auto power = static_cast<std::int64_t>(power_of_ten(exponent));
    if (__builtin_mul_overflow(static_cast<std::int64_t>(number.digits), power, &units)) return {};
    return units;
}

/// Empty when there is a rest.
std::optional<std::int64_t> whole_steps(std::int64_t units, std::int64_t step) {
    if (step == 1) return units;
    return units % step == 0 ? std::optional(units / step) : std::nullopt;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    Decimal number;
    int digit_count = 0;
    bool behind_point = false;
    for (const char c : text) {
        if (c == '.' && !behind_point) {
            behind_point = true;
        } else if (c >= '0' && c <= '9' && ++digit_count <= digits_max) {
            number.digits = number.digits * 10 + (c - '0');
            number.scale += behind_point ? 1 : 0;
        } else {
            return {};
        }
    }
    if (digit_count == 0) return {};
    if (negative) number.digits = -number.digits;
    return normal(number);
}

std::optional<std::int64_t> steps_of(const Decimal& number, const Decimal& step) {
    if (step.digits <= 0) return {};
    const auto units = fits_64_bits(step.digits) ? small_units(number, step) : std::nullopt;
    if (units) return whole_steps(*units, static_cast<std::int64_t>(step.digits));
    const int scale = std::max(number.scale, step.scale);
    const auto whole = scaled(number.digits, scale - number.scale);
    const auto unit = scaled(step.digits, scale - step.scale);
    if (!whole || !unit) return {};
    const Int128 count = *whole / *unit;
    if (count * *unit != *whole || magnitude(count) > std::numeric_limits<std::int64_t>::max()) return {};
    return static_cast<std::int64_t>(count);
}

std::optional<Amount> amount_of(const Decimal& number, int digits) {
    if (number.scale > digits) return {};
    const auto units = scaled(number.digits, digits - number.scale);
    if (!units) return {};
    return Amount{*units};
}

std::string to_text(Int128 integer) {
    std::string text;
    for (Int128 rest = magnitude(integer); rest > 0 || text.empty(); rest /= 10) {
        text.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    }
    if (integer < 0) text.push_back('-');
    std::reverse(text.begin(), text.end());
    return text;
}

std::string to_text(const Decimal& number) {
    const Decimal shortest = normal(number);
    std::string text = to_text(magnitude(shortest.digits));
    const auto scale = static_cast<std::size_t>(std::max(shortest.scale, 0));
    if (scale > 0) {
        if (text.size() <= scale) text.insert(0, scale + 1 - text.size(), '0');
        text.insert(text.size() - scale, 1, '.');
    }
    if (shortest.digits < 0) text.insert(0, 1, '-');
    return text;
}

std::string to_text(Amount amount, int digits) { return to_text(Decimal{amount.units, digits}); }

Decimal times(const Decimal& step, std::int64_t count) { return normal({step.digits * count, step.scale}); }

}  // namespace venue::model
