// The two sides of a book, mirrored: a rank orders the prices of either side from the best to the worst, so that what
// follows needs no branch on the side. Every 64-bit price has a rank, and every rank a price.
#pragma once

#include <cstdint>

namespace venue::engine::book {

/// A price in ticks: any 64-bit integer, negative ones and both extremes included.
using Ticks = std::int64_t;
/// The smaller, the better for whoever trades against it.
using Rank = std::uint64_t;

/// Numbered as in FIX (54).
enum class Side : std::uint8_t { buy = 1, sell = 2 };

constexpr Side opposite(Side side) { return static_cast<Side>(3 - static_cast<int>(side)); }
/// 0 or 1, for what there are two of.
constexpr std::size_t index_of(Side side) { return static_cast<std::size_t>(side) - 1; }

/// All ones on the buying side, where the highest price is the best.
constexpr Rank mirror_of(Side side) { return Rank{index_of(side)} - 1; }

/// Flipping the sign bit puts the signed prices into unsigned order.
inline constexpr Rank sign_bit = Rank{1} << 63;
constexpr Rank rank_of(Side side, Ticks price) { return (static_cast<Rank>(price) ^ sign_bit) ^ mirror_of(side); }
constexpr Ticks price_of(Side side, Rank rank) { return static_cast<Ticks>((rank ^ mirror_of(side)) ^ sign_bit); }

}  // namespace venue::engine::book
