// Prices, quantities and amounts: integers with a unit, and exact decimal text. Nothing here rounds.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace venue::model {

__extension__ using Int128 = __int128;

/// A price in ticks of its instrument. 0 stands for "no price" (a market order).
struct Price {
    std::int64_t ticks = 0;
    constexpr auto operator<=>(const Price&) const = default;
};

/// A quantity in lots of its instrument.
struct Quantity {
    std::int64_t lots = 0;
    constexpr auto operator<=>(const Quantity&) const = default;
    constexpr Quantity operator+(Quantity other) const { return {lots + other.lots}; }
    constexpr Quantity operator-(Quantity other) const { return {lots - other.lots}; }
    constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
    constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }
};

/// Value of one asset in its ledger unit (10^-n of the asset, n per asset).
struct Amount {
    Int128 units = 0;
    constexpr auto operator<=>(const Amount&) const = default;
    constexpr Amount operator+(Amount other) const { return {units + other.units}; }
    constexpr Amount operator-(Amount other) const { return {units - other.units}; }
    constexpr Amount operator-() const { return {-units}; }
    constexpr Amount& operator+=(Amount other) { return *this = *this + other; }
    constexpr Amount& operator-=(Amount other) { return *this = *this - other; }
};

/// The largest price and quantity that an order may carry: their product stays far below 2^127.
inline constexpr std::int64_t price_ticks_max = 100'000'000'000'000;   // 10^14
inline constexpr std::int64_t quantity_lots_max = 10'000'000'000'000;  // 10^13
/// No order's value, and no asset's supply, exceeds this many ledger units (10^30: a trillion of an asset with 18
/// digits). A value times the highest fee rate (10^6) stays below 2^127.
inline constexpr Amount value_max{Int128{1'000'000'000'000'000} * 1'000'000'000'000'000};

/// Value of `count` things worth `each`; the caller keeps the product below 2^127.
constexpr Amount times(Amount each, std::int64_t count) { return {each.units * count}; }

/// A decimal number as somebody wrote it: digits × 10^-scale. Trailing zeros behind the point are dropped, so equal
/// numbers compare equal.
struct Decimal {
    Int128 digits = 0;
    std::int32_t scale = 0;
    constexpr bool operator==(const Decimal&) const = default;
};

/// Reads `[-]digits[.digits]` with at most 30 digits in all. Empty when the text is no such number: no exponent, no
/// plus sign, no spaces, at least one digit before the point's end ("5." and ".5" are FIX floats and are read).
std::optional<Decimal> parse_decimal(std::string_view text);

/// How many times `step` fits exactly into `number`; empty when it doesn't, when the count exceeds 63 bits, or when
/// `step` isn't positive.
std::optional<std::int64_t> steps_of(const Decimal& number, const Decimal& step);

/// `number` in units of 10^-digits; empty when it isn't a whole number of them or exceeds 10^37.
std::optional<Amount> amount_of(const Decimal& number, int digits);

/// Shortest exact text: "20000", "0.5", "-1.25".
std::string to_text(const Decimal& number);
std::string to_text(Amount amount, int digits);
/// The integer itself, without a point.
std::string to_text(Int128 integer);

/// Price × tick and quantity × lot as decimals.
Decimal times(const Decimal& step, std::int64_t count);

}  // namespace venue::model
