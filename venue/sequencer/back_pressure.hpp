// What may come in while the journal falls behind: first more slowly, then only what takes risk away.
#pragma once

#include <cstddef>
#include <cstdint>

#include "venue/model/request.hpp"

namespace venue::sequencer {

class BackPressure {
  public:
    /// `room` requests may wait before reading pauses: few enough that whoever comes next is judged within a fraction
    /// of a second.
    explicit BackPressure(std::size_t room) : room_(room) {}

    /// Judges by how many requests wait, and how long the oldest of them has, in nanoseconds. Reading pauses while
    /// there is no room. Once the oldest has waited for longer than a burst takes, cancels come in and everything else
    /// is refused, until nobody waits for long any more. Even then no more than a few times the room may wait.
    model::Admission judge(std::size_t waiting, std::int64_t waited);

  private:
    const std::size_t room_;
    bool is_behind_ = false;
};

}  // namespace venue::sequencer
