#include "tests/simulation/simulated_clock.hpp"

#include <pthread.h>
#include <sys/time.h>
#include <cerrno>
#include <ctime>

namespace venue::simulation::system_clock {
namespace {

constexpr std::int64_t second = 1'000'000'000;

std::int64_t wall_now = wall_start;
std::int64_t since_boot = second;

}  // namespace

void reset() {
    wall_now = wall_start;
    since_boot = second;
}
void advance(std::int64_t nanoseconds) {
    wall_now += nanoseconds;
    since_boot += nanoseconds;
}
void jump(std::int64_t nanoseconds) { wall_now += nanoseconds; }
std::int64_t wall() { return wall_now; }

}  // namespace venue::simulation::system_clock

// What the C library offers, for every library of this process: a program's own symbols come first.
namespace simulated = venue::simulation::system_clock;

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const bool is_wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    const auto now = is_wall ? simulated::wall_now : simulated::since_boot;
    *time = {now / simulated::second, now % simulated::second};
    return 0;
}

extern "C" int gettimeofday(timeval* time, void* /*zone*/) noexcept {
    *time = {simulated::wall_now / simulated::second, simulated::wall_now % simulated::second / 1'000};
    return 0;
}

extern "C" time_t time(time_t* time) noexcept {
    const time_t now = simulated::wall_now / simulated::second;
    if (time != nullptr) *time = now;
    return now;
}

/// There is one thread: nobody else could end a wait.
extern "C" int pthread_cond_clockwait(pthread_cond_t* /*condition*/, pthread_mutex_t* /*mutex*/, clockid_t /*clock*/,
                                      const timespec* /*until*/) {
    return ETIMEDOUT;
}
