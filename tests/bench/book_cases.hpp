// What `./dev bench book` measures.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/book_flow.hpp"

namespace bench {

struct BookOptions {
    std::size_t messages = 2'000'000;
    int rounds = 5;
    std::uint64_t seed = 1;
    std::string only;  ///< One profile's name; empty for all, and for what follows them.
};

struct ProfileFigures {
    double millions_per_second;
    double ratio;
};

double median(std::vector<double> figures);

/// Prints one line; exits with 1 when the two books disagree.
ProfileFigures measure_profile(const Profile& profile, const BookOptions& options);
/// What a word takes from one core to the other and back: the price of every report, and different on every machine.
void measure_round_trip();
/// Memory for each resting order, indexes included, and the slowest arrival on the way there. One process measures one
/// size, so that nothing is left over from another.
void measure_memory(std::size_t orders, bool one_price_each);
/// What ten thousand books cost, empty and with a few orders each.
void measure_many_books();
/// One order that fills ten thousand.
void measure_sweep();

}  // namespace bench
