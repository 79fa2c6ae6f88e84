#include "venue/engine/equilibrium.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

namespace venue::engine {
namespace {

using model::Int128;
using model::Side;

/// Neighbouring prices at which volume and surplus are the same.
struct Stretch {
    std::int64_t low = 0;
    std::int64_t high = 0;
    Int128 bought = 0;  ///< What would be bought there, and
    Int128 sold = 0;    ///< what would be sold.

    [[nodiscard]] Int128 volume() const { return std::min(bought, sold); }
    [[nodiscard]] Int128 surplus() const { return bought - sold; }
    [[nodiscard]] Int128 distance() const { return surplus() < 0 ? -surplus() : surplus(); }
};

/// The best stretches found so far. They lie side by side: volume rises to its largest and falls again, and the surplus
/// only falls, as the price rises.
struct Choice {
    std::optional<Stretch> lowest;
    std::optional<Stretch> highest;

    void weigh(const Stretch& stretch) {
        const bool is_better = !lowest || stretch.volume() > lowest->volume() ||
                               (stretch.volume() == lowest->volume() && stretch.distance() < lowest->distance());
        const bool is_as_good =
            lowest && stretch.volume() == lowest->volume() && stretch.distance() == lowest->distance();
        if (is_better) lowest = stretch;
        if (is_better || is_as_good) highest = stretch;
    }
};

std::int64_t price_within(const Choice& choice, model::Price reference) {
    const std::int64_t low = choice.lowest->low;
    const std::int64_t high = choice.highest->high;
    if (choice.highest->surplus() > 0) return high;
    if (choice.lowest->surplus() < 0) return low;
    return reference == model::Price{} ? high : std::clamp(reference.ticks, low, high);
}

Stretch at_price(std::span<const Interest> bids, std::span<const Interest> offers, std::int64_t ticks) {
    Stretch at{ticks, ticks};
    for (const Interest& bid : bids) at.bought += bid.ticks >= ticks ? bid.lots : 0;
    for (const Interest& offer : offers) at.sold += offer.ticks <= ticks ? offer.lots : 0;
    return at;
}

model::Quantity told(Int128 lots) {
    constexpr Int128 most = std::numeric_limits<std::int64_t>::max();
    return {static_cast<std::int64_t>(std::clamp(lots, -most, most))};
}

/// As far as the side's orders accept the best price of the other.
std::vector<Interest> interest(const Book& book, Side side, model::Price other_best) {
    std::vector<Interest> found;
    for (auto level = book.best(side); level; level = book.after(*level)) {
        const bool reaches = side == Side::buy ? level->price >= other_best : level->price <= other_best;
        if (!reaches) break;
        found.push_back({level->price.ticks, Int128{level->size.lots} + book.hidden_at(side, level->price)});
    }
    return found;
}

/// The last trade's price, or else what the instrument is configured with.
model::Price reference_of(const State& state, model::InstrumentId instrument) {
    const auto found = state.triggers.find(instrument);
    const model::Price last = found == state.triggers.end() ? model::Price{} : found->second.last();
    return last == model::Price{} ? state.instrument(instrument).reference_price : last;
}

}  // namespace

Equilibrium equilibrium(std::span<const Interest> bids, std::span<const Interest> offers, model::Price reference) {
    if (bids.empty() || offers.empty()) return {};
    Int128 bought = 0;
    for (const Interest& bid : bids) bought += bid.lots;
    Int128 sold = 0;
    Choice choice;
    auto bid = bids.rbegin();
    auto offer = offers.begin();
    // Upwards from price to price at which somebody stands; what is sold grows at it, what is bought shrinks behind it.
    while (bid != bids.rend() || offer != offers.end()) {
        const bool bids_next = offer == offers.end() || (bid != bids.rend() && bid->ticks <= offer->ticks);
        const std::int64_t here = bids_next ? bid->ticks : offer->ticks;
        if (offer != offers.end() && offer->ticks == here) sold += (offer++)->lots;
        choice.weigh({here, here, bought, sold});
        if (bid != bids.rend() && bid->ticks == here) bought -= (bid++)->lots;
        std::int64_t beyond = std::numeric_limits<std::int64_t>::max();
        if (bid != bids.rend()) beyond = bid->ticks;
        if (offer != offers.end()) beyond = std::min(beyond, offer->ticks);
        const bool has_gap = beyond - here > 1 && beyond != std::numeric_limits<std::int64_t>::max();
        if (has_gap) choice.weigh({here + 1, beyond - 1, bought, sold});
    }
    const Stretch chosen = at_price(bids, offers, price_within(choice, reference));
    return {{chosen.low}, told(chosen.volume()), told(chosen.surplus())};
}

Equilibrium equilibrium(const State& state, model::InstrumentId instrument) {
    const Book& book = state.book(instrument);
    if (!is_crossed(book)) return {};
    const auto bids = interest(book, Side::buy, book.best(Side::sell)->price);
    const auto offers = interest(book, Side::sell, book.best(Side::buy)->price);
    return equilibrium(bids, offers, reference_of(state, instrument));
}

bool is_crossed(const Book& book) {
    const auto bid = book.best(Side::buy);
    const auto offer = book.best(Side::sell);
    return bid && offer && bid->price >= offer->price;
}

}  // namespace venue::engine
