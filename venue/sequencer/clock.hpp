// Where time comes from. Two clocks exist: the system's, and one that tests set.
#pragma once

#include "venue/model/time.hpp"

namespace venue::sequencer {

/// Nanoseconds of a clock that never steps. For measuring and for watching over threads; no outcome depends on it.
std::int64_t monotonic_now();

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual model::Timestamp now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] model::Timestamp now() const override;
};

/// Stands still until it is told otherwise.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(model::Timestamp start) : now_(start) {}
    [[nodiscard]] model::Timestamp now() const override { return now_; }
    void set(model::Timestamp time) { now_ = time; }

  private:
    model::Timestamp now_;
};

}  // namespace venue::sequencer
