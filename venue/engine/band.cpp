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

std::optional<Band> static_band(const model::Instrument& instrument) {
    if (instrument.static_band_bp == 0 || instrument.reference_price == model::Price{}) return {};
    return band_around(instrument.reference_price, instrument.static_band_bp);
}

}  // namespace venue::engine
