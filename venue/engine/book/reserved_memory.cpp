#include "venue/engine/book/reserved_memory.hpp"

#include <sys/mman.h>

#include <algorithm>

namespace venue::engine::book {
namespace {

/// The first steps double, so that a small book stays small. Pages come as they are touched, four kilobytes at a time:
/// whoever asked for huge ones would wait milliseconds for some of them.
constexpr std::size_t step_min = std::size_t{64} << 10;
constexpr std::size_t step_max = std::size_t{2} << 20;

std::byte* addresses(std::size_t bytes) {
    void* const found = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return found == MAP_FAILED ? nullptr : static_cast<std::byte*>(found);
}

}  // namespace

ReservedMemory::~ReservedMemory() {
    if (begin_ != nullptr) munmap(begin_, reserved_);
}

bool ReservedMemory::reserve(std::size_t bytes_max) {
    reserved_ = (std::max(bytes_max, step_min) + step_min - 1) & ~(step_min - 1);
    for (; reserved_ >= step_min; reserved_ = reserved_ / 2 & ~(step_min - 1)) {
        begin_ = addresses(reserved_);
        if (begin_ != nullptr) return true;
    }
    return false;
}

bool ReservedMemory::grow() {
    const std::size_t step = std::min(std::clamp(usable_, step_min, step_max), reserved_ - usable_);
    if (step == 0 || mprotect(begin_ + usable_, step, PROT_READ | PROT_WRITE) != 0) return false;
    usable_ += step;
    return true;
}

}  // namespace venue::engine::book
