// The worst command that an operator can give: a halt that cancels everything.
#pragma once

#include <cstddef>

namespace bench {

/// Prints a JSON line: how long a halt takes that cancels so many resting orders, its follow-up commands included, and
/// how long the longest of these commands takes alone. Medians of the rounds.
void measure_halt(std::size_t orders, int rounds);

}  // namespace bench
