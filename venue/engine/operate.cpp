// What the operator changes while the venue runs. Asking for what is already so has no effect.
#include <algorithm>
#include <string>

#include "venue/engine/calendar.hpp"
#include "venue/engine/decide.hpp"
#include "venue/engine/mass_cancel.hpp"
#include "venue/engine/objections.hpp"

namespace venue::engine {
namespace {

using model::Instrument;

std::string objection(const State& state, const Instrument* instrument, const model::ChangeInstrument& asked) {
    if (instrument == nullptr) return unknown("instrument", asked.symbol);
    const model::Asset& quote = state.reference.assets.at(instrument->quote);
    for (std::string objection :
         {objection_to_rate(asked.maker_rate.value_or(0)), objection_to_rate(asked.taker_rate.value_or(0)),
          objection_to_rate(asked.auction_rate.value_or(0)), objection_to_display(asked.display_min_bp.value_or(0)),
          objection_to_band(asked.static_band_bp.value_or(0)), objection_to_band(asked.dynamic_band_bp.value_or(0)),
          objection_to_band(asked.protection_bp.value_or(0)),
          objection_to_volatility(asked.volatility_seconds.value_or(0)),
          objection_to_reference(asked.reference_price.value_or(instrument->tick), instrument->tick),
          objection_to_day(asked.schedule.value_or(instrument->schedule), asked.day_end.value_or(0)),
          objection_to_limits(asked.limits, instrument->lot, quote)}) {
        if (!objection.empty()) return objection;
    }
    return {};
}

/// By another day than the one in which it began. A halt ends by itself in none, and an interruption no later than it
/// would have.
model::Timestamp end_of_present_phase(const Instrument& after, model::Timestamp now) {
    if (after.phase == model::Phase::halted) return {};
    const model::Timestamp next = next_change(after, now);
    const bool interrupts = after.phase == model::Phase::volatility_auction && after.phase_until != model::Timestamp{};
    if (interrupts && (next == model::Timestamp{} || after.phase_until < next)) return after.phase_until;
    return next;
}

Instrument changed_by(const State& state, const Instrument& before, const model::ChangeInstrument& asked,
                      model::Timestamp now) {
    Instrument after = before;
    after.maker_rate = asked.maker_rate.value_or(before.maker_rate);
    after.taker_rate = asked.taker_rate.value_or(before.taker_rate);
    if (asked.auction_rate) after.auction_rate = asked.auction_rate;
    after.display_min_bp = asked.display_min_bp.value_or(before.display_min_bp);
    after.static_band_bp = asked.static_band_bp.value_or(before.static_band_bp);
    after.dynamic_band_bp = asked.dynamic_band_bp.value_or(before.dynamic_band_bp);
    after.volatility_seconds = asked.volatility_seconds.value_or(before.volatility_seconds);
    after.protection_bp = asked.protection_bp.value_or(before.protection_bp);
    if (asked.reference_price) after.reference_price = {*steps_of(*asked.reference_price, before.tick)};
    after.day_end = asked.day_end.value_or(before.day_end);
    after.limits = changed(before.limits, asked.limits, before.lot, state.reference.assets.at(before.quote));
    if (!asked.schedule || *asked.schedule == before.schedule) return after;
    after.schedule = *asked.schedule;
    after.phase_until = end_of_present_phase(after, now);
    return after;
}

/// What volumes are worth would be told by prices of long ago.
std::string objection_to_delisting(const model::FeeSchedule& fees, const Instrument& instrument) {
    const bool is_needed = std::ranges::find(fees.priced_by, instrument.id) != fees.priced_by.end();
    return is_needed ? "Fees by volume are priced by " + instrument.symbol + "; set them without it first." : "";
}

bool was_delisted(const model::Reference& reference, const std::string& symbol) {
    return std::ranges::any_of(reference.instruments, [&](const auto& entry) {
        return entry.second.delisted && entry.second.symbol == symbol;
    });
}

std::string objection(const State& state, const model::LimitParticipant& asked) {
    if (state.reference.participant(asked.participant) == nullptr) return unknown("participant", asked.participant);
    const Instrument* instrument = state.instrument(asked.symbol);
    if (instrument == nullptr) return unknown("instrument", asked.symbol);
    return objection_to_limits(asked.limits, instrument->lot, state.reference.assets.at(instrument->quote));
}

std::string objection(const model::Participant* participant, const model::ChangeParticipant& asked) {
    if (participant == nullptr) return unknown("participant", asked.name);
    std::string objection = objection_to_self_trade(asked.self_trade.value_or(participant->self_trade));
    if (!objection.empty()) return objection;
    return objection_to_remembered({asked.remembered_orders.value_or(0), asked.remembered_seconds.value_or(0)});
}

model::Participant changed_by(const model::Participant& before, const model::ChangeParticipant& asked) {
    model::Participant after = before;
    after.self_trade = asked.self_trade.value_or(before.self_trade);
    if (!asked.remembered_orders && !asked.remembered_seconds) return after;
    // Both: with a number and without a time, orders that a command has just closed could be forgotten under its hands.
    const model::Remembered known{before.remembered.at_most(), before.remembered.seconds};
    after.remembered = model::Remembered{asked.remembered_orders.value_or(known.orders),
                                         asked.remembered_seconds.value_or(known.seconds)}
                           .or_usual();
    return after;
}

std::string objection(const model::Reference& reference, const model::Suspend& asked) {
    const model::Participant* participant = reference.participant(asked.participant);
    if (participant == nullptr) return unknown("participant", asked.participant);
    return asked.account.empty() ? "" : objection_to_account(reference, *participant, asked.account);
}

/// False when it was so before.
bool turn(Recorder& out, const model::Suspend& asked) {
    const model::Reference& reference = out.state().reference;
    if (asked.account.empty()) {
        model::Participant participant = *reference.participant(asked.participant);
        if (std::exchange(participant.suspended, asked.suspended) == asked.suspended) return false;
        out.record(model::ParticipantChanged{std::move(participant)});
        return true;
    }
    model::Account account = *reference.account(asked.account);
    if (std::exchange(account.suspended, asked.suspended) == asked.suspended) return false;
    out.record(model::AccountChanged{std::move(account)});
    return true;
}

std::string objection(const model::Reference& reference, const model::Session& after,
                      const model::ChangeSession& asked) {
    const model::Participant& owner = reference.participants.at(after.participant);
    if (asked.account) {
        if (std::string objection = objection_to_account(reference, owner, *asked.account); !objection.empty()) {
            return objection;
        }
    }
    if (std::string objection = objection_to_rule(after.on_disconnect); !objection.empty()) return objection;
    return objection_to_speech(after.replace_quantity, after.version);
}

/// But for the account, which there may not be.
model::Session changed_by(const model::Session& before, const model::ChangeSession& asked) {
    model::Session after = before;
    after.on_disconnect = {asked.cancels.value_or(before.on_disconnect.cancels),
                           asked.grace_ms.value_or(before.on_disconnect.grace_ms),
                           asked.spares_good_till.value_or(before.on_disconnect.spares_good_till)};
    after.replace_quantity = asked.replace_quantity.value_or(before.replace_quantity);
    after.version = asked.version.value_or(before.version);
    after.extensions = asked.extensions.value_or(before.extensions);
    after.disabled = asked.disabled.value_or(before.disabled);
    if (asked.secret) {
        after.salt = asked.secret->salt;
        after.secret_hash = asked.secret->hash;
    }
    return after;
}

}  // namespace

void decide(Recorder& out, const model::ChangeInstrument& asked) {
    const Instrument* before = out.state().instrument(asked.symbol);
    if (declined(out, objection(out.state(), before, asked), asked.call)) return;
    Instrument after = changed_by(out.state(), *before, asked, out.now());
    if (after != *before) out.record(model::InstrumentChanged{std::move(after)});
}

void decide(Recorder& out, const model::DelistInstrument& asked) {
    const Instrument* instrument = out.state().instrument(asked.symbol);
    if (instrument == nullptr) {
        if (!was_delisted(out.state().reference, asked.symbol)) {
            declined(out, unknown("instrument", asked.symbol), asked.call);
        }
        return;
    }
    const model::InstrumentId id = instrument->id;
    if (declined(out, objection_to_delisting(out.state().reference.fees, *instrument), asked.call)) return;
    out.record(model::InstrumentDelisted{id});
    mass_cancel(out, {.scope = {.instrument = id}, .reason = model::RejectReason::instrument_delisted});
}

void decide(Recorder& out, const model::LimitParticipant& asked) {
    if (declined(out, objection(out.state(), asked), asked.call)) return;
    const model::Reference& reference = out.state().reference;
    const Instrument& instrument = *out.state().instrument(asked.symbol);
    const model::Participant& before = *reference.participant(asked.participant);
    model::Participant after = before;
    model::Limits& limits = after.limits[instrument.id];
    limits = changed(limits, asked.limits, instrument.lot, reference.assets.at(instrument.quote));
    if (limits == model::Limits{}) after.limits.erase(instrument.id);
    if (after != before) out.record(model::ParticipantChanged{std::move(after)});
}

void decide(Recorder& out, const model::ChangeParticipant& asked) {
    const model::Participant* before = out.state().reference.participant(asked.name);
    if (declined(out, objection(before, asked), asked.call)) return;
    model::Participant after = changed_by(*before, asked);
    if (after != *before) out.record(model::ParticipantChanged{std::move(after)});
}

void decide(Recorder& out, const model::ChangeSession& asked) {
    const model::Reference& reference = out.state().reference;
    const model::Session* before = reference.session(asked.comp_id);
    if (before == nullptr) {
        declined(out, unknown("session", asked.comp_id), asked.call);
        return;
    }
    model::Session after = changed_by(*before, asked);
    if (declined(out, objection(reference, after, asked), asked.call)) return;
    if (asked.account) after.account = reference.account(*asked.account)->id;
    if (after == *before) return;
    // What was written to it says something else now, and can't be sent again: its numbers begin anew.
    model::Incarnation incarnation = out.state().sessions.at(before->id).incarnation;
    if (!speak_alike(*before, after)) ++incarnation.value;
    out.record(model::SessionChanged{std::move(after), incarnation});
}

void decide(Recorder& out, const model::Suspend& asked) {
    const model::Reference& reference = out.state().reference;
    if (declined(out, objection(reference, asked), asked.call)) return;
    if (!turn(out, asked) || !asked.suspended) return;
    model::CancelScope scope{.participant = reference.participant(asked.participant)->id};
    if (!asked.account.empty()) scope.account = reference.account(asked.account)->id;
    mass_cancel(out, {.scope = scope, .reason = model::RejectReason::suspended_by_operator});
}

}  // namespace venue::engine
