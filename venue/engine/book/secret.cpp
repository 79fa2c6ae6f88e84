#include "venue/engine/book/secret.hpp"

#include <random>

namespace venue::engine::book {
namespace {

std::uint64_t drawn(std::random_device& source) {
    const std::uint64_t high = source();
    return high << 32 | source();
}

Secret drawn_secret() {
    std::random_device source;
    // The factor is odd, so that it is never zero.
    return {drawn(source), drawn(source) | 1};
}

}  // namespace

const Secret& process_secret() {
    static const Secret secret = drawn_secret();
    return secret;
}

}  // namespace venue::engine::book
