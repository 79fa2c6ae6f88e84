#include "venue/telemetry/machine.hpp"

#include <sys/timex.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

namespace venue::telemetry {

std::int64_t resident_bytes() {
    std::int64_t total_pages = 0;
    std::int64_t resident_pages = 0;
    std::ifstream("/proc/self/statm") >> total_pages >> resident_pages;
    return resident_pages * ::sysconf(_SC_PAGESIZE);
}

ClockState clock_state() {
    timex kernel{};
    if (::adjtimex(&kernel) < 0) return {};
    const double unit = (kernel.status & STA_NANO) != 0 ? 1e-9 : 1e-6;
    return {(kernel.status & STA_UNSYNC) == 0, static_cast<double>(kernel.offset) * unit,
            static_cast<double>(kernel.maxerror) * 1e-6};
}

double WallClockDrift::seconds() const { return static_cast<double>(wall_minus_monotonic() - start_) / 1e9; }

std::int64_t WallClockDrift::wall_minus_monotonic() {
    using namespace std::chrono;
    const auto wall = duration_cast<nanoseconds>(system_clock::now().time_since_epoch());
    const auto monotonic = duration_cast<nanoseconds>(steady_clock::now().time_since_epoch());
    return (wall - monotonic).count();
}

}  // namespace venue::telemetry
