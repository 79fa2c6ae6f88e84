#include "venue/journal/event_body.hpp"

#include "venue/journal/body_fields.hpp"
#include "venue/journal/journal.hpp"

namespace venue::journal {

// What a field's writer and reader find by its name, so not in a namespace without one.
// Each kind's fields, once for both directions. A name that stands here stands in the journal for good.

template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, SpecialTerms>
void each_field(Fields& field, Body& terms) {
    field.rarely("post_only", terms.post_only);
    field.rarely("min_quantity", terms.min_quantity);
    field.rarely("cash", terms.cash);
    field.rarely("display", terms.display);
    field.rarely("displayed", terms.displayed);
    field.rarely("self_trade", terms.self_trade);
    field.rarely("self_trade_group", terms.self_trade_group);
    field.rarely("waits_for", terms.waits_for);
    field.rarely("trigger", terms.trigger);
    field.rarely("anchor", terms.anchor);
    field.rarely("trail_ticks", terms.trail_ticks);
    field.rarely("trail_bp", terms.trail_bp);
    field.rarely("peg", terms.peg);
    field.rarely("peg_offset", terms.peg_offset);
    field.rarely("peg_limit", terms.peg_limit);
    field.rarely("role", terms.role);
    field.rarely("list", terms.list);
    field.rarely("band_end", terms.band_end);
    field.rarely("protection_end", terms.protection_end);
    field.rarely("list_name", terms.list_name);
    field.rarely("outlives_session", terms.outlives_session);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, MassCancelling>
void each_field(Fields& field, Body& mass_cancel) {
    field.rarely("participant", mass_cancel.scope.participant);
    field.rarely("account", mass_cancel.scope.account);
    field.rarely("session", mass_cancel.scope.session);
    field.rarely("instrument", mass_cancel.scope.instrument);
    field.rarely("side", mass_cancel.scope.side);
    field.rarely("spares_good_till", mass_cancel.scope.spares_good_till);
    field.rarely("spares_outliving", mass_cancel.scope.spares_outliving);
    field("reason", mass_cancel.reason);
    field.rarely("asked_by", mass_cancel.session);
    field.rarely("cl_ord_id", mass_cancel.cl_ord_id);
    field.rarely("symbol", mass_cancel.symbol);
    field("affected", mass_cancel.affected);
    field.rarely("next", mass_cancel.next);
    field.rarely("lost", mass_cancel.lost);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, MassCancelMarked>
void each_field(Fields& field, Body& event) { each_field(field, event.going_on); }
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, MassCancelReported>
void each_field(Fields& field, Body& event) {
    each_field(field, event.done);
    field.rarely("flaw", event.flaw.reason);
    field.rarely("flaw_tag", event.flaw.tag);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, ListReported>
void each_field(Fields& field, Body& event) {
    field("name", event.name);
    field("orders", event.orders);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, PegsMoved>
void each_field(Fields& field, Body& event) {
    field("instrument", event.instrument);
    field("bid", event.bid);
    field("offer", event.offer);
    field.rarely("next", event.next);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, KillSwitchTurned>
void each_field(Fields& field, Body& event) {
    field("participant", event.participant);
    field("on", event.on);
}
template <class Fields, class BoxOfLimits>
void each_limit(Fields& field, BoxOfLimits& limits) {
    std::optional<Decimal> lower;
    std::optional<Decimal> upper;
    if (limits) lower = limits->lower;
    if (limits) upper = limits->upper;
    field("lower", lower);
    field("upper", upper);
    if constexpr (!std::is_const_v<BoxOfLimits>) {
        if (lower && upper) limits.emplace({*lower, *upper});
    }
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, OrderRejected>
void each_field(Fields& field, Body& event) {
    field("symbol", event.symbol);
    field("quantity", event.quantity);
    field("price", event.price);
    field("cash", event.cash);
    each_limit(field, event.limits);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, ChangeRejected>
void each_field(Fields& field, Body& event) { each_limit(field, event.limits); }
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, SessionLoggedOn>
void each_field(Fields& field, Body& event) {
    field("session", event.session);
    field("incarnation", event.incarnation);
    field("reset", event.reset);
    field("cancels", event.cancels);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, SessionDisconnected>
void each_field(Fields& field, Body& event) {
    field("session", event.session);
    field("reason", event.reason);
    field.rarely("cancels_at", event.cancels_at.nanoseconds);
    field.rarely("cancels", event.cancels);
    field("spares_good_till", event.spares_good_till);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, AssetAdded>
void each_field(Fields& field, Body& event) {
    field("id", event.asset.id);
    field("code", event.asset.code);
    field("ledger_digits", event.asset.ledger_digits);
    field("chain_digits", event.asset.chain_digits);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, Limits>
void each_field(Fields& field, Body& limits) {
    field.rarely("max_quantity", limits.quantity);
    field.rarely("max_notional", limits.notional);
    field.rarely("max_open_orders", limits.open_orders);
    field.rarely("fat_finger_bp", limits.fat_finger_bp);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, RateLimit>
void each_field(Fields& field, Body& rate) {
    field.rarely("rate_requests", rate.requests);
    field.rarely("rate_logout_at", rate.logout_at);
    field.rarely("rate_window_ms", rate.window_ms);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, Instrument>
void each_field(Fields& field, Body& instrument) {
    field("id", instrument.id);
    field("symbol", instrument.symbol);
    field("base", instrument.base);
    field("quote", instrument.quote);
    field("tick", instrument.tick);
    field("lot", instrument.lot);
    field("base_per_lot", instrument.base_per_lot);
    field("quote_per_tick_lot", instrument.quote_per_tick_lot);
    field("maker_rate", instrument.maker_rate);
    field("taker_rate", instrument.taker_rate);
    field("fee_source", instrument.fee_source);
    field.rarely("display_min_bp", instrument.display_min_bp);
    field.rarely("static_band_bp", instrument.static_band_bp);
    field.rarely("dynamic_band_bp", instrument.dynamic_band_bp);
    field.rarely("volatility_seconds", instrument.volatility_seconds);
    field.rarely("protection_bp", instrument.protection_bp);
    field.rarely("reference_price", instrument.reference_price);
    field("auction_rate", instrument.auction_rate);
    field.rarely("schedule", instrument.schedule);
    field.rarely("day_end", instrument.day_end);
    field.rarely("phase", instrument.phase);
    field.rarely("phase_until", instrument.phase_until);
    each_field(field, instrument.limits);
    field.rarely("delisted", instrument.delisted);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, InstrumentListed>
void each_field(Fields& field, Body& event) { each_field(field, event.instrument); }
template <class Fields, class Body>
requires std::is_base_of_v<TradeRevision, Body>
void each_field(Fields& field, Body& event) {
    if (event.order.special) each_field(field, *event.order.special);
    field("traded", event.traded);
    field.rarely("owed", event.owed);
    field.rarely("traded_at", event.traded_at);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, ReceivableSettled>
void each_field(Fields& field, Body& event) {
    field("account", event.account);
    field("asset", event.asset);
    field("amount", event.amount);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, FeesSet>
void each_field(Fields& field, Body& event) {
    field("currency", event.schedule.currency);
    field("tiers", event.schedule.tiers);
    field("priced_by", event.schedule.priced_by);
    field("rolls_at", event.rolls_at);
    field("changes", event.changes);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, FeesRolled>
void each_field(Fields& field, Body& event) {
    field("rolls_at", event.rolls_at);
    field("changes", event.changes);
}
template <class Fields, class Body>
requires requires(Body& event) { event.changed; }
void each_field(Fields& field, Body& event) { each_field(field, event.changed); }
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, InstrumentDelisted>
void each_field(Fields&, Body&) {}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, Participant>
void each_field(Fields& field, Body& participant) {
    field("id", participant.id);
    field("name", participant.name);
    field.rarely("self_trade", participant.self_trade);
    field.rarely("suspended", participant.suspended);
    field.each("limits", participant.limits);
    field.rarely("fee_tier", participant.fee_tier);
    field.rarely("remembered_orders", participant.remembered.orders);
    field.rarely("remembered_seconds", participant.remembered.seconds);
    each_field(field, participant.rate);
    field.each("session_rates", participant.session_rates);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, ParticipantAdded>
void each_field(Fields& field, Body& event) { each_field(field, event.participant); }
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, Account>
void each_field(Fields& field, Body& account) {
    field("id", account.id);
    field("participant", account.participant);
    field("name", account.name);
    field.rarely("suspended", account.suspended);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, AccountOpened>
void each_field(Fields& field, Body& event) { each_field(field, event.account); }
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, Session>
void each_field(Fields& field, Body& session) {
    field("id", session.id);
    field("participant", session.participant);
    field("account", session.account);
    field("comp_id", session.comp_id);
    field("username", session.username);
    field("salt", session.salt);
    field("secret_hash", session.secret_hash);
    field.rarely("cancel_on_disconnect", session.on_disconnect.cancels);
    field.rarely("grace_ms", session.on_disconnect.grace_ms);
    field.rarely("spares_good_till", session.on_disconnect.spares_good_till);
    field.rarely("replace_quantity", session.replace_quantity);
    field.rarely("version", session.version);
    field.rarely("extensions", session.extensions);
    field.rarely("disabled", session.disabled);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, SessionAdded>
void each_field(Fields& field, Body& event) { each_field(field, event.session); }
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, SessionChanged>
void each_field(Fields& field, Body& event) {
    each_field(field, event.session);
    field("incarnation", event.incarnation);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, FundsDeposited>
void each_field(Fields& field, Body& event) {
    field("account", event.account);
    field("asset", event.asset);
    field("amount", event.amount);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, ConfigurationRejected>
void each_field(Fields& field, Body& event) {
    field("sentence", event.sentence);
    field.rarely("call", event.call);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, FundsTransferred>
void each_field(Fields& field, Body& event) {
    field("participant", event.participant);
    field("id", event.id);
    field("from", event.from);
    field("to", event.to);
    field("asset", event.asset);
    field("amount", event.amount);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, PhaseChanged>
void each_field(Fields& field, Body& event) {
    field("phase", event.phase);
    field.rarely("until", event.until);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, UncrossBegun>
void each_field(Fields& field, Body& event) {
    field("price", event.price);
    field("volume", event.volume);
    field("next", event.next);
    field.rarely("until", event.until);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, IndicationChanged>
void each_field(Fields& field, Body& event) {
    field("price", event.price);
    field("volume", event.volume);
    field("surplus", event.surplus);
}
template <class Fields, class Body>
requires std::is_same_v<std::remove_const_t<Body>, TransferRejected>
void each_field(Fields& field, Body& event) {
    field("id", event.id);
    field("reason", event.reason);
}

template <class EventKind>
std::string body_text(const EventKind& event) {
    FieldWriter writer;
    each_field(writer, event);
    return writer.text();
}

template <class EventKind>
void read_body(const std::optional<Json>& body, EventKind& event) {
    if (!body) throw JournalUnreadable("An event of the journal has no body.");
    try {
        const FieldReader reader(body->text);
        each_field(reader, event);
    } catch (const json::exception& error) {
        throw JournalUnreadable(std::string("An event's body can't be read: ") + error.what());
    }
}

#define WITH_BODY(EventKind)                          \
    template std::string body_text(const EventKind&); \
    template void read_body(const std::optional<Json>&, EventKind&)
WITH_BODY(SpecialTerms);
WITH_BODY(OrderRejected);
WITH_BODY(ChangeRejected);
WITH_BODY(SessionLoggedOn);
WITH_BODY(SessionDisconnected);
WITH_BODY(AssetAdded);
WITH_BODY(InstrumentListed);
WITH_BODY(ParticipantAdded);
WITH_BODY(AccountOpened);
WITH_BODY(SessionAdded);
WITH_BODY(FundsDeposited);
WITH_BODY(ConfigurationRejected);
WITH_BODY(FundsTransferred);
WITH_BODY(TransferRejected);
WITH_BODY(MassCancelMarked);
WITH_BODY(MassCancelReported);
WITH_BODY(KillSwitchTurned);
WITH_BODY(PhaseChanged);
WITH_BODY(UncrossBegun);
WITH_BODY(IndicationChanged);
WITH_BODY(PegsMoved);
WITH_BODY(InstrumentChanged);
WITH_BODY(InstrumentDelisted);
WITH_BODY(ParticipantChanged);
WITH_BODY(AccountChanged);
WITH_BODY(TradeBusted);
WITH_BODY(TradeCorrected);
WITH_BODY(ReceivableSettled);
WITH_BODY(FeesSet);
WITH_BODY(FeesRolled);
WITH_BODY(ListReported);
WITH_BODY(SessionChanged);
#undef WITH_BODY

}  // namespace venue::journal
