#include "venue/sequencer/clock.hpp"

#include <chrono>

namespace venue::sequencer {

std::int64_t monotonic_now() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

model::Timestamp SystemClock::now() const {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(since_1970).count()};
}

}  // namespace venue::sequencer
