// The end of an auction: pairs trade at its price, best price first, what is for this auction alone ends, and the next
// phase begins.
#include <algorithm>

#include "venue/engine/decide.hpp"
#include "venue/engine/equilibrium.hpp"
#include "venue/engine/lists.hpp"
#include "venue/engine/match.hpp"
#include "venue/engine/phases.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

using model::Order;
using model::Quantity;
using model::Side;

/// The order of a side that trades next at the auction's price; null when none does. Hidden tranches count in full.
const KnownOrder* next_of(const State& state, const Auction& auction, model::InstrumentId instrument, Side side) {
    const KnownOrder* const front = state.book(instrument).front(side);
    if (front == nullptr) return nullptr;
    const model::Price price = auction.uncross->price;
    const bool accepts_it = side == Side::buy ? front->order.price >= price : front->order.price <= price;
    if (!accepts_it) return nullptr;
    const model::OrderId market = auction.market_at(side, front->order.price);
    return market ? state.find(market) : front;
}

/// Both sides pay the auction's rate where there is one, but never more than what was set aside for them.
model::FeeRate rate_of(const model::Instrument& instrument, const Order& order) {
    if (!instrument.auction_rate) return order.maker_rate;
    return std::min(*instrument.auction_rate, std::max({order.maker_rate, order.taker_rate, model::FeeRate{0}}));
}

/// False when one of the sides has no more.
bool trade_pair(Recorder& out, const Auction& auction, const model::Instrument& instrument) {
    if (auction.uncross->price == model::Price{}) return false;
    const KnownOrder* const bid = next_of(out.state(), auction, instrument.id, Side::buy);
    const KnownOrder* const offer = next_of(out.state(), auction, instrument.id, Side::sell);
    if (bid == nullptr || offer == nullptr) return false;
    // Whatever of their lists ends for it may have been the next: so the pair is looked for again.
    if (cancel_the_others(out, bid->order) || cancel_the_others(out, offer->order)) return true;
    const Quantity lots = std::min(bid->order.leaves, offer->order.leaves);
    const model::MatchId match{out.next().value};
    const auto record_half_of = [&](const Order& order) {
        const Fill fill{.price = auction.uncross->price,
                        .lots = lots,
                        .rate = rate_of(instrument, order),
                        .match = match,
                        .incoming = order.side == Side::buy,
                        .in_auction = true};
        out.record_made([&] { return half(instrument, order, fill); }, order.session);
    };
    record_half_of(bid->order);
    record_half_of(offer->order);
    return true;
}

/// False when none is left that was for this auction alone.
bool end_order(Recorder& out, const Auction& auction) {
    const model::OrderId ending = auction.ending();
    if (ending) cancel_unasked(out, out.state().find(ending)->order, model::RejectReason::auction_over);
    return static_cast<bool>(ending);
}

}  // namespace

void decide(Recorder& out, const model::ContinueUncross& asked) {
    const State& state = out.state();
    ensure(state.uncrossing.contains(asked.instrument), "only an unfinished uncross goes on");
    const Auction& auction = state.auctions.at(asked.instrument);
    const model::Instrument& instrument = state.instrument(asked.instrument);
    for (int steps = 0; steps < out.limits().fills; ++steps) {
        if (trade_pair(out, auction, instrument)) continue;
        const Uncross done = *auction.uncross;
        // Who was cancelled with its list was counted in the price: without it others may be left over and cross.
        if (is_crossed(state.book(instrument.id))) return enter(out, instrument.id, done.next, done.until);
        if (end_order(out, auction)) continue;
        return out.record(model::PhaseChanged{instrument.id, done.next, done.until});
    }
}

}  // namespace venue::engine
