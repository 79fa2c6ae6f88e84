// Pegged orders follow the touch, as many in one command as the limit allows.
#include "venue/engine/decide.hpp"
#include "venue/engine/match.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

/// Pegged orders that one command looks at, moved or not, for each that it may move.
constexpr int looks_per_move = 10;

/// Puts the order where it belongs, at the back of its level; true when that made it trade. It can't meet but other
/// pegged orders: so the touch is as before.
bool move(Recorder& out, const KnownOrder& known, model::Price price) {
    model::Order moved = known.order;
    moved.price = price;
    const model::Quantity before = moved.cum;
    const model::SessionId session = moved.session;
    out.record(model::OrderRestated{std::move(moved), model::RejectReason::peg_moved, false}, session);
    sweep(out, known);
    return known.order.cum != before || known.order.state != model::OrderState::open;
}

}  // namespace

void decide(Recorder& out, const model::MovePegs& asked) {
    const State& state = out.state();
    const auto found = state.pegs.find(asked.instrument);
    ensure(found != state.pegs.end(), "only pegged orders follow the touch");
    const model::Instrument& instrument = state.instrument(asked.instrument);
    const Touch touch = found->second.touch_in(state.book(asked.instrument));
    const bool goes_on = touch == found->second.priced_by();
    model::OrderId next = found->second.first_from(goes_on ? found->second.next() : model::OrderId{});
    const int moves_max = out.limits().moves;
    int moved = 0;
    for (int looks = 0; next && looks < looks_per_move * moves_max && moved < moves_max; ++looks) {
        const KnownOrder& known = *state.find(next);
        const model::OrderId following{next.value + 1};
        const model::Price price = pegged_price(known.order, instrument, touch);
        const bool moves = price != model::Price{} && price != known.order.price;
        moved += moves ? 1 : 0;
        const bool traded = moves && move(out, known, price);
        // All of them may be gone, and what knew them with them.
        const auto rest = state.pegs.find(asked.instrument);
        next = rest == state.pegs.end() ? model::OrderId{} : rest->second.first_from(following);
        // A trade far from the last one may end the phase in which they follow.
        if (traded || instrument.phase != model::Phase::continuous) break;
    }
    out.record(model::PegsMoved{asked.instrument, touch.bid, touch.offer, next});
}

}  // namespace venue::engine
