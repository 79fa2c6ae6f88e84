// One instrument's orders that wait for a price, and the price they wait on: that of its last trade.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "venue/model/order.hpp"

namespace venue::engine {

/// Trailing stops that an instrument may have: each trade may move them all.
inline constexpr std::size_t trailing_stops_max = 1'000;
/// And one participant in it, so that nobody takes all the places.
inline constexpr std::size_t own_trailing_stops_max = 250;

class Triggers {
  public:
    /// Zero while nothing was traded.
    [[nodiscard]] model::Price last() const { return last_; }
    /// What the dynamic band is around: the last trade's price, or zero where nothing was traded since a volatility
    /// auction began.
    [[nodiscard]] model::Price band_center() const { return band_center_; }
    void set_last(model::Price price) { last_ = band_center_ = price; }
    void set_band_center(model::Price price) { band_center_ = price; }

    void add(const model::Order& waiting);
    void remove(const model::Order& waiting);

    [[nodiscard]] std::size_t trailing_count() const { return trailing_up_.size() + trailing_down_.size(); }
    [[nodiscard]] std::size_t trailing_count_of(model::ParticipantId participant) const;
    /// Of one that was accepted when there was, and comes alive later.
    [[nodiscard]] bool has_no_room_for(model::ParticipantId participant) const {
        return trailing_count() >= trailing_stops_max || trailing_count_of(participant) >= own_trailing_stops_max;
    }

    /// The next trailing stop that is to follow the last trade's price; zero for none. Those that sell come first, the
    /// lowest anchor before the others, then those that buy, the highest before the others and none before any; of one
    /// anchor in the order of their ids.
    [[nodiscard]] model::OrderId behind() const;

    /// The next order whose trigger price the last trade has reached; zero for none. Those that wait for a rise come
    /// first, the lowest trigger price before the others, then those that wait for a fall, the highest before the
    /// others; of one price in the order of their ids.
    [[nodiscard]] model::OrderId due() const;

    /// In the order in which they come to be due; a trailing stop stands there twice once it has a trigger price.
    template <class Each>
    void each(Each each) const {
        for (const auto& [key, id] : rising_) each(id);
        for (const auto& [key, id] : falling_) each(id);
        for (const auto& [key, id] : trailing_up_) each(id);
        for (const auto& [key, id] : trailing_down_) each(id);
    }
    /// Each order once, in that order, until `goes_on` says no.
    template <class GoesOn>
    void each_once_while(GoesOn goes_on) const {
        for (const Waiting* const waiting : {&rising_, &falling_}) {
            for (const auto& [key, id] : *waiting) {
                if (!goes_on(id)) return;
            }
        }
        // Those that have no anchor have no trigger price either. They stand at the front.
        for (const Waiting* const trailing : {&trailing_up_, &trailing_down_}) {
            for (const auto& [key, id] : *trailing) {
                if ((key != 0 && key != no_anchor) || !goes_on(id)) break;
            }
        }
    }

  private:
    /// The price that is reached first has the smallest key.
    using Waiting = std::set<std::pair<std::int64_t, model::OrderId>>;

    /// Of one that buys, so that it comes before all others.
    static constexpr std::int64_t no_anchor = std::numeric_limits<std::int64_t>::min();

    static std::pair<std::int64_t, model::OrderId> key_of(const model::Order& waiting);
    Waiting& side_of(const model::Order& waiting) {
        return waiting.special->waits_for == model::WaitsFor::rise ? rising_ : falling_;
    }

    static std::pair<std::int64_t, model::OrderId> anchor_key_of(const model::Order& waiting);
    Waiting& trail_of(const model::Order& waiting) {
        return waiting.special->waits_for == model::WaitsFor::rise ? trailing_down_ : trailing_up_;
    }

    model::Price last_;
    model::Price band_center_;
    Waiting rising_;
    Waiting falling_;
    Waiting trailing_up_;    ///< They sell: the anchor only rises.
    Waiting trailing_down_;  ///< They buy: the anchor only falls.
    std::map<model::ParticipantId, std::size_t> trailing_counts_;
};

bool trails(const model::SpecialTerms& terms);
/// The trigger price that lies behind that anchor.
model::Price trigger_behind(const model::SpecialTerms& terms, model::Price anchor);

/// Whether a trade at that price triggers the order.
bool is_reached(const model::SpecialTerms& terms, model::Price last);

}  // namespace venue::engine
