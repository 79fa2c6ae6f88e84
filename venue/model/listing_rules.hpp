// What reference data may hold, as far as it can be told from the thing itself and the assets it names. The engine
// judges commands by it, and so does whoever reads a file and wants to say where in it a fault stands.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "venue/model/number.hpp"
#include "venue/model/reference.hpp"

namespace venue::model {

inline constexpr std::size_t asset_code_size_max = 12;
inline constexpr std::size_t name_size_max = 64;
inline constexpr std::int32_t ledger_digits_max = 18;
/// A tick or lot without its point. It bounds what is reckoned with steps, so that prices, averages and the product of
/// tick and lot stay far below 128 bits.
inline constexpr Int128 step_digits_max = 1'000'000;
inline constexpr std::int32_t step_scale_max = 18;
inline constexpr std::int32_t basis_points = 10'000;
inline constexpr std::int32_t volatility_seconds_max = 86'400;
/// A day: how long a disconnected session's orders wait for it at most.
inline constexpr std::int32_t grace_ms_max = 86'400'000;
/// What the engine can keep of one participant, and a year.
inline constexpr std::int32_t remembered_orders_max = 10'000'000;
inline constexpr std::int32_t remembered_seconds_max = 31'536'000;
/// An hour is the longest window in which requests are counted.
inline constexpr std::int32_t rate_requests_max = 1'000'000'000;
inline constexpr std::int32_t rate_window_ms_max = 3'600'000;

/// Printable, without spaces.
inline bool is_name(std::string_view text, std::size_t size_max = name_size_max) {
    const auto printable = [](char c) { return c > ' ' && c < '\x7f'; };
    return !text.empty() && text.size() <= size_max && std::ranges::all_of(text, printable);
}

/// Empty when one lot is no whole number of the base asset's ledger units.
inline std::optional<Amount> base_per_lot(const Asset& base, const Decimal& lot) {
    return amount_of(lot, base.ledger_digits);
}

/// Empty when one lot at a price of one tick is no whole number of the quote asset's ledger units. Tick and lot are
/// within the limits above.
inline std::optional<Amount> quote_per_tick_lot(const Asset& quote, const Decimal& tick, const Decimal& lot) {
    const Decimal product{tick.digits * lot.digits, tick.scale + lot.scale};
    return amount_of(times(product, 1), quote.ledger_digits);  // Times one drops the zeros behind the point.
}

}  // namespace venue::model
