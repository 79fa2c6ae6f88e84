// How the naive venue's orders meet.
#include "tests/property/naive_rules.hpp"

namespace venue::test {

/// Plays the sweep on copies of what rests.
std::int64_t NaiveVenue::reach(const NaiveOrder& order, std::int64_t wanted) const {
    const bool spends_cash = order.cash > 0 && order.buys;
    const Units budget = spends_cash ? order.cash : order.market ? available(order.account, held_asset(order)) : 0;
    Units brought = 0;
    std::vector<NaiveOrder> copies;
    std::set<std::size_t> lists;
    for (const NaiveOrder* resting : queue_for(order)) {
        const bool others = resting->role == model::ListRole::cancels_others;
        if (!others || lists.insert(resting->list).second) copies.push_back(*resting);
    }
    std::int64_t arrival = arrivals_;
    Units spent = 0;
    for (std::int64_t lots = 0;;) {
        const auto best = std::ranges::min_element(copies, [&](const NaiveOrder& a, const NaiveOrder& b) {
            if (a.price != b.price) return order.buys ? a.price < b.price : a.price > b.price;
            return a.arrival < b.arrival;
        });
        if (lots == wanted || best == copies.end() || !crosses(order, best->price)) return lots;
        const model::SelfTrade own = rule(order, *best);
        if (own != model::SelfTrade::allowed && own != model::SelfTrade::cancel_oldest) return lots;
        const std::int64_t most = own == model::SelfTrade::cancel_oldest ? 0 : std::min(wanted - lots, best->shown());
        for (std::int64_t n = 0; n < most; ++n, ++lots) {
            spent += order.buys ? value(best->price, 1) : lot_units;
            if (order.market && (order.buys ? cost(order, spent) : spent) > budget) return lots;
            brought += value(best->price, 1);
            if (order.cash > 0 && !order.buys && brought > order.cash) return lots;
        }
        best->cum += most;
        const bool shows_next = best->display > 0 && best->displayed == most;
        best->displayed = shows_next ? std::min(best->display, best->leaves()) : best->displayed - most;
        if (shows_next) best->arrival = ++arrival;
        if (most == 0 || best->leaves() == 0) copies.erase(best);
    }
}

bool NaiveVenue::would_trade(const NaiveOrder& order) const {
    const auto others = queue_for(order);
    return !others.empty() && wants(order, others.front()->price);
}

void NaiveVenue::move_off_the_touch(NaiveOrder& order) const {
    if (order.post_only != model::PostOnly::reprice || order.price <= 0 || !would_trade(order)) return;
    order.price = queue_for(order).front()->price + (order.buys ? -1 : 1);
}

void NaiveVenue::sweep(std::size_t index) {
    NaiveOrder& order = orders_[index];
    while (order.leaves() > 0) {
        NaiveOrder* resting = best_for(order);
        if (resting == nullptr) break;
        if (rule(order, *resting) != model::SelfTrade::allowed) {
            const bool decrements = rule(order, *resting) == model::SelfTrade::decrement;
            if (decrements && (cancel_the_others(order) || cancel_the_others(*resting))) continue;
            part(order, *resting);
            continue;
        }
        std::int64_t lots = std::min(order.leaves(), resting->shown());
        const auto payable = [&] {
            const Units costs = order.buys ? cost(order, value(resting->price, lots)) : lots * lot_units;
            return costs <= available(order.account, held_asset(order));
        };
        while (order.market && order.cash == 0 && lots > 0 && !payable()) --lots;
        if (lots == 0) break;
        if (cancel_the_others(order) || cancel_the_others(*resting)) continue;
        trade(order, *resting, lots);
    }
    if (order.leaves() == 0 || stop(order) || order.rests) return;
    cancel_for(order, best_for(order) == nullptr ? "no_match_left" : "unpayable");
}

model::SelfTrade NaiveVenue::rule(const NaiveOrder& incoming, const NaiveOrder& resting) const {
    if (incoming.participant != resting.participant || incoming.group != resting.group)
        return model::SelfTrade::allowed;
    if (incoming.self_trade != model::SelfTrade::allowed) return incoming.self_trade;
    const auto chosen = rules_.find(incoming.participant);
    return chosen == rules_.end() ? model::SelfTrade::allowed : chosen->second;
}

void NaiveVenue::part(NaiveOrder& incoming, NaiveOrder& resting) {
    const model::SelfTrade how = rule(incoming, resting);
    const std::int64_t lots = std::min(incoming.leaves(), resting.leaves());
    if (how == model::SelfTrade::decrement) {
        decrement(incoming, lots);
        decrement(resting, lots);
        return;
    }
    if (how != model::SelfTrade::cancel_oldest) cancel_for(incoming, "self_trade_prevented");
    // Its list may have ended with the other.
    if (how != model::SelfTrade::cancel_newest && resting.state == "open") cancel_for(resting, "self_trade_prevented");
}

void NaiveVenue::decrement(NaiveOrder& order, std::int64_t lots) {
    if (order.leaves() == lots) return cancel_for(order, "self_trade_prevented");
    order.quantity -= lots;
    order.displayed = std::min(order.displayed, order.leaves());
    lines_.push_back("OrderRestated to " + order.session + ": " + told(order) +
                     ", self_trade_prevented, kept its place");
}

void NaiveVenue::cancel_for(NaiveOrder& order, const std::string& why) {
    end(order, "cancelled");
    lines_.push_back("OrderCancelled to " + order.session + ": " + told(order) + ", " + why);
    end_list(order);
}

void NaiveVenue::trade(NaiveOrder& incoming, NaiveOrder& resting, std::int64_t lots) {
    const std::int64_t price = resting.price;
    lines_.push_back(fill(incoming, price, lots, Part::incoming));
    lines_.push_back(fill(resting, price, lots, Part::resting));
    if (is_own_trade(halves_.size() - 1)) count(incoming, -2 * value(price, lots));
}

/// Either half of it.
bool NaiveVenue::is_own_trade(std::size_t half) const {
    return orders_[halves_[half].order].participant == orders_[halves_[half ^ 1U].order].participant;
}

/// Towards a tier. Who trades with himself earns none by it.
void NaiveVenue::count(const NaiveOrder& order, Units worth, std::int64_t days_ago) {
    if (fees_due_ != 0) volumes_[order.participant][instrument_of(order).quote][fee_day_ - days_ago] += worth;
}

/// True when an iceberg that rests has shown its tranche and takes the next.
bool NaiveVenue::uncover(NaiveOrder& order, std::int64_t lots, Part part) {
    const std::int64_t tranche = std::min(order.display, order.leaves());
    order.displayed = part == Part::incoming ? tranche : std::max<std::int64_t>(0, order.displayed - lots);
    if (order.display == 0 || part == Part::incoming || order.displayed > 0 || order.leaves() == 0) return false;
    order.displayed = tranche;
    if (part == Part::crossed) return false;
    order.arrival = ++arrivals_;
    return true;
}

std::int64_t NaiveVenue::rate(const NaiveOrder& order, Part part) const {
    if (part == Part::incoming) return order.taker;
    const auto& auction = instrument_of(order).fees.auction;
    if (part == Part::resting || !auction) return order.maker;
    return std::min(*auction, std::max<std::int64_t>({order.maker, order.taker, 0}));
}

std::string NaiveVenue::fill(NaiveOrder& order, std::int64_t price, std::int64_t lots, Part part) {
    const Units base = lot_units * lots;
    const Units quote = value(price, lots);
    Instrument& in = instrument_of(order);
    const bool fee_in_base = fee_asset(order) == in.base;
    const Units charged = fee(order, rate(order, part), fee_in_base ? base : quote);
    order.fee_parts.push_back(rate(order, part) * (fee_in_base ? base : quote));
    order.fee_charged += charged;
    const std::int64_t limit = order.market ? 0 : order.peg == model::Peg::none ? order.price : order.limit;
    halves_.push_back({static_cast<std::size_t>(&order - orders_.data()), price, lots, charged, price, now_, limit});
    order.cum += lots;
    count(order, quote);
    in.last = in.band_center = price;
    if (order.cum == order.quantity) end(order, "filled");
    total(order.account, in.base) += order.buys ? base : -base;
    total(order.account, in.quote) += order.buys ? -quote : quote;
    total(order.account, fee_asset(order)) -= charged;
    const bool uncovers = uncover(order, lots, part);
    if (order.cash > 0) order.cash_left -= quote + (fee_in_base || !order.buys ? 0 : charged);
    std::string line = "OrderTraded to " + order.session + ": " + told(order) + ", " + in_base(lots) + " @ " +
                       in.price(price) + " as " +
                       (part == Part::crossed    ? "crossed"
                        : part == Part::incoming ? "incoming"
                                                 : "resting");
    if (charged != 0) line += ", fee " + in_units(fee_asset(order), charged) + " " + fee_asset(order);
    if (uncovers) line += ", refreshed";
    return line;
}

}  // namespace venue::test
