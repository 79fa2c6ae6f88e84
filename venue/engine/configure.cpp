// Reference data and deposits. An objection is the sentence that says why a command is declined; empty for none.
#include <algorithm>
#include <string>

#include "venue/engine/calendar.hpp"
#include "venue/engine/decide.hpp"
#include "venue/engine/fee_tiers.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/objections.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::engine {
namespace {

using model::Amount;
using model::Decimal;

std::string not_a_name(std::string_view what) {
    return "The " + std::string(what) + " must be 1 to " + std::to_string(model::name_size_max) +
           " printable characters without spaces.";
}

std::string objection(const model::Reference& reference, const model::AddAsset& asked) {
    const model::Asset& asset = asked.asset;
    if (!model::is_name(asset.code, model::asset_code_size_max))
        return "An asset's code must be 1 to 12 printable characters.";
    if (reference.asset(asset.code) != nullptr) return exists("asset", asset.code);
    if (asset.ledger_digits < 0 || asset.ledger_digits > model::ledger_digits_max)
        return "ledger_digits must be 0 to 18.";
    if (asset.chain_digits < 0 || asset.chain_digits > asset.ledger_digits)
        return "chain_digits must be 0 to ledger_digits: the ledger is never coarser than the chain.";
    return {};
}

std::string objection_to_step(std::string_view what, const Decimal& step) {
    if (step.digits <= 0) return "The " + std::string(what) + " must be above zero.";
    if (step.digits > model::step_digits_max)
        return "The " + std::string(what) + " without its point must be at most 1000000.";
    if (step.scale > model::step_scale_max)
        return "The " + std::string(what) + " has more than 18 digits behind the point.";
    return {};
}

std::string objection_to_auctions(const model::ListInstrument& asked) {
    if (name(asked.phase).empty()) return "There is no such phase.";
    for (std::string objection :
         {objection_to_band(asked.static_band_bp), objection_to_band(asked.dynamic_band_bp),
          objection_to_band(asked.protection_bp), objection_to_volatility(asked.volatility_seconds),
          objection_to_rate(asked.auction_rate.value_or(0))}) {
        if (!objection.empty()) return objection;
    }
    return asked.reference_price ? objection_to_reference(*asked.reference_price, asked.tick) : "";
}

std::string objection_to_units(const model::Reference& reference, const model::ListInstrument& asked) {
    const auto base = model::base_per_lot(*reference.asset(asked.base), asked.lot);
    if (!base) return "The lot is not a whole number of ledger units of " + asked.base + ".";
    const auto quote = model::quote_per_tick_lot(*reference.asset(asked.quote), asked.tick, asked.lot);
    if (!quote) return "Tick times lot is not a whole number of ledger units of " + asked.quote + ".";
    if (*base > model::value_max || *quote > model::value_max) return "One lot is worth more than an order may be.";
    return {};
}

std::string objection(const model::Reference& reference, const model::ListInstrument& asked) {
    if (!model::is_name(asked.symbol)) return not_a_name("symbol");
    if (reference.asset(asked.base) == nullptr) return unknown("asset", asked.base);
    if (reference.asset(asked.quote) == nullptr) return unknown("asset", asked.quote);
    if (asked.base == asked.quote) return "An instrument's base and quote must be two assets.";
    // The others divide by these two.
    for (std::string objection : {objection_to_step("tick", asked.tick), objection_to_step("lot", asked.lot)}) {
        if (!objection.empty()) return objection;
    }
    for (std::string objection : {objection_to_rate(asked.maker_rate), objection_to_rate(asked.taker_rate),
                                  objection_to_display(asked.display_min_bp), objection_to_auctions(asked),
                                  objection_to_day(asked.schedule, asked.day_end)}) {
        if (!objection.empty()) return objection;
    }
    const model::Asset& quote = *reference.asset(asked.quote);
    if (std::string objection = objection_to_limits(asked.limits, asked.lot, quote); !objection.empty()) {
        return objection;
    }
    return objection_to_units(reference, asked);
}

std::string objection(const model::Reference& reference, const model::AddParticipant& asked) {
    if (!model::is_name(asked.name)) return not_a_name("participant's name");
    if (reference.participant(asked.name) != nullptr) return exists("participant", asked.name);
    if (std::string objection = objection_to_self_trade(asked.self_trade); !objection.empty()) return objection;
    return objection_to_remembered(asked.remembered);
}

std::string objection(const model::Reference& reference, const model::OpenAccount& asked) {
    if (!model::is_name(asked.name)) return not_a_name("account's name");
    if (reference.account(asked.name) != nullptr) return exists("account", asked.name);
    if (reference.participant(asked.participant) == nullptr) return unknown("participant", asked.participant);
    return {};
}

std::string objection(const model::Reference& reference, const model::AddSession& asked) {
    if (!model::is_name(asked.comp_id)) return not_a_name("session's CompID");
    if (!model::is_name(asked.username)) return not_a_name("session's username");
    if (reference.session(asked.comp_id) != nullptr) return exists("session", asked.comp_id);
    const model::Participant* participant = reference.participant(asked.participant);
    if (participant == nullptr) return unknown("participant", asked.participant);
    if (std::string objection = objection_to_account(reference, *participant, asked.account); !objection.empty()) {
        return objection;
    }
    if (std::string objection = objection_to_rule(asked.on_disconnect); !objection.empty()) return objection;
    return objection_to_speech(asked.replace_quantity, asked.version);
}

std::string objection(const State& state, const model::DepositFunds& asked) {
    if (state.reference.account(asked.account) == nullptr) return unknown("account", asked.account);
    const model::Asset* asset = state.reference.asset(asked.asset);
    if (asset == nullptr) return unknown("asset", asked.asset);
    if (asked.amount.digits <= 0) return "A deposit must be above zero.";
    const auto amount = amount_of(asked.amount, asset->ledger_digits);
    if (!amount) return "The deposit is not a whole number of ledger units of " + asked.asset + ".";
    const Amount supply = -state.balance(model::external_account, asset->id).available;
    if (supply + *amount > model::value_max) return "The venue can't keep that much of " + asked.asset + ".";
    return {};
}

template <class Id, class Thing>
Id next_id(const std::map<Id, Thing>& things) {
    return things.empty() ? Id{1} : Id{things.rbegin()->first.value + 1};
}

model::Instrument listing(const model::Reference& reference, const model::ListInstrument& asked) {
    const model::Asset& base = *reference.asset(asked.base);
    const model::Asset& quote = *reference.asset(asked.quote);
    return {.id = next_id(reference.instruments),
            .symbol = asked.symbol,
            .base = base.id,
            .quote = quote.id,
            .tick = asked.tick,
            .lot = asked.lot,
            .base_per_lot = *model::base_per_lot(base, asked.lot),
            .quote_per_tick_lot = *model::quote_per_tick_lot(quote, asked.tick, asked.lot),
            .maker_rate = asked.maker_rate,
            .taker_rate = asked.taker_rate,
            .fee_source = asked.fee_source,
            .display_min_bp = asked.display_min_bp,
            .static_band_bp = asked.static_band_bp,
            .dynamic_band_bp = asked.dynamic_band_bp,
            .volatility_seconds = asked.volatility_seconds,
            .protection_bp = asked.protection_bp,
            .reference_price = {steps_of(asked.reference_price.value_or(Decimal{}), asked.tick).value_or(0)},
            .auction_rate = asked.auction_rate,
            .schedule = asked.schedule,
            .day_end = asked.day_end,
            .phase = asked.phase,
            .limits = changed({}, asked.limits, asked.lot, quote)};
}

/// What happened in its market since doesn't matter: asking again for what is so has no effect.
bool is_listed_so(const model::Instrument& before, model::Instrument asked) {
    asked.id = before.id;
    asked.phase = before.phase;
    asked.phase_until = before.phase_until;
    asked.reference_price = before.reference_price;
    return asked == before;
}

}  // namespace

