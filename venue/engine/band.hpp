// How far prices may go.
#pragma once

#include <optional>

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

/// Around the reference price; none where the instrument has no such band, or no reference price yet.
std::optional<Band> static_band(const model::Instrument& instrument);

}  // namespace venue::engine
