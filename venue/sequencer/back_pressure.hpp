// What may come in while the journal falls behind: first more slowly, then only what takes risk away.
#pragma once

#include <cstdint>
#include <optional>

#include "venue/model/request.hpp"

namespace venue::sequencer {

class BackPressure {
  public:
    /// `room` requests may wait before reading pauses: few enough that whoever comes next is judged within a fraction
    /// of a second.
    explicit BackPressure(std::size_t room) : room_(room) {}

    /// Judges by how many requests wait at `now`, a moment of the monotonic clock. Reading pauses while there is no
    /// room. When half of it hasn't been free again for longer than a burst takes, cancels come in and everything else
    /// is refused, until it is. Even then no more than a few times the room may wait.
    model::Admission judge(std::size_t waiting, std::int64_t now);

  private:
    const std::size_t room_;
    std::optional<std::int64_t> full_since_;
};

}  // namespace venue::sequencer
