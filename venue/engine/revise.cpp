// Trades that are taken back or corrected, and what accounts owe because of it. The order's open quantity stays: what
// was traded by mistake isn't put into the market again.
#include <algorithm>
#include <string>

#include "venue/engine/band.hpp"
#include "venue/engine/decide.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/match.hpp"
#include "venue/engine/objections.hpp"

namespace venue::engine {
namespace {

using model::Amount;
using model::Instrument;
using model::Price;
using model::TradeHalf;
using model::TradeRevision;

/// The trade as it stands, and as it is to be; a price of zero for none.
struct Revision {
    const Instrument& instrument;
    Price before;
    Price after;
};

/// What the trade comes to for one side at a price.
struct Terms {
    Amount quote;
    Amount fee;
};

/// Part of a whole that was reckoned for another price, rounded as fees are. Neither product exceeds 2^127.
Amount in_proportion(Amount whole, Price from, Price to) {
    const model::Int128 rest = whole.units % from.ticks * to.ticks;
    const model::Int128 up = rest % from.ticks > 0 ? 1 : 0;
    return {whole.units / from.ticks * to.ticks + rest / from.ticks + up};
}

Terms terms_at(const Instrument& instrument, const TradeHalf& half, Price price) {
    if (price == Price{}) return {};
    const bool by_value = half.fee_asset == instrument.quote;
    return {quote_value(instrument, price, half.quantity),
            by_value ? in_proportion(half.fee, half.price, price) : half.fee};
}

/// What comes to the account's balance of the asset.
Amount gain(const TradeRevision& revision, const Instrument& instrument, model::AssetId asset) {
    const bool buys = revision.order.side == model::Side::buy;
    Amount sum = asset == revision.fee_asset ? -revision.fee : Amount{};
    if (asset == instrument.base) sum += buys ? revision.last_base : -revision.last_base;
    if (asset == instrument.quote) sum += buys ? -revision.last_quote : revision.last_quote;
    return sum;
}

TradeRevision revised(const State& state, const model::ReviseTrade& asked, const TradeHalf& half, bool incoming,
                      const Revision& revision) {
    const KnownOrder* known = state.find(half.order.id);
    const bool is_busted = revision.after == Price{};
    const Terms before = terms_at(revision.instrument, half, revision.before);
    const Terms after = terms_at(revision.instrument, half, revision.after);
    const bool is_own = asked.halves[0].order.participant == asked.halves[1].order.participant;
    TradeRevision told{.order = known != nullptr ? known->order : half.order,
                       .match = asked.match,
                       .incoming = incoming,
                       .last_price = is_busted ? revision.before : revision.after,
                       .traded = half.quantity,
                       .last_quantity = is_busted ? model::Quantity{-half.quantity.lots} : model::Quantity{},
                       .last_base = is_busted ? -half.base : Amount{},
                       .last_quote = after.quote - before.quote,
                       .fee_asset = half.fee_asset,
                       .fee = after.fee - before.fee,
                       .owed = {},
                       // A trade with oneself was never counted as volume: it is missing on no day.
                       .traded_at = is_own ? model::Timestamp{} : half.traded_at};
    model::Order& order = told.order;
    order.quantity += told.last_quantity;
    order.cum += told.last_quantity;
    order.cum_value += told.last_quote;
    // What was rounded up so far stays so.
    order.fee_exact += Amount{told.fee.units * model::fee_rate_scale};
    order.fee_charged += told.fee;
    const model::AssetId asset = owed_asset(told, revision.instrument);
    const Amount left = state.balance(order.account, asset).available + gain(told, revision.instrument, asset);
    told.owed = std::max(-left, Amount{});
    return told;
}

/// An order that was forgotten between the look-up and now was closed then; as it was found, it would be told as open.
bool has_changed(const State& state, const TradeHalf& half) {
    return half.order.state == model::OrderState::open && state.find(half.order.id) == nullptr;
}

std::string objection(const State& state, const model::ReviseTrade& asked) {
    const auto& halves = asked.halves;
    const bool is_trade = halves.size() == 2 && halves[0].order.instrument == halves[1].order.instrument &&
                          state.reference.instruments.contains(halves[0].order.instrument) && halves[0].price.ticks > 0;
    const std::string trade = "The trade " + std::to_string(asked.match.value);
    if (!is_trade) return trade + " is not known.";
    if (state.revised.is_too_old(asked.match)) return trade + " is too old to be changed.";
    const auto changed = [&](const TradeHalf& half) { return has_changed(state, half); };
    if (std::ranges::any_of(halves, changed)) return trade + "'s orders have changed just now: ask again.";
    if (!asked.price) return {};
    const Price* before = state.revised.find(asked.match);
    if (before != nullptr && *before == Price{}) return trade + " was taken back.";
    const Instrument& instrument = state.instrument(halves[0].order.instrument);
    const auto ticks = steps_of(*asked.price, instrument.tick);
    if (!ticks || *ticks <= 0 || *ticks > model::price_ticks_max)
        return "The price must be above zero and of whole ticks.";
    const model::Int128 most = model::value_max.units / instrument.quote_per_tick_lot.units;
    if (model::Int128{*ticks} * halves[0].quantity.lots > most)
        return "The trade would be worth more than an order may be.";
    return {};
}

/// Nobody asked for what is worse than their order's limit.
std::string objection_to_limits(const model::ReviseTrade& asked, const Revision& revision) {
    if (asked.forced || !asked.price) return {};
    const auto is_worse = [&](const TradeHalf& half) { return is_beyond(half.order.side, revision.after, half.limit); };
    const auto found = std::ranges::find_if(asked.halves, is_worse);
    if (found == asked.halves.end()) return {};
    const model::Order& order = found->order;
    return "The order " + std::to_string(order.id.value) + " (" + std::string(order.cl_ord_id.view()) + ") " +
           (order.side == model::Side::buy ? "buys at most at " : "sells at least at ") +
           to_text(times(revision.instrument.tick, found->limit.ticks)) +
           ": only by force is its trade corrected beyond.";
}

Revision understood(const State& state, const model::ReviseTrade& asked) {
    const Instrument& instrument = state.instrument(asked.halves[0].order.instrument);
    const Price* before = state.revised.find(asked.match);
    Price after;
    if (asked.price) after = {*steps_of(*asked.price, instrument.tick)};
    return {instrument, before == nullptr ? asked.halves[0].price : *before, after};
}

void settle(Recorder& out, model::AccountId account, model::AssetId asset) {
    const State& state = out.state();
    const Amount amount = std::min(state.owed(account, asset), state.balance(account, asset).available);
    if (amount.units > 0) out.record(model::ReceivableSettled{account, asset, amount});
}

/// The account's open orders that hold the asset, the oldest first, as many as one command cancels.
std::vector<model::OrderId> holding(const Recorder& out, const model::Account& account, model::AssetId asset) {
    const State& state = out.state();
    std::vector<model::OrderId> found;
    const auto participation = state.participations.find(account.participant);
    if (participation == state.participations.end()) return found;
    const auto most = static_cast<std::size_t>(out.limits().mass_cancels);
    for (const KnownOrder* at = state.orders.first(participation->second.open); at != nullptr && found.size() < most;
         at = state.orders.behind(*at)) {
        const model::Order& order = at->order;
        const bool holds = order.account == account.id && order.hold != Amount{} &&
                           hold_asset(order, state.instrument(order.instrument)) == asset;
        if (holds) found.push_back(order.id);
    }
    return found;
}

/// What open orders hold of an asset that their account owes isn't theirs to trade with.
void release(Recorder& out, const model::Account& account, model::AssetId asset) {
    const State& state = out.state();
    const Amount owed = state.owed(account.id, asset);
    const Balance& balance = state.balance(account.id, asset);
    // Where nothing is held no order need be looked at; else one is found each time, and so the walks come to an end.
    if (owed <= balance.available || balance.held == Amount{}) return;
    for (const model::OrderId id : holding(out, account, asset)) {
        if (state.balance(account.id, asset).available >= owed) return;
        const model::Order& order = state.find(id)->order;
        // One may have ended with its list.
        if (order.state != model::OrderState::open) continue;
        cancel_unasked(out, order, model::RejectReason::insufficient_funds);
    }
}

}  // namespace

void decide(Recorder& out, const model::ReviseTrade& asked) {
    if (declined(out, objection(out.state(), asked), asked.call)) return;
    const Revision revision = understood(out.state(), asked);
    if (revision.before == revision.after) return;
    if (declined(out, objection_to_limits(asked, revision), asked.call)) return;
    for (std::size_t i = 0; i < asked.halves.size(); ++i) {
        TradeRevision told = revised(out.state(), asked, asked.halves[i], i == 0, revision);
        const model::SessionId session = told.order.session;
        if (revision.after == Price{}) {
            out.record(model::TradeBusted{std::move(told)}, session);
        } else {
            out.record(model::TradeCorrected{std::move(told)}, session);
        }
    }
    // Of a trade with itself an account owes for one half what the other brings.
    for (const TradeHalf& half : asked.halves) {
        settle(out, half.order.account, revision.instrument.base);
        settle(out, half.order.account, revision.instrument.quote);
    }
}

void decide(Recorder& out, const model::SettleReceivable& asked) {
    const State& state = out.state();
    const model::Account* account = state.reference.account(asked.account);
    const model::Asset* asset = state.reference.asset(asked.asset);
    const std::string objection = account == nullptr ? unknown("account", asked.account)
                                  : asset == nullptr ? unknown("asset", asked.asset)
                                                     : std::string{};
    if (declined(out, objection, asked.call)) return;
    release(out, *account, asset->id);
    settle(out, account->id, asset->id);
}

}  // namespace venue::engine
