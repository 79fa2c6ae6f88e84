// The one price at which orders that gathered trade with each other.
#pragma once

#include <span>

#include "venue/engine/state.hpp"

namespace venue::engine {

struct Equilibrium {
    model::Price price;  ///< Zero when nothing trades.
    model::Quantity volume;
    model::Quantity surplus;  ///< What buyers want more; negative where sellers do.
    bool operator==(const Equilibrium&) const = default;
};

/// What rests at one price, hidden tranches included.
struct Interest {
    std::int64_t ticks = 0;
    model::Int128 lots = 0;
};

/// Of the prices with the largest volume, those with the smallest surplus; of these the highest where only buyers are
/// left over, the lowest where only sellers are; or else the one next to the reference, and without one the highest.
/// Both sides best first, and only as far as they cross.
Equilibrium equilibrium(std::span<const Interest> bids, std::span<const Interest> offers, model::Price reference);
/// Of the instrument's book as it is. It looks at the levels that cross and at no other.
Equilibrium equilibrium(const State& state, model::InstrumentId instrument);

bool is_crossed(const Book& book);

}  // namespace venue::engine
