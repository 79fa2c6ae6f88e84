// The worst that one message or one operator can ask of the whole engine, and how many instruments it bears.
#pragma once

#include <cstddef>

namespace bench {

/// Prints a JSON line each, medians of the rounds: a halt that cancels so many resting orders; an order that fills a
/// tenth as many, one by one; the end of an auction in which so many trade; a tenth as many stops, each of which
/// triggers the next; as many trailing stops as there may be, which all follow one trade; each with its follow-up
/// commands, and how long the longest command takes alone. And as many instruments as fills, with ten orders each:
/// commands a second, and memory.
void measure_extremes(std::size_t orders, int rounds);

/// Prints one JSON line: so many orders are placed and rest, come back from a snapshot in a file of their own, and are
/// all cancelled by a halt. Ten million take gigabytes of memory, and of what temporary files are in.
void measure_resting(std::size_t orders);

}  // namespace bench
