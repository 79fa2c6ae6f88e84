// How far prices may go.
#pragma once

#include <optional>

#include "venue/model/order.hpp"
#include "venue/model/reference.hpp"

namespace venue::engine {

/// Prices within it are allowed, both ends included.
struct Band {
    model::Price lower;
    model::Price upper;
    [[nodiscard]] bool has(model::Price price) const { return price >= lower && price <= upper; }
};

/// So many basis points up and down, to the last whole tick; never beyond the prices that there are.
Band band_around(model::Price price, std::int32_t basis_points);

/// How far the order may trade now that it comes in: within the band around its center, or where that is zero around
/// the other side's best price, and if it is at the market within the static band and the protection from that price.
/// Only an end that its own price lets it get beyond is noted.
void set_ends(model::Order& incoming, const model::Instrument& instrument, model::Price center,
              const std::optional<model::Price>& touch);

/// Of an order that isn't matched now.
void forget_ends(model::Order& order);

/// Whether the price is beyond an end that was set, or its end is not set.
bool is_beyond(model::Side side, model::Price price, model::Price end);

/// The band's end that such an order may pay or take at worst.
model::Price worst_of(const Band& band, model::Side side);

/// Around the reference price; none where the instrument has no such band, or no reference price yet.
std::optional<Band> static_band(const model::Instrument& instrument);

}  // namespace venue::engine
