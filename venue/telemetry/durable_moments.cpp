#include "venue/telemetry/durable_moments.hpp"

#include <algorithm>

namespace venue::telemetry {

void DurableMoments::note(model::Sequence first, model::Sequence last, std::int64_t moment) {
    const std::lock_guard lock(mutex_);
    moments_.push_back({first, last, moment});
    if (moments_.size() > groups_max) moments_.pop_front();
}

std::optional<std::int64_t> DurableMoments::of(model::Sequence event) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::lower_bound(moments_, event, {}, &Moment::last);
    if (found == moments_.end() || event < found->first) return {};
    return found->moment;
}

}  // namespace venue::telemetry
