// What orders cost: values, holds and fees. Exact integers; only a fee rounds, upwards over the order's whole life.
#pragma once

#include "venue/model/order.hpp"
#include "venue/model/reference.hpp"

namespace venue::engine {

/// Quote ledger units that `quantity` is worth at `price`.
inline model::Amount quote_value(const model::Instrument& instrument, model::Price price, model::Quantity quantity) {
    return {instrument.quote_per_tick_lot.units * price.ticks * quantity.lots};
}
inline model::Amount base_value(const model::Instrument& instrument, model::Quantity quantity) {
    return times(instrument.base_per_lot, quantity.lots);
}

inline bool buys(const model::Order& order) { return order.side == model::Side::buy; }

/// The asset that the order pays with, and so the one its hold is in.
inline model::AssetId hold_asset(const model::Order& order, const model::Instrument& instrument) {
    return buys(order) ? instrument.quote : instrument.base;
}
/// What the order must have set aside for its leaves: nothing when it is closed or a market order, but what is left of
/// its cash when it is a buy by cash, its leaves when it is a sale by cash, and the worst that it takes when it gathers
/// for an auction. A quote fee on a buy counts at the higher of the two rates, so that it is covered whichever side of
/// the trade the order turns out to be.
model::Amount hold_of(const model::Order& order, const model::Instrument& instrument);

/// The asset that the order's fees are taken from.
inline model::AssetId fee_asset(const model::Order& order, const model::Instrument& instrument) {
    if (instrument.fee_source == model::FeeSource::quote) return instrument.quote;
    return buys(order) ? instrument.base : instrument.quote;
}
/// What one more fill of that value in the fee asset costs: the rounded sum less what was charged before, so many small
/// fills cost no more than one. Negative for a rebate.
model::Amount fee_of(const model::Order& order, model::FeeRate rate, model::Amount value);

/// The most lots, up to `wanted`, that a market order pays for at `price` with what is available, having `spent` some
/// of it: quote for a buy, without its fee, base for a sell.
model::Quantity payable(const model::Order& order, const model::Instrument& instrument, model::Price price,
                        model::Quantity wanted, model::Amount available, model::Amount spent = {});
/// What a buy pays for `value` more as the incoming side: the value, and its fee if that is taken in quote.
model::Amount cost_of(const model::Order& buy, const model::Instrument& instrument, model::Amount value);

}  // namespace venue::engine
