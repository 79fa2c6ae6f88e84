// The worst that one message or one operator can ask of the whole engine, and how many instruments it bears.
#pragma once

#include <cstddef>

namespace bench {

/// Prints a JSON line each, medians of the rounds: a halt that cancels so many resting orders; an order that fills a
/// tenth as many, one by one; each with its follow-up commands, and how long the longest command takes alone. And as
/// many instruments as fills, with ten orders each: commands a second, and memory.
void measure_extremes(std::size_t orders, int rounds);

}  // namespace bench
