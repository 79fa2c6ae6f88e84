// Which fields a snapshot keeps of each thing, in their order: one list for writing and reading. A stream is a
// SnapshotWriter or a SnapshotReader. A new field goes to the end of its list behind a newer `format`.
#pragma once

#include <algorithm>

#include "venue/engine/state.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::engine {

/// What the bytes begin with.
inline constexpr std::string_view snapshot_magic = "VENUESNP";

/// Each part begins with its letter: a reader that lost its way is found out at the next one.
enum class SnapshotPart : char {
    assets = 'A',
    instruments = 'I',
    participants = 'P',
    accounts = 'C',
    sessions = 'S',
    balances = 'B',
    transfers = 'T',
    names = 'N',
    resting_orders = 'R',
    closed_orders = 'O',
    other_orders = 'X',
    last_prices = 'L',
    mass_cancelling = 'M',
    killed = 'K',
    auctions = 'U',
    pegs = 'G',
    revised_trades = 'V',
    owing = 'D',
    fees = 'F',
    volumes = 'W',
    end = 'E',
};

/// A yes or no, and behind a yes the value.
template <class Stream, class Optional>
void pass_optional(Stream& stream, Optional& value) {
    bool is_there = value.has_value();
    stream(is_there);
    if (!is_there) return;
    if constexpr (!std::is_const_v<Optional>) value.emplace();
    stream(*value);
}

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::Asset>
void pass(Stream& stream, Thing& a) { stream(a.id, a.code, a.ledger_digits, a.chain_digits); }

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::Limits>
void pass(Stream& stream, Thing& l) { stream(l.quantity, l.notional, l.open_orders, l.fat_finger_bp); }

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::RateLimit>
void pass(Stream& stream, Thing& r) { stream(r.requests, r.logout_at, r.window_ms); }

/// How many there are, then each with its key.
template <class Stream, class Key, class Thing>
void pass_map(Stream& stream, const std::map<Key, Thing>& things) {
    stream(things.size());
    for (const auto& [key, thing] : things) {
        stream(key);
        pass(stream, thing);
    }
}
template <class Stream, class Key, class Thing>
void pass_map(Stream& stream, std::map<Key, Thing>& things) {
    for (auto count = stream.template next<std::size_t>(); count > 0; --count) {
        const auto key = stream.template next<Key>();
        pass(stream, things[key]);
    }
}

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::Instrument>
void pass(Stream& stream, Thing& i) {
    stream(i.id, i.symbol, i.base, i.quote, i.tick, i.lot, i.base_per_lot, i.quote_per_tick_lot, i.maker_rate,
           i.taker_rate, i.fee_source);
    if (stream.format() < first_format_with_prices) return;
    stream(i.display_min_bp, i.static_band_bp, i.dynamic_band_bp, i.volatility_seconds, i.protection_bp,
           i.reference_price, i.phase, i.phase_until);
    std::size_t change_count = i.schedule.size();
    stream(i.day_end, change_count);
    if constexpr (!std::is_const_v<Thing>) i.schedule.resize(std::min(change_count, model::schedule_size_max));
    for (auto& [second, phase] : i.schedule) stream(second, phase);
    pass_optional(stream, i.auction_rate);
    pass(stream, i.limits);
    stream(i.delisted);
}

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::Participant>
void pass(Stream& stream, Thing& p) {
    stream(p.id, p.name);
    if (stream.format() < first_format_with_prices) return;
    stream(p.self_trade, p.suspended, p.fee_tier);
    pass_map(stream, p.limits);
    if (stream.format() < first_format_with_agreements) return;
    stream(p.remembered.orders, p.remembered.seconds);
    pass(stream, p.rate);
    pass_map(stream, p.session_rates);
}

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::Account>
void pass(Stream& stream, Thing& a) {
    stream(a.id, a.participant, a.name);
    if (stream.format() >= first_format_with_prices) stream(a.suspended);
}

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::Session>
void pass(Stream& stream, Thing& s) {
    stream(s.id, s.participant, s.account, s.comp_id, s.username, s.salt, s.secret_hash);
    if (stream.format() < first_format_with_prices) return;
    stream(s.on_disconnect.cancels, s.on_disconnect.grace_ms, s.on_disconnect.spares_good_till, s.replace_quantity,
           s.version, s.extensions);
    if (stream.format() >= first_format_with_disabled_sessions) stream(s.disabled);
}

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::FundsTransferred>
void pass(Stream& stream, Thing& t) { stream(t.participant, t.id, t.from, t.to, t.asset, t.amount); }

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::SpecialTerms>
void pass(Stream& stream, Thing& t) {
    stream(t.post_only, t.min_quantity, t.cash, t.display, t.displayed, t.self_trade, t.self_trade_group, t.waits_for,
           t.trigger, t.anchor, t.trail_ticks, t.trail_bp, t.peg, t.peg_offset, t.peg_limit, t.role, t.list, t.band_end,
           t.protection_end);
    if (stream.format() >= first_format_with_list_names) stream(t.list_name);
    if (stream.format() >= first_format_with_agreements) stream(t.outlives_session);
}

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::MassCancelling>
void pass(Stream& stream, Thing& m) {
    stream(m.scope.participant, m.scope.account, m.scope.session, m.scope.instrument);
    pass_optional(stream, m.scope.side);
    stream(m.scope.spares_good_till, m.reason, m.session, m.cl_ord_id, m.symbol, m.affected, m.next, m.lost);
    if (stream.format() >= first_format_with_agreements) stream(m.scope.spares_outliving);
}

/// A yes or no, and behind a yes the thing.
template <class Stream, class BoxOfThing>
void pass_box(Stream& stream, BoxOfThing& box) {
    bool is_there = static_cast<bool>(box);
    stream(is_there);
    if (!is_there) return;
    if constexpr (!std::is_const_v<BoxOfThing>) box.emplace();
    pass(stream, *box);
}

template <class Stream, class Thing>
requires std::is_same_v<std::remove_const_t<Thing>, model::Order>
void pass(Stream& stream, Thing& o) {
    stream(o.id, o.participant, o.account, o.session, o.instrument, o.cl_ord_id, o.side, o.type, o.time_in_force,
           o.state, o.price, o.quantity, o.cum, o.leaves, o.cum_value, o.hold, o.maker_rate, o.taker_rate, o.fee_exact,
           o.fee_charged, o.expires);
    if (stream.format() >= first_format_with_prices) pass_box(stream, o.special);
}

}  // namespace venue::engine
