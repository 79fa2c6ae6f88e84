#include "venue/model/ensure.hpp"

#include <cstdio>
#include <cstdlib>

namespace venue::model {

void invariant_broken(const char* sentence, const char* file, int line) noexcept {
    std::fprintf(stderr, "invariant broken: %s (%s:%d)\n", sentence, file, line);
    std::abort();
}

}  // namespace venue::model
