// Small rules of the naive venue, each as it is told to participants.
#pragma once

#include <algorithm>

#include "tests/property/naive_venue.hpp"

namespace venue::test {

using model::TimeInForce;

inline constexpr Units lot_units = 1'000'000;    // 0.01 BTC or ETH of 10^-8.
inline constexpr Units tick_lot_units = 10'000;  // 0.01 BTC at 1 USD, of 10^-6; 0.01 ETH at 0.01 BTC, of 10^-8.
inline constexpr std::int64_t day = 86'400 * second;

inline Units value(std::int64_t price, std::int64_t lots) { return tick_lot_units * price * lots; }

/// The next one of that second of a day.
inline std::int64_t next_at(std::int64_t second_of_day, std::int64_t now) {
    const std::int64_t today = now / day * day + second_of_day * second;
    return today > now ? today : today + day;
}

inline std::int64_t end_of_day(const NaiveInstrument& in, std::int64_t now) { return next_at(in.day_end, now); }

/// Zero for never.
inline std::int64_t next_change(const NaiveInstrument& in, std::int64_t now) {
    std::int64_t next = 0;
    for (const auto& change : in.schedule) {
        const std::int64_t at = next_at(change.second, now);
        if (next == 0 || at < next) next = at;
    }
    return next;
}

/// That of the change which is the latest by now.
inline model::Phase scheduled_phase(const NaiveInstrument& in, std::int64_t now) {
    model::Phase phase = model::Phase::continuous;
    std::int64_t latest = 0;
    for (const auto& change : in.schedule) {
        const std::int64_t at = next_at(change.second, now);
        if (at > latest) phase = change.phase;
        latest = std::max(at, latest);
    }
    return phase;
}

/// The smallest whole number that is not below exact / 10^7.
inline Units rounded_up(Units exact) {
    Units whole = exact / 10'000'000;
    while (whole * 10'000'000 < exact) ++whole;
    while ((whole - 1) * 10'000'000 >= exact) --whole;
    return whole;
}

inline Units fee(const NaiveOrder& order, std::int64_t rate, Units value) {
    Units exact = rate * value;
    for (const Units part : order.fee_parts) exact += part;
    return rounded_up(exact) - order.fee_charged;
}

inline std::string in_base(std::int64_t lots) { return to_text(model::Decimal{lots, 2}); }

inline std::string in_units(const std::string& asset, Units units) {
    return to_text(model::Amount{units}, ledger_digits(asset));
}

/// For one auction alone.
inline bool is_at_auction(TimeInForce time_in_force) {
    return time_in_force == TimeInForce::at_open || time_in_force == TimeInForce::at_close;
}

inline bool rests(const NaiveOrder& order) {
    const bool has_limit = order.type == model::OrderType::limit || order.type == model::OrderType::stop_limit ||
                           order.peg != model::Peg::none;
    return has_limit && order.time_in_force != TimeInForce::ioc && order.time_in_force != TimeInForce::fok;
}

inline bool is_reached(const NaiveOrder& order, std::int64_t last) {
    if (last == 0 || order.trigger == 0 || order.waits_for == model::WaitsFor::nothing) return false;
    return order.waits_for == model::WaitsFor::rise ? last >= order.trigger : last <= order.trigger;
}

inline void anchor_at(NaiveOrder& order, std::int64_t last) {
    order.anchor = last;
    order.trigger = 0;
    if (last == 0) return;
    const std::int64_t distance =
        order.trail_in_bp ? std::max<std::int64_t>(1, last * order.trail / 10'000) : order.trail;
    order.trigger = order.buys ? last + distance : std::max<std::int64_t>(1, last - distance);
}

/// By its own price alone.
inline bool wants(const NaiveOrder& incoming, std::int64_t price) {
    return incoming.market || (incoming.buys ? incoming.price >= price : incoming.price <= price);
}

inline bool is_beyond(const NaiveOrder& incoming, std::int64_t price, std::int64_t end) {
    return end != 0 && (incoming.buys ? price > end : price < end);
}

inline bool crosses(const NaiveOrder& incoming, std::int64_t price) {
    return wants(incoming, price) && !is_beyond(incoming, price, incoming.band_end) &&
           !is_beyond(incoming, price, incoming.protection_end);
}

}  // namespace venue::test
