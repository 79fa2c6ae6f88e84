// What the naive venue knows of one instrument, but for its orders.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/property/random_action.hpp"

namespace venue::test {

/// What the operator says of an instrument; the tiers are the venue's.
struct NaiveFees {
    std::int64_t maker = 0;
    std::int64_t taker = 0;
    bool in_quote = false;
    std::int64_t display_min_bp = 0;
    std::optional<std::int64_t> auction{};
    std::int64_t static_band_bp = 0;
    std::int64_t reference = 0;  ///< Price that the instrument is listed with.
    std::int64_t dynamic_band_bp = 0;
    std::int64_t volatility_seconds = 0;
    std::int64_t protection_bp = 0;
    std::vector<std::array<std::int64_t, 3>> tiers{};  ///< USD, maker and taker.
    bool operator==(const NaiveFees&) const = default;
};

/// A lot is a hundredth of the base, and what it costs at a tick is ten thousand units of the quote.
struct NaiveInstrument {
    explicit NaiveInstrument(const std::string& listed, NaiveFees listed_fees)
        : symbol(listed),
          base(listed.substr(0, listed.find('-'))),
          quote(listed.substr(listed.find('-') + 1)),
          listed_with(std::move(listed_fees)),
          fees(listed_with),
          reference(fees.reference) {}

    std::string symbol;
    std::string base;
    std::string quote;
    NaiveFees listed_with;
    NaiveFees fees;  ///< As they are by now.
    bool delisted = false;
    std::vector<model::ScheduledPhase> schedule{};
    std::int64_t day_end = 0;                     ///< Its second.
    std::map<std::string, NaiveLimits> limits{};  ///< By participant; the instrument's have no name.
    std::int64_t last = 0;                        ///< Price of the last trade; zero for none.
    std::int64_t band_center = 0;                 ///< Likewise, since the last volatility auction began.
    std::int64_t reference = 0;                   ///< Price of the last uncross, or as listed; zero for none.
    model::Phase phase{};
    std::int64_t phase_until = 0;
    std::int64_t told_at = -1;         ///< Of the last indication; below zero for none.
    std::int64_t indication_due = -1;  ///< Likewise.
    std::int64_t pegged_by_bid = 0;
    std::int64_t pegged_by_offer = 0;
    std::size_t pegged_next = 0;   ///< Among the orders; zero when all were looked at.
    std::int64_t followed_at = 0;  ///< Zero for never.

    [[nodiscard]] std::string price(std::int64_t ticks) const {
        return to_text(model::Decimal{ticks, price_digits(quote)});
    }
};

}  // namespace venue::test
