#include "venue/engine/limits.hpp"

#include "venue/engine/match.hpp"
#include "venue/engine/pegs.hpp"
#include "venue/engine/phases.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::engine {
namespace {

/// What an order's own price is held against. One that waits for a price comes in when it has been traded at.
model::Price expected_price(const Proposal& p) {
    if (waits(p.order) && p.order.special->trigger != model::Price{}) return p.order.special->trigger;
    if (p.last != model::Price{}) return p.last;
    if (p.instrument->reference_price != model::Price{}) return p.instrument->reference_price;
    return p.opposite.value_or(model::Price{});
}

/// The price that an order's value is reckoned with; a pegged one's is its limit.
model::Price price_of(const Proposal& p) {
    const model::Price price = is_pegged(p.order) ? p.order.special.get().peg_limit : p.order.price;
    return price == model::Price{} ? expected_price(p) : price;
}

bool has_limit(model::OrderType type) {
    return type == model::OrderType::limit || type == model::OrderType::stop_limit;
}

}  // namespace

bool quantity_above_limit(const Proposal& p) {
    return p.limits.quantity != model::Quantity{} && p.order.quantity > p.limits.quantity && !asks_for_no_more(p);
}

bool notional_above_limit(const Proposal& p) {
    if (p.limits.notional == model::Amount{} || asks_for_no_more(p)) return false;
    if (p.cash) return *p.cash > p.limits.notional;
    const model::Int128 size = model::Int128{price_of(p).ticks} * p.order.quantity.lots;
    return size > p.limits.notional.units / p.instrument->quote_per_tick_lot.units;
}

bool price_far_from_last(const Proposal& p) {
    if (p.limits.fat_finger_bp == 0 || !has_limit(p.order.type) || asks_for_no_more(p)) return false;
    const model::Price expected = expected_price(p);
    if (expected == model::Price{}) return false;
    const model::Int128 above = model::Int128{p.order.price.ticks - expected.ticks} * model::basis_points;
    const model::Int128 most = model::Int128{expected.ticks} * p.limits.fat_finger_bp;
    return (p.order.side == model::Side::buy ? above : -above) > most;
}

bool takes_room(const Proposal& p) {
    return may_rest(p.order) || reception(p.order, p.instrument->phase) != Reception::trades;
}

bool too_many_open_orders(const Proposal& p) {
    return p.limits.open_orders != 0 && p.open_count >= p.limits.open_orders && takes_room(p);
}

}  // namespace venue::engine
