#include "venue/engine/band.hpp"

#include <algorithm>

#include "venue/model/listing_rules.hpp"

namespace venue::engine {

Band band_around(model::Price price, std::int32_t basis_points) {
    // At most 10^14 ticks and 20,000 basis points: far below 2^63.
    const std::int64_t below = price.ticks * (model::basis_points - basis_points);
    const std::int64_t above = price.ticks * (model::basis_points + basis_points);
    const std::int64_t lowest = (below + model::basis_points - 1) / model::basis_points;
    return {{std::max<std::int64_t>(lowest, 1)}, {std::min(above / model::basis_points, model::price_ticks_max)}};
}

namespace {

using model::Order;
using model::Price;

bool is_at_market(const Order& order) {
    return order.type != model::OrderType::limit && order.type != model::OrderType::stop_limit;
}

/// The end, where the order's own price lets it get beyond it.
Price end_for(const Order& order, Price end) {
    const bool has_price = order.price != Price{};
    return has_price && !is_beyond(order.side, order.price, end) ? Price{} : end;
}

/// Around the center, and for an order at the market around the reference price, too: the price of any other was held
/// against that when it came. The nearer end of both.
Price band_end_for(const Order& order, const model::Instrument& instrument, Price center) {
    Price nearest;
    const auto take = [&](const Band& band) {
        const Price end = worst_of(band, order.side);
        if (nearest == Price{} || is_beyond(order.side, nearest, end)) nearest = end;
    };
    if (instrument.dynamic_band_bp != 0 && center != Price{}) take(band_around(center, instrument.dynamic_band_bp));
    if (const auto band = static_band(instrument); band && is_at_market(order)) take(*band);
    return nearest == Price{} ? nearest : end_for(order, nearest);
}

void note_ends(Order& order, Price band_end, Price protection_end) {
    const bool has_one = band_end != Price{} || protection_end != Price{};
    if (!has_one && !order.special) return;
    if (!order.special) order.special.emplace();
    order.special->band_end = band_end;
    order.special->protection_end = protection_end;
    if (*order.special == model::SpecialTerms{}) order.special = {};
}

}  // namespace

bool is_beyond(model::Side side, Price price, Price end) {
    if (end == Price{}) return false;
    return side == model::Side::buy ? price > end : price < end;
}

void set_ends(Order& incoming, const model::Instrument& instrument, Price center, const std::optional<Price>& touch) {
    // One that is pegged only rests beside the best prices, and moves with them.
    if (incoming.type == model::OrderType::pegged) return forget_ends(incoming);
    if (center == Price{} && touch) center = *touch;
    Price protection_end;
    if (instrument.protection_bp != 0 && touch && is_at_market(incoming)) {
        protection_end = end_for(incoming, worst_of(band_around(*touch, instrument.protection_bp), incoming.side));
    }
    note_ends(incoming, band_end_for(incoming, instrument, center), protection_end);
}

void forget_ends(Order& order) { note_ends(order, {}, {}); }

Price worst_of(const Band& band, model::Side side) { return side == model::Side::buy ? band.upper : band.lower; }

std::optional<Band> static_band(const model::Instrument& instrument) {
    if (instrument.static_band_bp == 0 || instrument.reference_price == model::Price{}) return {};
    return band_around(instrument.reference_price, instrument.static_band_bp);
}

}  // namespace venue::engine
