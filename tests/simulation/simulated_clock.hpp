// The operating system's clocks, which stand still until the simulation moves them. The session engine is a library
// that reads the system's clock by itself, and so do timers of the transport: this program stands in for the system
// instead of handing a clock to each of them.
#pragma once

#include <cstdint>

namespace venue::simulation::system_clock {

inline constexpr std::int64_t wall_start = 1'767'268'800'000'000'000;  ///< 2026-01-01T12:00:00Z.

/// Both clocks begin anew, the wall clock at `wall_start`.
void reset();
/// Time passes on both clocks.
void advance(std::int64_t nanoseconds);
/// Somebody sets the wall clock, forwards or backwards; time does not pass.
void jump(std::int64_t nanoseconds);
/// Nanoseconds since 1970.
std::int64_t wall();

}  // namespace venue::simulation::system_clock
