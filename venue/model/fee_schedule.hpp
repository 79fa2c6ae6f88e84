// What participants pay by how much they traded, beside what an instrument says.
#pragma once

#include <cstdint>
#include <vector>

#include "venue/model/ids.hpp"
#include "venue/model/number.hpp"

namespace venue::model {

/// A fee rate in thousandths of a basis point (10^-7); negative is a rebate. Magnitude at most `fee_rate_max`.
using FeeRate = std::int32_t;
inline constexpr FeeRate fee_rate_max = 1'000'000;  // 10 %
inline constexpr std::int64_t fee_rate_scale = 10'000'000;

/// From that volume on no order of the participant's pays more; an instrument may ask for less.
struct FeeTier {
    Amount volume{};
    FeeRate maker_rate{};
    FeeRate taker_rate{};
    bool operator==(const FeeTier&) const = default;
};
inline constexpr std::size_t fee_tiers_max = 32;
/// So many days count, the present one not among them.
inline constexpr std::size_t fee_days = 30;

struct FeeSchedule {
    AssetId currency{};            ///< Of the volumes; none where there is no schedule.
    std::vector<FeeTier> tiers{};  ///< Their volumes rise.
    /// By whose last trade another quote asset is worth so much of the currency.
    std::vector<InstrumentId> priced_by{};
    bool operator==(const FeeSchedule&) const = default;
};

/// As it is asked for, in the currency's own decimals.
struct AskedFeeTier {
    Decimal volume;
    FeeRate maker_rate{};
    FeeRate taker_rate{};
    bool operator==(const AskedFeeTier&) const = default;
};

/// Whom a day's end, or another schedule, put into another tier.
struct TierChange {
    ParticipantId participant;
    std::int32_t tier = 0;  ///< Counted from 1; zero for none.
    bool operator==(const TierChange&) const = default;
};

}  // namespace venue::model
