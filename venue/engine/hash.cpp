#include "venue/engine/hash.hpp"

#include <type_traits>
#include <utility>

namespace venue::engine {
namespace {

class Hash {
  public:
    template <class Integer>
    requires std::is_integral_v<Integer> || std::is_enum_v<Integer>
    void add(Integer value) { mix(static_cast<std::uint64_t>(value)); }
    template <class Kind, class Rep>
    void add(model::Id<Kind, Rep> id) {
        add(id.value);
    }
    void add(std::string_view text) {
        add(text.size());
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            word = word << 8 | static_cast<std::uint8_t>(text[i]);
            if (i % 8 == 7 || i + 1 == text.size()) mix(std::exchange(word, 0));
        }
    }
    void add(const model::ClOrdId& name) { add(name.view()); }
    void add(model::Price price) { add(price.ticks); }
    void add(model::Quantity quantity) { add(quantity.lots); }
    void add(model::Timestamp time) { add(time.nanoseconds); }
    void add_wide(model::Int128 value) {
        add(static_cast<std::uint64_t>(value));
        add(static_cast<std::uint64_t>(value >> 64));
    }
    void add(model::Amount amount) { add_wide(amount.units); }
    void add(const model::Decimal& number) {
        add_wide(number.digits);
        add(number.scale);
    }
    template <class... Fields>
    void all(const Fields&... fields) {
        (add(fields), ...);
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

  private:
    /// The multiplication carries a word's bits upwards, the shift brings them down again.
    void mix(std::uint64_t word) {
        value_ = (value_ ^ word) * 0x9E37'79B9'7F4A'7C15U;
        value_ ^= value_ >> 32;
    }

    std::uint64_t value_ = 14'695'981'039'346'656'037U;
};

void add(Hash& hash, const model::SpecialTerms& t) {
    hash.all(t.post_only, t.min_quantity, t.cash, t.display, t.displayed, t.self_trade, t.self_trade_group, t.waits_for,
             t.trigger, t.anchor, t.trail_ticks, t.trail_bp, t.peg, t.peg_offset, t.peg_limit, t.role, t.list,
             t.band_end, t.protection_end, t.list_name, t.outlives_session);
}

void add(Hash& hash, const KnownOrder& known) {
    const model::Order& o = known.order;
    hash.all(o.id, o.participant, o.account, o.session, o.instrument, o.cl_ord_id, o.side, o.type, o.time_in_force,
             o.state, o.price, o.quantity, o.cum, o.leaves, o.cum_value, o.hold, o.maker_rate, o.taker_rate,
             o.fee_exact, o.fee_charged, o.expires, known.at_rest != 0);
    for (const model::ClOrdId& name : known.earlier_names) hash.add(name);
    hash.add(static_cast<bool>(o.special));
    if (o.special) add(hash, *o.special);
}

void add(Hash& hash, const model::Limits& l) { hash.all(l.quantity, l.notional, l.open_orders, l.fat_finger_bp); }

void add(Hash& hash, const model::Instrument& i) {
    hash.all(i.id, i.symbol, i.base, i.quote, i.tick, i.lot, i.base_per_lot, i.quote_per_tick_lot, i.maker_rate,
             i.taker_rate, i.fee_source, i.display_min_bp, i.static_band_bp, i.dynamic_band_bp, i.volatility_seconds,
             i.protection_bp, i.reference_price, i.auction_rate.has_value(), i.auction_rate.value_or(0), i.day_end,
             i.phase, i.phase_until, i.delisted);
    for (const auto& [second, phase] : i.schedule) hash.all(second, phase);
    add(hash, i.limits);
}

void add(Hash& hash, const model::RateLimit& r) { hash.all(r.requests, r.logout_at, r.window_ms); }

void add(Hash& hash, const model::Participant& p) {
    hash.all(p.id, p.name, p.self_trade, p.suspended, p.fee_tier);
    hash.all(p.remembered.orders, p.remembered.seconds);
    add(hash, p.rate);
    for (const auto& [session, rate] : p.session_rates) {
        hash.add(session);
        add(hash, rate);
    }
    for (const auto& [instrument, limits] : p.limits) {
        hash.add(instrument);
        add(hash, limits);
    }
}

void add(Hash& hash, const model::Reference& reference) {
    for (const auto& [id, asset] : reference.assets) hash.all(id, asset.code, asset.ledger_digits, asset.chain_digits);
    for (const auto& [id, instrument] : reference.instruments) add(hash, instrument);
    for (const auto& [id, participant] : reference.participants) add(hash, participant);
    for (const auto& [id, a] : reference.accounts) hash.all(id, a.participant, a.name, a.suspended);
    for (const auto& [id, s] : reference.sessions)
        hash.all(id, s.participant, s.account, s.comp_id, s.username, s.salt, s.secret_hash, s.on_disconnect.cancels,
                 s.on_disconnect.grace_ms, s.on_disconnect.spares_good_till, s.replace_quantity, s.version,
                 s.extensions, s.disabled);
    hash.add(reference.fees.currency);
    for (const auto& tier : reference.fees.tiers) hash.all(tier.volume, tier.maker_rate, tier.taker_rate);
    for (const auto instrument : reference.fees.priced_by) hash.add(instrument);
}

void add(Hash& hash, const Book& book) {
    for (const model::Side side : {model::Side::buy, model::Side::sell}) {
        for (auto level = book.best(side); level; level = book.after(*level)) {
            hash.all(side, level->price, level->size, level->order_count);
            for (const KnownOrder* at = book.first_of(*level); at != nullptr; at = book.behind(*at)) add(hash, *at);
        }
    }
}

void add(Hash& hash, const State& state, const Participation& participation) {
    hash.all(participation.name_count, participation.closed.size());
    for (const auto& [place, at] : participation.closed) {
        hash.add(at);
        add(hash, state.orders.at(place));
    }
}

void add(Hash& hash, const State& state, model::InstrumentId id, const Triggers& triggers) {
    if (triggers.last() != model::Price{}) hash.all(id, triggers.last(), triggers.band_center());
    triggers.each([&](model::OrderId waiting) { add(hash, *state.find(waiting)); });
}

void add(Hash& hash, const TransferRecord& record) {
    hash.add(record.transfers().size());
    for (const auto& [event, t] : record.transfers())
        hash.all(event, t.participant, t.id, t.from, t.to, t.asset, t.amount);
}

void add(Hash& hash, const model::MassCancelling& m) {
    const model::CancelScope& s = m.scope;
    hash.all(s.participant, s.account, s.session, s.instrument, s.side.has_value(), s.side.value_or(model::Side::buy),
             s.spares_good_till, s.spares_outliving, m.reason, m.session, m.cl_ord_id, m.symbol, m.affected, m.next,
             m.lost);
}

/// Its orders are hashed where they stand.
void add(Hash& hash, model::InstrumentId id, const Auction& auction) {
    if (!auction.has_more_than_orders()) return;
    const Uncross uncross = auction.uncross.value_or(Uncross{});
    hash.all(id, auction.uncross.has_value(), uncross.price, uncross.next, uncross.until, auction.told.price,
             auction.told.volume, auction.told.surplus, auction.told_at, auction.indication_due);
}

void add_waiting_for_auction(Hash& hash, const State& state) {
    for (const auto& [id, auction] : state.auctions) {
        add(hash, id, auction);
        auction.each_waiting_while([&](model::OrderId waiting) {
            add(hash, *state.find(waiting));
            return true;
        });
    }
}

}  // namespace

std::uint64_t hash_of(const State& state) {
    Hash hash;
    hash.all(state.last_sequence, state.last_time, state.sweeping, state.orders.size());
    add(hash, state.reference);
    state.balances.each([&](model::AccountId account, model::AssetId asset, const Balance& balance) {
        hash.all(account, asset, balance.available, balance.held);
    });
    for (const auto& [id, book] : state.books) add(hash, book);
    for (const auto& [id, participation] : state.participations) add(hash, state, participation);
    for (const auto& [id, session] : state.sessions) {
        hash.all(id, session.incarnation, session.on, session.cancels_at, session.cancels, session.spares_good_till,
                 session.chosen.has_value(), session.chosen.value_or(model::CancelOnDisconnect::off));
    }
    for (const auto& [id, record] : state.transfers) add(hash, record);
    for (const auto& [time, id] : state.due) hash.all(time, id);
    for (const auto& [id, triggers] : state.triggers) add(hash, state, id, triggers);
    for (const auto& [id, pegs] : state.pegs) {
        hash.all(id, pegs.priced_by().bid, pegs.priced_by().offer, pegs.next(), pegs.followed_at());
    }
    for (const auto& [id, legs] : state.lists) {
        for (const model::OrderId leg : legs) add(hash, *state.find(leg));
    }
    if (state.mass_cancelling) add(hash, *state.mass_cancelling);
    hash.all(state.fees_due, state.volumes.begun());
    for (const auto& [key, days] : state.volumes.all()) {
        hash.all(key.first, key.second);
        for (const model::Amount volume : days) hash.add(volume);
    }
    hash.add(state.revised.forgotten());
    for (const auto& [match, price] : state.revised.prices()) hash.all(match, price);
    for (const auto& [who, owed] : state.owing) hash.all(who.first, who.second, owed);
    for (const model::ParticipantId killed : state.killed) hash.add(killed);
    if (const KnownOrder* sweeping = state.find(state.sweeping)) add(hash, *sweeping);
    add_waiting_for_auction(hash, state);
    return hash.value();
}

}  // namespace venue::engine
