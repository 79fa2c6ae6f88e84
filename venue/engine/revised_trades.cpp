#include "venue/engine/revised_trades.hpp"

namespace venue::engine {

void RevisedTrades::remember(model::MatchId match, model::Price price) {
    prices_[match] = price;
    if (prices_.size() <= revised_trades_max) return;
    forgotten_ = prices_.begin()->first;
    prices_.erase(prices_.begin());
}

const model::Price* RevisedTrades::find(model::MatchId match) const {
    const auto found = prices_.find(match);
    return found == prices_.end() ? nullptr : &found->second;
}

}  // namespace venue::engine
