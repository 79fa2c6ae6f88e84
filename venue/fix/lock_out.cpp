#include "venue/fix/lock_out.hpp"

namespace venue::fix {

/// The name, as the one that failed last.
LockOut::Known& LockOut::touch(std::string_view name) {
    if (const auto found = known_.find(name); found != known_.end()) {
        by_age_.splice(by_age_.end(), by_age_, found->second.place);
        return found->second;
    }
    if (known_.size() >= names_max_) {
        known_.erase(by_age_.front());
        by_age_.pop_front();
    }
    auto& known = known_[std::string(name)];
    known.place = by_age_.emplace(by_age_.end(), name);
    return known;
}

bool LockOut::add(std::string_view name, const LockOutLimits& limits, Time now) {
    auto& known = touch(name);
    if (known.failures == 0 || now - known.since > limits.within) {
        known.failures = 0;
        known.since = now;
    }
    if (++known.failures < limits.failures_max) return false;
    known.failures = 0;
    known.locked_until = now + limits.lasts;
    return true;
}

std::chrono::seconds LockOut::remaining(std::string_view name, Time now) const {
    const auto found = known_.find(name);
    if (found == known_.end() || found->second.locked_until <= now) return {};
    return std::chrono::ceil<std::chrono::seconds>(found->second.locked_until - now);
}

void LockOut::forget(std::string_view name) {
    const auto found = known_.find(name);
    if (found == known_.end()) return;
    by_age_.erase(found->second.place);
    known_.erase(found);
}

}  // namespace venue::fix
