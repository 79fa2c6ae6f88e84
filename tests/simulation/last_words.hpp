// What a seed leaves when the process dies of it: a broken invariant, a sanitizer's finding, or an exception that
// nobody catches says where it happened, and this says in which seed, after which steps.
#pragma once

#include "tests/simulation/findings.hpp"

namespace venue::simulation {

/// While it lives, the seed is the one that a death is blamed on. There is one at a time.
class LastWords {
  public:
    LastWords(std::uint64_t seed, const Run& run);
    ~LastWords();
    LastWords(const LastWords&) = delete;
    LastWords& operator=(const LastWords&) = delete;

    /// Makes a death speak; once, before the first seed.
    static void prepare();
};

}  // namespace venue::simulation
