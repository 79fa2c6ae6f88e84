// What an order may be at most, beyond what the venue can reckon with at all.
#pragma once

#include <optional>

#include "venue/model/number.hpp"

namespace venue::model {

/// Of one instrument, or of one participant in one instrument. Zero stands for no such limit.
struct Limits {
    Quantity quantity{};
    Amount notional{};               ///< Price times quantity, in quote ledger units.
    std::int32_t open_orders = 0;    ///< That one participant has in the instrument.
    std::int32_t fat_finger_bp = 0;  ///< How far beyond the last trade's price a limit order's may be.
    bool operator==(const Limits&) const = default;
};

/// As they are asked for. What isn't said stays as it is; zero takes a limit away.
struct AskedLimits {
    std::optional<Decimal> quantity{};
    std::optional<Decimal> notional{};
    std::optional<std::int32_t> open_orders{};
    std::optional<std::int32_t> fat_finger_bp{};
    bool operator==(const AskedLimits&) const = default;
};

/// How many requests may come within a time; cancels aren't counted. Zero stands for no such limit.
struct RateLimit {
    std::int32_t requests = 0;   ///< Those beyond it are refused;
    std::int32_t logout_at = 0;  ///< beyond this one the session is ended.
    std::int32_t window_ms = 0;  ///< Zero stands for a second.
    [[nodiscard]] std::int64_t window_ns() const {
        return std::int64_t{window_ms == 0 ? 1'000 : window_ms} * 1'000'000;
    }
    bool operator==(const RateLimit&) const = default;
};

/// What isn't said stays as it is.
struct AskedRate {
    std::optional<std::int32_t> requests{};
    std::optional<std::int32_t> logout_at{};
    std::optional<std::int32_t> window_ms{};
    bool operator==(const AskedRate&) const = default;
};

/// An order must keep to both.
Limits tighter(const Limits& one, const Limits& other);

}  // namespace venue::model
