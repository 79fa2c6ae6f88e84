// The guard of invariants: always on, aborts with the sentence it was given, and never judges outside input.
#pragma once

namespace venue::model {

/// Prints the sentence with its place and aborts.
[[noreturn]] void invariant_broken(const char* sentence, const char* file, int line) noexcept;

}  // namespace venue::model

#define ensure(condition, sentence)                                                         \
    do {                                                                                    \
        if (!(condition)) ::venue::model::invariant_broken((sentence), __FILE__, __LINE__); \
    } while (false)
