#include "venue/engine/reach.hpp"

#include <algorithm>
#include <set>

#include "venue/engine/band.hpp"
#include "venue/engine/funds.hpp"
#include "venue/engine/lists.hpp"
#include "venue/engine/self_trade.hpp"

namespace venue::engine {
namespace {

using model::Amount;
using model::Order;
using model::Quantity;

Amount value_of(const Order& order, const model::Instrument& instrument, model::Price price, Quantity lots) {
    return order.side == model::Side::buy ? quote_value(instrument, price, lots) : base_value(instrument, lots);
}

/// As many as bring no more than that.
Quantity lots_for(Amount cash, const model::Instrument& instrument, model::Price price) {
    const model::Int128 lots = cash.units / quote_value(instrument, price, {1}).units;
    return {static_cast<std::int64_t>(std::min<model::Int128>(lots, model::quantity_lots_max))};
}

/// Walks a level as a sweep would.
struct LevelWalk {
    const Order& incoming;
    model::SelfTrade own_rule;
    bool is_over = false;  ///< An own order stands in the way, or one too many was looked at.
    int looks_left = looks_per_reach_max;
    std::set<model::OrderId> lists{};  ///< Of which one order was met, so that the others won't be there.

    bool is_cancelled_by_another(const Order& order) {
        return cancels_others(order) && !lists.insert(order.special->list).second;
    }

    /// At most `wanted`; hidden tranches included, unless the walk ends before them.
    Quantity available_in(const Book& book, const Level& level, Quantity wanted) {
        Quantity there;
        Quantity shown;
        for (auto* known = book.first_of(level); known != nullptr && shown < wanted; known = book.behind(*known)) {
            if (looks_left-- == 0) {
                is_over = true;
                return std::min(shown, wanted);
            }
            if (is_cancelled_by_another(known->order)) continue;
            if (own_rule != model::SelfTrade::allowed && are_own(incoming, known->order)) {
                if (own_rule == model::SelfTrade::cancel_oldest) continue;
                is_over = true;
                return std::min(shown, wanted);
            }
            // Never more than is wanted, so that no sum of hidden quantities overflows.
            there = std::min(there + known->order.leaves, wanted);
            shown += displayed(known->order);
        }
        return there;
    }
};

}  // namespace

Quantity reach(const State& state, const Order& incoming, Quantity enough) {
    const model::Instrument& instrument = state.instrument(incoming.instrument);
    const bool has_budget = incoming.type == model::OrderType::market;
    const Amount budget = has_budget ? budget_of(state, incoming) : Amount{};
    const bool sells_for_cash = has_budget && incoming.side == model::Side::sell && !pays_as_it_goes(incoming);
    Amount wanted = sells_for_cash ? incoming.special->cash : Amount{};
    LevelWalk walk{incoming, rule_of(state, incoming)};
    Quantity open = enough;
    Amount spent;
    const Book& book = state.book(incoming.instrument);
    for (auto level = book.best(opposite(incoming.side)); level; level = book.after(*level)) {
        if (open == Quantity{} || walk.is_over || !accepts(incoming, level->price)) break;
        const Quantity there = walk.available_in(book, *level, open);
        Quantity lots = has_budget ? payable(incoming, instrument, level->price, there, budget, spent) : there;
        if (sells_for_cash) lots = std::min(lots, lots_for(wanted, instrument, level->price));
        open -= lots;
        if (sells_for_cash) wanted -= quote_value(instrument, level->price, lots);
        if (lots < there) break;
        if (has_budget) spent += value_of(incoming, instrument, level->price, lots);
    }
    return enough - open;
}

void set_ends_now(const State& state, Order& order) {
    const auto* const best = state.book(order.instrument).front(opposite(order.side));
    const auto* const triggers = state.triggers_of(order.instrument);
    set_ends(order, state.instrument(order.instrument), triggers == nullptr ? model::Price{} : triggers->band_center(),
             best == nullptr ? std::nullopt : std::optional(best->order.price));
}

Amount budget_of(const State& state, const Order& market_order) {
    const bool buys = market_order.side == model::Side::buy;
    if (buys && !pays_as_it_goes(market_order)) return market_order.special->cash;
    return state.balance(market_order.account, hold_asset(market_order, state.instrument(market_order.instrument)))
        .available;
}

bool pays_as_it_goes(const Order& order) {
    return order.type == model::OrderType::market && order.special.get().cash == Amount{};
}

}  // namespace venue::engine
