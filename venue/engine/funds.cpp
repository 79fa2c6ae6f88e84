#include "venue/engine/funds.hpp"

#include <algorithm>

namespace venue::engine {
namespace {

/// Rounds towards +infinity: a fee never falls short, and a rebate shrinks.
template <class Integer>
Integer rounded_up(Integer exact) {
    const Integer whole = exact / model::fee_rate_scale;
    return exact % model::fee_rate_scale > 0 ? whole + 1 : whole;
}

/// Nearly every fee is small: a division of 128 bits takes longer than all else that a fill is reckoned by.
model::Amount rounded_up(model::Amount exact) {
    const auto small = static_cast<std::int64_t>(exact.units);
    if (small == exact.units) return {rounded_up(small)};
    return {rounded_up(exact.units)};
}

model::FeeRate highest_rate(const model::Order& order) {
    return std::max({order.maker_rate, order.taker_rate, model::FeeRate{0}});
}

model::Quantity payable_buy(const model::Order& order, const model::Instrument& instrument, model::Price price,
                            model::Quantity wanted, model::Amount available, model::Amount spent) {
    const auto affordable = [&](std::int64_t lots) {
        return cost_of(order, instrument, spent + quote_value(instrument, price, {lots})) <= available;
    };
    if (affordable(wanted.lots)) return wanted;
    std::int64_t paid = 0;
    for (std::int64_t unpaid = wanted.lots; unpaid - paid > 1;) {
        const std::int64_t middle = paid + (unpaid - paid) / 2;
        (affordable(middle) ? paid : unpaid) = middle;
    }
    return {paid};
}

}  // namespace

model::Amount hold_of(const model::Order& order, const model::Instrument& instrument) {
    if (order.state != model::OrderState::open || is_dormant(order)) return {};
    const bool gathers = order.price != model::Price{};
    if (order.type == model::OrderType::market && !gathers) {
        const model::Amount cash = order.special.get().cash;
        return buys(order) || cash == model::Amount{} ? cash : base_value(instrument, order.leaves);
    }
    if (!buys(order)) return base_value(instrument, order.leaves);
    const model::Price most = order.type == model::OrderType::pegged ? order.special->peg_limit : order.price;
    const model::Amount value = quote_value(instrument, most, order.leaves);
    if (instrument.fee_source != model::FeeSource::quote) return value;
    return value + fee_of(order, highest_rate(order), value);
}

model::Amount fee_of(const model::Order& order, model::FeeRate rate, model::Amount value) {
    return rounded_up(order.fee_exact + times(value, rate)) - order.fee_charged;
}

model::Quantity payable(const model::Order& order, const model::Instrument& instrument, model::Price price,
                        model::Quantity wanted, model::Amount available, model::Amount spent) {
    if (buys(order)) return payable_buy(order, instrument, price, wanted, available, spent);
    const model::Int128 lots = (available - spent).units / instrument.base_per_lot.units;
    return lots < wanted.lots ? model::Quantity{static_cast<std::int64_t>(lots)} : wanted;
}

model::Amount cost_of(const model::Order& buy, const model::Instrument& instrument, model::Amount value) {
    if (instrument.fee_source != model::FeeSource::quote) return value;
    return value + fee_of(buy, buy.taker_rate, value);
}

}  // namespace venue::engine
