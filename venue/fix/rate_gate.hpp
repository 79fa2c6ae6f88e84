// How many requests come: those of one session, and those of all sessions of its participant. What is too much is
// refused before it costs anything, and what is far too much ends the session. It belongs to the worker's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "venue/model/reference.hpp"

namespace venue::fix {

/// Requests that came since a window began. The next one begins with the first request behind its end.
class RateMeter {
  public:
    /// Counts one that came at `now`, in nanoseconds of any clock that never goes back.
    std::int64_t count(std::int64_t now, std::int64_t window);
    [[nodiscard]] std::int64_t ends_at() const { return ends_at_; }

  private:
    std::int64_t ends_at_ = 0;
    std::int64_t count_ = 0;
};

/// Why a request is not taken: "More than 50 requests in 1000 ms: none is left until 20261123-14:05:01.250, and 49 more
/// before that end the session."
struct RateExcess {
    bool ends_session = false;
    std::string text;
};

/// When a request was read, on the monotonic clock that windows are measured by, and what people are told of it.
struct RateMoment {
    std::int64_t monotonic = 0;
    model::Timestamp told;
};

class RateGate {
  public:
    RateGate(model::SessionId session, model::ParticipantId participant, std::shared_ptr<RateMeter> all)
        : session_(session), participant_(participant), all_(std::move(all)) {}

    /// Counts a message of that type, unless it is a cancel; empty when it is taken.
    std::optional<RateExcess> take(std::string_view type, const RateMoment& now,
                                   const std::shared_ptr<const model::Reference>& reference);

  private:
    void look_up(const std::shared_ptr<const model::Reference>& reference);

    const model::SessionId session_;
    const model::ParticipantId participant_;
    std::shared_ptr<const model::Reference> seen_;  ///< Where the limits were looked up.
    model::RateLimit session_limit_;
    model::RateLimit participant_limit_;
    RateMeter own_;
    std::shared_ptr<RateMeter> all_;  ///< Of all sessions of the participant.
};

}  // namespace venue::fix
