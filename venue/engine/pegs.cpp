#include "venue/engine/pegs.hpp"

#include <algorithm>

#include "venue/engine/band.hpp"

namespace venue::engine {
namespace {

bool buys(const model::Order& order) { return order.side == model::Side::buy; }

/// A primary peg refers to its own side, a market peg to the other one.
bool refers_to_bid(const model::Order& pegged) { return buys(pegged) == (pegged.special->peg == model::Peg::primary); }

/// One that goes ahead of its own side must look at the other one, too.
bool goes_ahead(const model::Order& pegged) {
    const std::int64_t offset = pegged.special->peg_offset;
    return buys(pegged) ? offset > 0 : offset < 0;
}

bool depends_on_bid(const model::Order& pegged) {
    return refers_to_bid(pegged) || (!buys(pegged) && goes_ahead(pegged));
}

bool depends_on_offer(const model::Order& pegged) {
    return !refers_to_bid(pegged) || (buys(pegged) && goes_ahead(pegged));
}

/// Whether its value at that price is one that the venue takes.
bool is_priceable(const model::Order& order, const model::Instrument& instrument, std::int64_t ticks) {
    if (ticks < 1 || ticks > model::price_ticks_max) return false;
    return model::Int128{ticks} * order.quantity.lots <= model::value_max.units / instrument.quote_per_tick_lot.units;
}

std::int64_t beside(std::int64_t reference, std::int64_t offset) {
    return std::clamp<std::int64_t>(reference + offset, 1, model::price_ticks_max);
}

std::int64_t bid_price(const model::SpecialTerms& terms, std::int64_t reference, std::int64_t offer) {
    std::int64_t ticks = beside(reference, terms.peg_offset);
    if (offer != 0) ticks = std::min(ticks, offer - 1);
    return terms.peg_limit.ticks == 0 ? ticks : std::min(ticks, terms.peg_limit.ticks);
}

std::int64_t offer_price(const model::SpecialTerms& terms, std::int64_t reference, std::int64_t bid) {
    std::int64_t ticks = beside(reference, terms.peg_offset);
    if (bid != 0) ticks = std::max(ticks, bid + 1);
    return std::max(ticks, terms.peg_limit.ticks);
}

}  // namespace

void Pegs::add(const model::Order& pegged) {
    orders_.insert(pegged.id);
    ++counts_[{pegged.side, pegged.price}];
    ++of_participants_[pegged.participant];
    of_bid_ += depends_on_bid(pegged) ? 1 : 0;
    of_offer_ += depends_on_offer(pegged) ? 1 : 0;
}

void Pegs::remove(const model::Order& pegged) {
    orders_.erase(pegged.id);
    const auto count = counts_.find({pegged.side, pegged.price});
    if (--count->second == 0) counts_.erase(count);
    const auto own = of_participants_.find(pegged.participant);
    if (--own->second == 0) of_participants_.erase(own);
    of_bid_ -= depends_on_bid(pegged) ? 1 : 0;
    of_offer_ -= depends_on_offer(pegged) ? 1 : 0;
}

model::OrderId Pegs::first_from(model::OrderId id) const {
    const auto found = orders_.lower_bound(id);
    return found == orders_.end() ? model::OrderId{} : *found;
}

std::uint32_t Pegs::count_at(model::Side side, model::Price price) const {
    const auto found = counts_.find({side, price});
    return found == counts_.end() ? 0 : found->second;
}

std::size_t Pegs::count_of(model::ParticipantId participant) const {
    const auto found = of_participants_.find(participant);
    return found == of_participants_.end() ? 0 : found->second;
}

bool Pegs::has_others_at(const Book& book, model::Side side, model::Price price) const {
    return book.count_at(side, price) > count_at(side, price);
}

model::Price Pegs::search(const Book& book, model::Side side) const {
    auto level = book.best(side);
    while (level && static_cast<std::uint32_t>(level->order_count) == count_at(side, level->price)) {
        level = book.after(*level);
    }
    return level ? level->price : model::Price{};
}

void Pegs::note(const Book& book, const model::Order& changed) {
    if (!touch_) touch_ = touch_in(book);
    if (is_pegged(changed)) return;
    model::Price& best = buys(changed) ? touch_->bid : touch_->offer;
    const bool is_nearer = best == model::Price{} || (buys(changed) ? changed.price > best : changed.price < best);
    if (is_nearer && has_others_at(book, changed.side, changed.price)) {
        best = changed.price;
    } else if (best != model::Price{} && !has_others_at(book, changed.side, best)) {
        best = search(book, changed.side);
    }
}

bool Pegs::behind(const Touch& touch) const {
    return next_ || (of_bid_ > 0 && touch.bid != priced_by_.bid) || (of_offer_ > 0 && touch.offer != priced_by_.offer);
}

model::Timestamp Pegs::due() const {
    if (next_ || followed_at_ == model::Timestamp{}) return followed_at_;
    return {followed_at_.nanoseconds + following_interval};
}

model::Price pegged_price(const model::Order& pegged, const model::Instrument& instrument, const Touch& touch) {
    const model::SpecialTerms& terms = *pegged.special;
    const std::int64_t reference = refers_to_bid(pegged) ? touch.bid.ticks : touch.offer.ticks;
    if (reference == 0) return {};
    std::int64_t ticks =
        buys(pegged) ? bid_price(terms, reference, touch.offer.ticks) : offer_price(terms, reference, touch.bid.ticks);
    if (const auto band = static_band(instrument)) {
        ticks = buys(pegged) ? std::min(ticks, band->upper.ticks) : std::max(ticks, band->lower.ticks);
    }
    return is_priceable(pegged, instrument, ticks) ? model::Price{ticks} : model::Price{};
}

model::Price price_within_limit(const model::Order& pegged, const model::Instrument& instrument, model::Price before) {
    const model::Price limit = pegged.special->peg_limit;
    const model::Price price = buys(pegged) ? std::min(before, limit) : std::max(before, limit);
    return is_priceable(pegged, instrument, price.ticks) ? price : model::Price{};
}

bool is_within_limit(const model::Order& pegged) {
    const model::Price limit = pegged.special.get().peg_limit;
    return buys(pegged) ? pegged.price <= limit : pegged.price >= limit;
}

}  // namespace venue::engine
