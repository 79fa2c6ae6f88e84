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
    /// room. When that has lasted too long to be a burst, cancels come in and everything else is refused, until half of
    /// the room is free again. Even then no more than a few times the room may wait.
    model::Admission judge(std::size_t waiting, std::int64_t now);

  private:
    const std::size_t room_;
    std::optional<std::int64_t> full_since_;
    bool busy_ = false;
};

}  // namespace venue::sequencer
