#include "venue/engine/triggers.hpp"

#include <algorithm>

#include "venue/model/listing_rules.hpp"

namespace venue::engine {

void Triggers::add(const model::Order& waiting) {
    // Before the first trade a trailing stop has nothing to trail, and no trigger price.
    if (waiting.special->trigger != model::Price{}) side_of(waiting).insert(key_of(waiting));
    if (!trails(*waiting.special)) return;
    trail_of(waiting).insert(anchor_key_of(waiting));
    ++trailing_counts_[waiting.participant];
}

void Triggers::remove(const model::Order& waiting) {
    side_of(waiting).erase(key_of(waiting));
    if (trail_of(waiting).erase(anchor_key_of(waiting)) == 0) return;
    const auto own = trailing_counts_.find(waiting.participant);
    if (--own->second == 0) trailing_counts_.erase(own);
}

std::size_t Triggers::trailing_count_of(model::ParticipantId participant) const {
    const auto found = trailing_counts_.find(participant);
    return found == trailing_counts_.end() ? 0 : found->second;
}

model::OrderId Triggers::behind() const {
    if (last_ == model::Price{}) return {};
    if (!trailing_up_.empty() && trailing_up_.begin()->first < last_.ticks) return trailing_up_.begin()->second;
    if (!trailing_down_.empty() && trailing_down_.begin()->first < -last_.ticks) return trailing_down_.begin()->second;
    return {};
}

std::pair<std::int64_t, model::OrderId> Triggers::anchor_key_of(const model::Order& waiting) {
    const std::int64_t ticks = waiting.special->anchor.ticks;
    if (waiting.special->waits_for == model::WaitsFor::fall) return {ticks, waiting.id};
    return {ticks == 0 ? no_anchor : -ticks, waiting.id};
}

bool trails(const model::SpecialTerms& terms) { return terms.trail_ticks != 0 || terms.trail_bp != 0; }

model::Price trigger_behind(const model::SpecialTerms& terms, model::Price anchor) {
    const std::int64_t part = std::max<std::int64_t>(anchor.ticks * terms.trail_bp / model::basis_points, 1);
    const std::int64_t distance = terms.trail_bp == 0 ? terms.trail_ticks : part;
    if (terms.waits_for == model::WaitsFor::rise) return {std::min(anchor.ticks + distance, model::price_ticks_max)};
    return {std::max<std::int64_t>(anchor.ticks - distance, 1)};
}

model::OrderId Triggers::due() const {
    if (last_ == model::Price{}) return {};
    if (!rising_.empty() && rising_.begin()->first <= last_.ticks) return rising_.begin()->second;
    if (!falling_.empty() && -falling_.begin()->first >= last_.ticks) return falling_.begin()->second;
    return {};
}

std::pair<std::int64_t, model::OrderId> Triggers::key_of(const model::Order& waiting) {
    const std::int64_t ticks = waiting.special->trigger.ticks;
    return {waiting.special->waits_for == model::WaitsFor::rise ? ticks : -ticks, waiting.id};
}

bool is_reached(const model::SpecialTerms& terms, model::Price last) {
    const bool waits = terms.waits_for != model::WaitsFor::nothing && terms.trigger != model::Price{};
    if (last == model::Price{} || !waits) return false;
    return terms.waits_for == model::WaitsFor::rise ? last >= terms.trigger : last <= terms.trigger;
}

}  // namespace venue::engine
