// When the last few groups became durable: so that a write to a socket, which knows its last event, can be measured
// from there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

#include "venue/model/ids.hpp"

namespace venue::telemetry {

class DurableMoments {
  public:
    /// The events from `first` to `last` became durable. Groups come in order. Any thread.
    void note(model::Sequence first, model::Sequence last, std::int64_t moment);
    /// Empty for an event that is none of the last groups': it was read from the journal. Any thread.
    [[nodiscard]] std::optional<std::int64_t> of(model::Sequence event) const;

  private:
    static constexpr std::size_t groups_max = 4'096;
    struct Moment {
        model::Sequence first;
        model::Sequence last;
        std::int64_t moment = 0;
    };

    mutable std::mutex mutex_;
    std::deque<Moment> moments_;
};

}  // namespace venue::telemetry
