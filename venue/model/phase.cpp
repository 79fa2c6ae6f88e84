#include "venue/model/phase.hpp"

#include <algorithm>

namespace venue::model {

std::string_view name(Phase phase) {
    switch (phase) {
        case Phase::continuous:
            return "continuous";
        case Phase::closed:
            return "closed";
        case Phase::pre_open:
            return "pre_open";
        case Phase::opening_auction:
            return "opening_auction";
        case Phase::closing_auction:
            return "closing_auction";
        case Phase::volatility_auction:
            return "volatility_auction";
        case Phase::halted:
            return "halted";
        case Phase::post_only:
            return "post_only";
    }
    return "";
}

std::optional<Phase> phase_named(std::string_view wanted) {
    const auto* const found = std::ranges::find(all_phases, wanted, [](Phase phase) { return name(phase); });
    return found == all_phases.end() ? std::nullopt : std::optional(*found);
}

}  // namespace venue::model
