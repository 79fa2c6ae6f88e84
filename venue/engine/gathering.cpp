#include "venue/engine/gathering.hpp"

#include <algorithm>

#include "venue/engine/equilibrium.hpp"
#include "venue/engine/phases.hpp"

namespace venue::engine {
namespace {

template <class Set, class Key>
void keep(Set& set, const Key& key, bool belongs) {
    if (belongs) {
        set.insert(key);
    } else if (!set.empty()) {  // As nearly always.
        set.erase(key);
    }
}

/// Keeps in mind whether one of the instrument's orders is to join the auction now.
void review_joining(State& state, model::InstrumentId instrument, const Auction& auction) {
    const auto joining = auction.joining(state.instrument(instrument).phase);
    keep(state.joining, instrument, static_cast<bool>(joining));
}

/// The first moment from now on at which one may be told.
void demand_indication(State& state, model::InstrumentId instrument) {
    const Auction& auction = state.auctions[instrument];
    if (auction.indication_due != model::Timestamp{}) return;
    model::Timestamp next = state.last_time;
    if (auction.told_at != model::Timestamp{}) {
        next = std::max(next, {auction.told_at.nanoseconds + indication_interval});
    }
    set_indication_due(state, instrument, next);
}

void set_phase_due(State& state, Auction& auction, const model::Instrument& instrument) {
    state.phases_due.erase({auction.phase_due, instrument.id});
    auction.phase_due = instrument.phase_until;
    if (auction.phase_due != model::Timestamp{}) state.phases_due.emplace(auction.phase_due, instrument.id);
}

}  // namespace

void review(State& state, model::InstrumentId instrument) {
    const Triggers* const triggers = state.triggers_of(instrument);
    if (triggers == nullptr) return;
    const bool is_reached = triggers->due() || triggers->behind();
    keep(state.triggering, instrument, is_reached && state.instrument(instrument).phase == model::Phase::continuous);
}

void review_pegs(State& state, model::InstrumentId instrument) {
    const auto found = state.pegs.find(instrument);
    if (found == state.pegs.end()) return;
    const Pegs& pegs = found->second;
    const bool follow = state.instrument(instrument).phase == model::Phase::continuous;
    const bool are_behind = follow && pegs.behind(pegs.touch_in(state.book(instrument)));
    keep(state.pegs_due, std::pair(pegs.due(), instrument), are_behind);
}

void review_all_pegs(State& state, model::InstrumentId instrument) {
    const auto pegs = state.pegs.find(instrument);
    if (pegs == state.pegs.end()) return;
    state.pegs_due.erase({pegs->second.due(), instrument});
    pegs->second.set_unpriced();
    review_pegs(state, instrument);
}

void review_pegs(State& state, const model::Order& changed) {
    const auto pegs = state.pegs.find(changed.instrument);
    if (pegs != state.pegs.end()) pegs->second.note(state.book(changed.instrument), changed);
    review_pegs(state, changed.instrument);
}

void review_dormant(State& state, model::InstrumentId instrument) {
    if (state.activating.empty() && state.awakening.empty()) return;
    const bool may = may_come_alive(state.instrument(instrument).phase);
    keep(state.awakening, instrument, may && state.activating.contains(instrument));
}

void come_alive_later(State& state, model::InstrumentId instrument, std::span<const model::OrderId> legs) {
    if (legs.empty()) return;
    state.activating[instrument].insert(legs.begin(), legs.end());
    review_dormant(state, instrument);
}

void come_alive_no_more(State& state, const model::Order& leg) {
    const auto found = state.activating.find(leg.instrument);
    if (found == state.activating.end()) return;
    found->second.erase(leg.id);
    if (found->second.empty()) state.activating.erase(found);
    review_dormant(state, leg.instrument);
}

void take_part(State& state, const KnownOrder& known) {
    Auction& auction = state.auctions[known.order.instrument];
    auction.add(known);
    review_joining(state, known.order.instrument, auction);
}

void withdraw(State& state, const model::Order& order) {
    Auction& auction = state.auctions[order.instrument];
    auction.remove(order);
    review_joining(state, order.instrument, auction);
}

void note_gathering(State& state, const Book& book, const model::Order& order) {
    const auto* const other = book.front(opposite(order.side));
    const bool crosses = other != nullptr && (order.side == model::Side::buy ? order.price >= other->order.price
                                                                             : order.price <= other->order.price);
    if (crosses) demand_indication(state, order.instrument);
}

void note_told(State& state, const model::IndicationChanged& told) {
    Auction& auction = state.auctions[told.instrument];
    auction.told = told;
    auction.told_at = state.last_time;
    set_indication_due(state, told.instrument, {});
}

void begin_phase(State& state, const model::Instrument& instrument) {
    Book& book = state.books.at(instrument.id);
    const bool is_plain = instrument.phase == model::Phase::continuous && instrument.phase_until == model::Timestamp{};
    if (is_plain && !state.auctions.contains(instrument.id)) return;
    Auction& auction = state.auctions[instrument.id];
    const bool gathers = model::gathers(instrument.phase);
    auction.uncross.reset();
    state.uncrossing.erase(instrument.id);
    book.set_gathers(gathers);
    if (!gathers) {
        auction.told = {};
        auction.told_at = {};
        set_indication_due(state, instrument.id, {});
    } else if (is_crossed(book)) {
        demand_indication(state, instrument.id);
    }
    set_phase_due(state, auction, instrument);
    review_joining(state, instrument.id, auction);
    review(state, instrument.id);
}

void note_change(State& state, const model::Instrument& instrument) {
    const bool ends = instrument.phase_until != model::Timestamp{};
    if (ends || state.auctions.contains(instrument.id)) set_phase_due(state, state.auctions[instrument.id], instrument);
}

void begin_uncross(State& state, const model::UncrossBegun& begun) {
    Auction& auction = state.auctions[begun.instrument];
    auction.uncross = Uncross{begun.price, begun.next, begun.until};
    state.uncrossing.insert(begun.instrument);
    state.books.at(begun.instrument).set_gathers(false);
    set_indication_due(state, begun.instrument, {});
    // What it was until now ends here, and what comes next has a due time of its own.
    state.phases_due.erase({auction.phase_due, begun.instrument});
    auction.phase_due = {};
}

void set_indication_due(State& state, model::InstrumentId instrument, model::Timestamp due) {
    Auction& auction = state.auctions[instrument];
    state.indications_due.erase({auction.indication_due, instrument});
    auction.indication_due = due;
    if (due != model::Timestamp{}) state.indications_due.emplace(due, instrument);
}

}  // namespace venue::engine
