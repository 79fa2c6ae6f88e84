// How the naive venue's phases follow each other, and what becomes of orders that gathered.
#include <set>

#include "tests/property/naive_rules.hpp"

namespace venue::test {
namespace {

using model::Phase;

bool is_for_auction(const NaiveOrder& order) {
    return is_at_auction(order.time_in_force) || (order.market && order.price != 0);
}

/// What the order's kind comes to, word by word as participants are told.
std::string received_in(const NaiveOrder& o, bool is_new, Phase phase) {
    const bool gathering = gathers(phase);
    if (o.time_in_force == TimeInForce::at_open) {
        if (phase == Phase::closed) return "waits";
        return phase == Phase::pre_open || phase == Phase::opening_auction ? "gathers" : "refused";
    }
    if (o.time_in_force == TimeInForce::at_close) {
        if (phase == Phase::halted || phase == Phase::post_only) return "refused";
        return phase == Phase::closing_auction ? "gathers" : "waits";
    }
    const bool waits = o.waits_for != model::WaitsFor::nothing;
    if (o.peg != model::Peg::none && phase != Phase::continuous) return "refused";
    if (phase == Phase::continuous) return waits ? "waits" : "trades";
    const bool posts = o.post_only != model::PostOnly::no && !waits && !(is_new && o.minimum != 0);
    const bool at_once = o.time_in_force == TimeInForce::ioc || o.time_in_force == TimeInForce::fok;
    if (phase == Phase::post_only) return posts && !at_once && o.cash == 0 ? "trades" : "refused";
    if (!gathering || at_once) return "refused";
    if (waits) return "waits";
    return o.cash != 0 || (is_new && o.minimum != 0) || posts ? "refused" : "gathers";
}

}  // namespace

std::string NaiveVenue::received(const NaiveOrder& order, bool is_new) const {
    if (!is_new && order.market) return "refused";
    return received_in(order, is_new, phase_);
}

std::int64_t NaiveVenue::far_end(std::int64_t from, std::int64_t basis_points, bool upwards) {
    const auto distance = static_cast<std::int64_t>(Units{from} * basis_points / 10'000);
    return upwards ? std::min(from + distance, model::price_ticks_max) : std::max<std::int64_t>(from - distance, 1);
}

std::pair<std::int64_t, std::int64_t> NaiveVenue::band() const {
    if (fees_.static_band_bp == 0 || reference_ == 0) return {0, 0};
    return {far_end(reference_, fees_.static_band_bp, false), far_end(reference_, fees_.static_band_bp, true)};
}

void NaiveVenue::set_ends(NaiveOrder& order) const {
    order.band_end = order.protection_end = 0;
    const bool waits = order.waits_for != model::WaitsFor::nothing;
    if (waits || order.type == model::OrderType::pegged || received(order, true) != "trades") return;
    const auto end = [&](std::int64_t from, std::int64_t basis_points) {
        const std::int64_t far = far_end(from, basis_points, order.buys);
        const bool needless = order.price != 0 && (order.buys ? order.price <= far : order.price >= far);
        return needless ? 0 : far;
    };
    const auto others = queue(!order.buys);
    const std::int64_t touch = others.empty() ? 0 : others.front()->price;
    const std::int64_t center = band_center_ != 0 ? band_center_ : touch;
    const bool at_market = order.type != model::OrderType::limit && order.type != model::OrderType::stop_limit;
    if (fees_.dynamic_band_bp != 0 && center != 0) order.band_end = end(center, fees_.dynamic_band_bp);
    const bool is_banded = at_market && fees_.static_band_bp != 0 && reference_ != 0;
    const std::int64_t fixed = is_banded ? end(reference_, fees_.static_band_bp) : 0;
    if (fixed != 0 && (order.band_end == 0 || is_beyond(order, order.band_end, fixed))) order.band_end = fixed;
    if (fees_.protection_bp == 0 || others.empty() || !at_market) return;
    order.protection_end = end(touch, fees_.protection_bp);
}

/// True when it met its end: then it is over, or an auction has begun.
bool NaiveVenue::stop(NaiveOrder& order) {
    const auto others = queue(!order.buys);
    if (others.empty() || !wants(order, others.front()->price) || crosses(order, others.front()->price)) return false;
    const bool is_protected = is_beyond(order, others.front()->price, order.protection_end);
    const bool waited = !order.rests && model::waits_for_a_price(order.type);
    const bool takes_part = order.rests || waited;
    const bool may_interrupt = fees_.volatility_seconds > 0 && band_center_ != 0;
    const bool interrupts = !is_protected && may_interrupt && (takes_part || order.cum > 0);
    if (!interrupts || !takes_part) cancel_for(order, is_protected ? "market_protection" : "band_reached");
    if (!interrupts) return true;
    phase_ = Phase::volatility_auction;
    phase_until_ = now_ + fees_.volatility_seconds * second;
    band_center_ = 0;
    lines_.push_back("PhaseChanged: BTC-USD volatility_auction until " + std::to_string(phase_until_ / second));
    if (is_crossed()) demand_indication();
    if (waited) gather(order);
    return true;
}

/// Who waited for its price waits for the auction's, as a market order does.
void NaiveVenue::gather(NaiveOrder& order) {
    const auto [lower, upper] = band();
    const std::int64_t worst = order.buys ? upper : lower;
    if (order.price == 0) order.price = worst != 0 ? worst : order.band_end;
    order.market = order.rests = true;
    order.type = model::OrderType::market;
    order.arrival = ++arrivals_;
    note_gathering(order);
    lines_.push_back("OrderRestated to " + order.session + ": " + told(order) + ", joined_auction");
}

/// A market order that gathers takes the band's end.
void NaiveVenue::take_worst_of_band(NaiveOrder& order, bool is_new) const {
    if (!order.market || order.cash != 0 || received(order, is_new) == "trades") return;
    order.price = order.buys ? band().second : band().first;
}

void NaiveVenue::enter(Phase next) {
    if (next == phase_) return;
    const bool leads = may_match(next) || (next == Phase::closed && is_auction(phase_));
    const auto ends = [](const NaiveOrder& order) {
        return order.state == "open" && order.rests && is_for_auction(order);
    };
    if (leads && !may_match(phase_) && (is_crossed() || std::ranges::any_of(orders_, ends))) {
        do {
            uncross(next);
        } while (is_crossed());
        for (NaiveOrder& order : orders_) {
            if (ends(order)) cancel_for(order, "auction_over");
        }
    }
    phase_ = next;
    phase_until_ = 0;
    if (next == Phase::volatility_auction) band_center_ = 0;
    lines_.push_back("PhaseChanged: BTC-USD " + std::string(name(next)));
    if (!gathers(next)) {
        told_at_ = indication_due_ = -1;
    } else if (is_crossed()) {
        demand_indication();
    }
    join();
}

/// False, and it stays where it was, when its owner can't pay for that.
bool NaiveVenue::moves_to_the_bands_end(NaiveOrder& order) {
    NaiveOrder moved = order;
    moved.price = order.buys ? band().second : band().first;
    if (hold(moved) - hold(order) > available(order.participant, !order.buys)) return false;
    order = moved;
    return true;
}

void NaiveVenue::join() {
    for (NaiveOrder& order : orders_) {
        if (order.state != "open" || order.rests || !is_at_auction(order.time_in_force)) continue;
        if (received_in(order, false, phase_) != "gathers") continue;
        if (order.market && band().second != 0 && !moves_to_the_bands_end(order)) {
            cancel_for(order, "unpayable");
            continue;
        }
        order.rests = true;
        order.arrival = ++arrivals_;
        note_gathering(order);
        lines_.push_back("OrderRestated: " + told(order) + ", joined_auction");
    }
}

bool NaiveVenue::is_crossed() const {
    const auto bids = queue(true);
    const auto offers = queue(false);
    return !bids.empty() && !offers.empty() && bids.front()->price >= offers.front()->price;
}

NaiveVenue::Cross NaiveVenue::cross_at(std::int64_t price) const {
    Cross cross{price};
    for (const NaiveOrder* bid : queue(true)) cross.bought += bid->price >= price ? bid->leaves() : 0;
    for (const NaiveOrder* offer : queue(false)) cross.sold += offer->price <= price ? offer->leaves() : 0;
    return cross;
}

/// Tries every price at which anything changes, the prices beside them, and the reference.
NaiveVenue::Cross NaiveVenue::best_cross() const {
    if (!is_crossed()) return {};
    const std::int64_t low = queue(false).front()->price;
    const std::int64_t high = queue(true).front()->price;
    const std::int64_t reference = last_ != 0 ? last_ : reference_;
    std::set<std::int64_t> prices = {reference};
    for (const NaiveOrder& order : orders_) {
        if (order.state == "open" && order.rests) prices.insert({order.price - 1, order.price, order.price + 1});
    }
    std::vector<Cross> best;
    for (const std::int64_t price : prices) {
        if (price < low || price > high) continue;
        const Cross cross = cross_at(price);
        const auto rank = [](const Cross& c) { return std::pair(-c.volume(), std::abs(c.surplus())); };
        if (!best.empty() && rank(cross) < rank(best.front())) best.clear();
        if (best.empty() || rank(cross) == rank(best.front())) best.push_back(cross);
    }
    if (best.back().surplus() > 0) return best.back();
    if (best.front().surplus() < 0) return best.front();
    if (reference == 0) return best.back();
    const auto distance = [&](const Cross& cross) {
        return std::pair(std::abs(cross.price - reference), -cross.price);
    };
    return *std::ranges::min_element(best, {}, distance);
}

void NaiveVenue::uncross(Phase next) {
    const Cross cross = best_cross();
    lines_.push_back("UncrossBegun: BTC-USD " + btc(cross.volume()) + " @ " + std::to_string(cross.price) + ", then " +
                     std::string(name(next)));
    if (cross.price != 0) reference_ = cross.price;
    look_at_all_pegs();
    const auto first = [&](bool bids) -> NaiveOrder* {
        NaiveOrder* found = nullptr;
        for (const NaiveOrder* order : queue(bids)) {
            if (bids ? order->price < cross.price : order->price > cross.price) continue;
            if (found != nullptr && found->price != order->price) break;
            // The queue is in the order of time; market orders go by their age, which is the order of the vector.
            if (found == nullptr || (order->market && (!found->market || order < found)))
                found = const_cast<NaiveOrder*>(order);
        }
        return found;
    };
    while (cross.price != 0) {
        NaiveOrder* const bid = first(true);
        NaiveOrder* const offer = first(false);
        if (bid == nullptr || offer == nullptr) break;
        if (cancel_the_others(*bid) || cancel_the_others(*offer)) continue;
        const std::int64_t lots = std::min(bid->leaves(), offer->leaves());
        lines_.push_back(fill(*bid, cross.price, lots, Part::crossed));
        lines_.push_back(fill(*offer, cross.price, lots, Part::crossed));
        if (is_own_trade(halves_.size() - 1)) discount(bid->participant, 2 * value(cross.price, lots));
    }
}

void NaiveVenue::note_gathering(const NaiveOrder& order) {
    if (!gathers(phase_) || !order.rests) return;
    const auto others = queue(!order.buys);
    if (others.empty()) return;
    const std::int64_t best = others.front()->price;
    if (order.buys ? order.price >= best : order.price <= best) demand_indication();
}

void NaiveVenue::demand_indication() {
    if (indication_due_ >= 0) return;
    indication_due_ = std::max(now_, told_at_ < 0 ? 0 : told_at_ + second / 10);
}

void NaiveVenue::indicate() {
    const Cross cross = best_cross();
    lines_.push_back("IndicationChanged: BTC-USD " + btc(cross.volume()) + " @ " + std::to_string(cross.price) +
                     ", surplus " + btc(cross.surplus()));
    told_at_ = now_;
    indication_due_ = -1;
}

}  // namespace venue::test
