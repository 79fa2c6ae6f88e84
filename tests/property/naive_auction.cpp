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
    return received_in(order, is_new, instrument_of(order).phase);
}

std::int64_t NaiveVenue::far_end(std::int64_t from, std::int64_t basis_points, bool upwards) {
    const auto distance = static_cast<std::int64_t>(Units{from} * basis_points / 10'000);
    return upwards ? std::min(from + distance, model::price_ticks_max) : std::max<std::int64_t>(from - distance, 1);
}

std::pair<std::int64_t, std::int64_t> NaiveVenue::band(const Instrument& in) {
    const std::int64_t width = in.fees.static_band_bp;
    if (width == 0 || in.reference == 0) return {0, 0};
    return {far_end(in.reference, width, false), far_end(in.reference, width, true)};
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
    const Instrument& in = instrument_of(order);
    const auto others = queue_for(order);
    const std::int64_t touch = others.empty() ? 0 : others.front()->price;
    const std::int64_t center = in.band_center != 0 ? in.band_center : touch;
    const bool at_market = order.type != model::OrderType::limit && order.type != model::OrderType::stop_limit;
    if (in.fees.dynamic_band_bp != 0 && center != 0) order.band_end = end(center, in.fees.dynamic_band_bp);
    const bool is_banded = at_market && in.fees.static_band_bp != 0 && in.reference != 0;
    const std::int64_t fixed = is_banded ? end(in.reference, in.fees.static_band_bp) : 0;
    if (fixed != 0 && (order.band_end == 0 || is_beyond(order, order.band_end, fixed))) order.band_end = fixed;
    if (in.fees.protection_bp == 0 || others.empty() || !at_market) return;
    order.protection_end = end(touch, in.fees.protection_bp);
}

/// True when it met its end: then it is over, or an auction has begun.
bool NaiveVenue::stop(NaiveOrder& order) {
    Instrument& in = instrument_of(order);
    const auto others = queue_for(order);
    if (others.empty() || !wants(order, others.front()->price) || crosses(order, others.front()->price)) return false;
    const bool is_protected = is_beyond(order, others.front()->price, order.protection_end);
    const bool waited = !order.rests && model::waits_for_a_price(order.type);
    const bool takes_part = order.rests || waited;
    const bool may_interrupt = in.fees.volatility_seconds > 0 && in.band_center != 0;
    const bool interrupts = !is_protected && may_interrupt && (takes_part || order.cum > 0);
    if (!interrupts || !takes_part) cancel_for(order, is_protected ? "market_protection" : "band_reached");
    if (!interrupts) return true;
    const std::int64_t end = now_ + in.fees.volatility_seconds * second;
    const std::int64_t change = next_change(in, now_);
    enter(in, Phase::volatility_auction, change != 0 && change < end ? change : end);
    if (waited) gather(order);
    return true;
}

/// Who waited for its price waits for the auction's, as a market order does.
void NaiveVenue::gather(NaiveOrder& order) {
    const auto [lower, upper] = band(instrument_of(order));
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
    const auto [lower, upper] = band(instrument_of(order));
    order.price = order.buys ? upper : lower;
}

void NaiveVenue::change_phase(Instrument& in, Phase next) {
    if (next != in.phase) enter(in, next, next == Phase::halted ? 0 : next_change(in, now_));
}

void NaiveVenue::end_phase(Instrument& in) {
    const std::int64_t due = in.phase_until;
    enter(in, scheduled_phase(in, due), next_change(in, due));
}

void NaiveVenue::enter(Instrument& in, Phase next, std::int64_t until) {
    const bool leads = may_match(next) || (next == Phase::closed && is_auction(in.phase));
    const auto ends = [&](const NaiveOrder& order) {
        return order.state == "open" && order.rests && is_for_auction(order) && is_in(order, in);
    };
    if (leads && !may_match(in.phase) && (is_crossed(in) || std::ranges::any_of(orders_, ends))) {
        do {
            uncross(in, next);
        } while (is_crossed(in));
        for (NaiveOrder& order : orders_) {
            if (ends(order)) cancel_for(order, "auction_over");
        }
    }
    in.phase = next;
    in.phase_until = until;
    if (next == Phase::volatility_auction) in.band_center = 0;
    lines_.push_back("PhaseChanged: " + in.symbol + " " + std::string(name(next)) +
                     (until == 0 ? "" : " until " + std::to_string(until / second)));
    if (!gathers(next)) {
        in.told_at = in.indication_due = -1;
    } else if (is_crossed(in)) {
        demand_indication(in);
    }
    join(in);
}

/// False, and it stays where it was, when its owner can't pay for that.
bool NaiveVenue::moves_to_the_bands_end(NaiveOrder& order) {
    NaiveOrder moved = order;
    const auto [lower, upper] = band(instrument_of(order));
    moved.price = order.buys ? upper : lower;
    if (hold(moved) - hold(order) > available(order.account, held_asset(order))) return false;
    order = moved;
    return true;
}

void NaiveVenue::join(Instrument& in) {
    for (NaiveOrder& order : orders_) {
        if (!is_in(order, in) || order.state != "open" || order.rests || !is_at_auction(order.time_in_force)) continue;
        if (received_in(order, false, in.phase) != "gathers") continue;
        if (order.market && band(in).second != 0 && !moves_to_the_bands_end(order)) {
            cancel_for(order, "unpayable");
            continue;
        }
        order.rests = true;
        order.arrival = ++arrivals_;
        note_gathering(order);
        lines_.push_back("OrderRestated: " + told(order) + ", joined_auction");
    }
}

bool NaiveVenue::is_crossed(const Instrument& in) const {
    const auto bids = queue(in, true);
    const auto offers = queue(in, false);
    return !bids.empty() && !offers.empty() && bids.front()->price >= offers.front()->price;
}

NaiveVenue::Cross NaiveVenue::cross_at(const Instrument& in, std::int64_t price) const {
    Cross cross{price};
    for (const NaiveOrder* bid : queue(in, true)) cross.bought += bid->price >= price ? bid->leaves() : 0;
    for (const NaiveOrder* offer : queue(in, false)) cross.sold += offer->price <= price ? offer->leaves() : 0;
    return cross;
}

/// Tries every price at which anything changes, the prices beside them, and the reference.
NaiveVenue::Cross NaiveVenue::best_cross(const Instrument& in) const {
    if (!is_crossed(in)) return {};
    const std::int64_t low = queue(in, false).front()->price;
    const std::int64_t high = queue(in, true).front()->price;
    const std::int64_t reference = in.last != 0 ? in.last : in.reference;
    std::set<std::int64_t> prices = {reference};
    for (const NaiveOrder& order : orders_) {
        if (!is_in(order, in) || order.state != "open" || !order.rests) continue;
        prices.insert({order.price - 1, order.price, order.price + 1});
    }
    std::vector<Cross> best;
    for (const std::int64_t price : prices) {
        if (price < low || price > high) continue;
        const Cross cross = cross_at(in, price);
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

void NaiveVenue::uncross(Instrument& in, Phase next) {
    const Cross cross = best_cross(in);
    lines_.push_back("UncrossBegun: " + in.symbol + " " + in_base(cross.volume()) + " @ " + in.price(cross.price) +
                     ", then " + std::string(name(next)));
    if (cross.price != 0) in.reference = cross.price;
    look_at_all_pegs(in);
    const auto first = [&](bool bids) -> NaiveOrder* {
        NaiveOrder* found = nullptr;
        for (const NaiveOrder* order : queue(in, bids)) {
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
        if (is_own_trade(halves_.size() - 1)) count(*bid, -2 * value(cross.price, lots));
    }
}

void NaiveVenue::note_gathering(const NaiveOrder& order) {
    Instrument& in = instrument_of(order);
    if (!gathers(in.phase) || !order.rests) return;
    const auto others = queue_for(order);
    if (others.empty()) return;
    const std::int64_t best = others.front()->price;
    if (order.buys ? order.price >= best : order.price <= best) demand_indication(in);
}

void NaiveVenue::demand_indication(Instrument& in) const {
    if (in.indication_due >= 0) return;
    in.indication_due = std::max(now_, in.told_at < 0 ? 0 : in.told_at + second / 10);
}

void NaiveVenue::indicate(Instrument& in) {
    const Cross cross = best_cross(in);
    lines_.push_back("IndicationChanged: " + in.symbol + " " + in_base(cross.volume()) + " @ " + in.price(cross.price) +
                     ", surplus " + in_base(cross.surplus()));
    in.told_at = now_;
    in.indication_due = -1;
}

}  // namespace venue::test
