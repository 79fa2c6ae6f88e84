#include "venue/engine/reach.hpp"

#include <algorithm>

#include "venue/engine/funds.hpp"

namespace venue::engine {
namespace {

using model::Amount;
using model::Order;
using model::Quantity;

Amount value_of(const Order& order, const model::Instrument& instrument, model::Price price, Quantity lots) {
    return order.side == model::Side::buy ? quote_value(instrument, price, lots) : base_value(instrument, lots);
}

}  // namespace

Quantity reach(const State& state, const Order& incoming) {
    const model::Instrument& instrument = state.instrument(incoming.instrument);
    const bool has_budget = incoming.type == model::OrderType::market;
    const Amount budget = has_budget ? budget_of(state, incoming) : Amount{};
    Quantity open = incoming.leaves;
    Amount spent;
    for (const auto& [rank, level] : state.book(incoming.instrument).levels(opposite(incoming.side))) {
        if (open == Quantity{} || !accepts(incoming, level.price)) break;
        const Quantity there = std::min(open, level.size);
        const Quantity lots = has_budget ? payable(incoming, instrument, level.price, there, budget, spent) : there;
        open -= lots;
        if (lots < there) break;
        if (has_budget) spent += value_of(incoming, instrument, level.price, lots);
    }
    return incoming.leaves - open;
}

Amount budget_of(const State& state, const Order& market_order) {
    if (!pays_as_it_goes(market_order)) return market_order.special->cash;
    return state.balance(market_order.account, hold_asset(market_order, state.instrument(market_order.instrument)))
        .available;
}

bool pays_as_it_goes(const Order& order) {
    return order.type == model::OrderType::market && order.special.get().cash == Amount{};
}

}  // namespace venue::engine
