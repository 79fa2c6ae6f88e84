#include "venue/fix/rate_gate.hpp"

#include <algorithm>

#include "venue/fix/encode.hpp"

namespace venue::fix {
namespace {

struct Excess {
    bool ends_session = false;
    std::int64_t left = 0;  ///< That many more end the session; zero where nothing would end it.
    std::int64_t resets_in = 0;
};

/// Whoever takes risk away is never too fast.
bool is_cancel(std::string_view type) { return type == "F" || type == "q" || type == "K"; }

/// Empty while the count is within the limit.
std::optional<Excess> count(RateMeter& meter, const model::RateLimit& limit, std::int64_t now) {
    if (limit.requests == 0 && limit.logout_at == 0) return std::nullopt;
    const std::int64_t count = meter.count(now, limit.window_ns());
    Excess excess{.resets_in = meter.ends_at() - now};
    excess.ends_session = limit.logout_at != 0 && count > limit.logout_at;
    if (limit.logout_at != 0) excess.left = std::max<std::int64_t>(limit.logout_at - count + 1, 0);
    const bool is_refused = limit.requests != 0 && count > limit.requests;
    return excess.ends_session || is_refused ? std::optional(excess) : std::nullopt;
}

RateExcess told(const Excess& excess, const model::RateLimit& limit, std::string_view whose, const RateMoment& now) {
    const auto resets_at = fix_time({now.told.nanoseconds + excess.resets_in});
    const auto most = excess.ends_session ? limit.logout_at : limit.requests;
    auto text = "More than " + std::to_string(most) + " requests" + std::string(whose) + " in " +
                std::to_string(limit.window_ns() / 1'000'000) + " ms: ";
    if (excess.ends_session)
        return {true, text + "the session ends; requests are taken again from " + resets_at + " on."};
    text += "none is left until " + resets_at;
    if (excess.left == 0) return {false, text + "."};
    return {false, text + ", and " + std::to_string(excess.left) + " more before that end the session."};
}

}  // namespace

std::int64_t RateMeter::count(std::int64_t now, std::int64_t window) {
    // A window that was made shorter holds at once.
    if (now >= ends_at_ || ends_at_ - now > window) {
        ends_at_ = now + window;
        count_ = 0;
    }
    return ++count_;
}

void RateGate::look_up(const std::shared_ptr<const model::Reference>& reference) {
    seen_ = reference;
    session_limit_ = participant_limit_ = {};
    const auto participant = reference->participants.find(participant_);
    if (participant == reference->participants.end()) return;
    participant_limit_ = participant->second.rate;
    const auto own = participant->second.session_rates.find(session_);
    if (own != participant->second.session_rates.end()) session_limit_ = own->second;
}

std::optional<RateExcess> RateGate::take(std::string_view type, const RateMoment& now,
                                         const std::shared_ptr<const model::Reference>& reference) {
    if (is_cancel(type)) return std::nullopt;
    if (reference != seen_) look_up(reference);
    // Both count it: what one refuses is not the other's gain.
    const auto own = count(own_, session_limit_, now.monotonic);
    const auto all = count(*all_, participant_limit_, now.monotonic);
    if (!own && !all) return std::nullopt;
    const bool is_own = own && (own->ends_session || !all || !all->ends_session);
    return is_own ? told(*own, session_limit_, "", now)
                  : told(*all, participant_limit_, " from the participant's sessions", now);
}

}  // namespace venue::fix
