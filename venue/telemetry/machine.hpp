// What the kernel says about this process and this machine's clock.
#pragma once

#include <cstdint>

namespace venue::telemetry {

/// Bytes of physical memory that the process has; zero where the kernel doesn't tell.
std::int64_t resident_bytes();

/// The wall clock, as the kernel's time discipline sees it (adjtimex). Times in seconds.
struct ClockState {
    bool is_synchronised = false;  ///< A daemon (chrony, ntpd, timesyncd) disciplines the clock.
    double offset = 0;             ///< What the daemon still has to correct.
    double error_max = 0;          ///< The clock is at most this far off, if it is synchronised.
};
ClockState clock_state();

/// How far the wall clock has run ahead of the monotonic one since this was made: a step of the wall clock shows here
/// even where no daemon disciplines it.
class WallClockDrift {
  public:
    WallClockDrift() : start_(wall_minus_monotonic()) {}
    [[nodiscard]] double seconds() const;

  private:
    static std::int64_t wall_minus_monotonic();
    std::int64_t start_;
};

}  // namespace venue::telemetry