void decide(Recorder& out, const model::AddAsset& asked) {
    const model::Reference& reference = out.state().reference;
    if (declined(out, objection(reference, asked), asked.call)) return;
    model::Asset asset = asked.asset;
    asset.id = next_id(reference.assets);
    out.record(model::AssetAdded{asset});
}

void decide(Recorder& out, const model::ListInstrument& asked) {
    const model::Reference& reference = out.state().reference;
    if (declined(out, objection(reference, asked), asked.call)) return;
    model::Instrument listed = listing(reference, asked);
    if (const model::Instrument* const before = reference.instrument(asked.symbol)) {
        if (!is_listed_so(*before, listed)) declined(out, exists("instrument", asked.symbol), asked.call);
        return;
    }
    if (!listed.schedule.empty()) listed.phase = scheduled_phase(listed, out.now());
    listed.phase_until = next_change(listed, out.now());
    out.record(model::InstrumentListed{std::move(listed)});
}

void decide(Recorder& out, const model::AddParticipant& asked) {
    const model::Reference& reference = out.state().reference;
    if (declined(out, objection(reference, asked), asked.call)) return;
    out.record(model::ParticipantAdded{{.id = next_id(reference.participants),
                                        .name = asked.name,
                                        .self_trade = asked.self_trade,
                                        .fee_tier = lowest_tier(reference.fees),
                                        .remembered = asked.remembered.or_usual()}});
}

void decide(Recorder& out, const model::OpenAccount& asked) {
    const model::Reference& reference = out.state().reference;
    if (declined(out, objection(reference, asked), asked.call)) return;
    const model::AccountId id = std::max(next_id(reference.accounts), model::first_participant_account);
    out.record(model::AccountOpened{{id, reference.participant(asked.participant)->id, asked.name}});
}

void decide(Recorder& out, const model::AddSession& asked) {
    const model::Reference& reference = out.state().reference;
    if (declined(out, objection(reference, asked), asked.call)) return;
    out.record(model::SessionAdded{{next_id(reference.sessions), reference.participant(asked.participant)->id,
                                    reference.account(asked.account)->id, asked.comp_id, asked.username, asked.salt,
                                    asked.secret_hash, asked.on_disconnect, asked.replace_quantity, asked.version,
                                    asked.extensions, asked.disabled}});
}

void decide(Recorder& out, const model::DepositFunds& asked) {
    if (declined(out, objection(out.state(), asked))) return;
    const model::Reference& reference = out.state().reference;
    const model::Asset& asset = *reference.asset(asked.asset);
    out.record(model::FundsDeposited{reference.account(asked.account)->id, asset.id,
                                     *amount_of(asked.amount, asset.ledger_digits)});
}

}  // namespace venue::engine
