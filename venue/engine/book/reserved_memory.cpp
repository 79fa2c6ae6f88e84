#include "venue/engine/book/reserved_memory.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>

namespace venue::engine::book {
namespace {

/// The first steps double, so that a small book stays small; the later ones are whole huge pages.
constexpr std::size_t step_min = std::size_t{64} << 10;
constexpr std::size_t step_max = std::size_t{2} << 20;

std::byte* addresses(std::size_t bytes) {
    void* const found = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return found == MAP_FAILED ? nullptr : static_cast<std::byte*>(found);
}

/// Beginning where a huge page may. The addresses before it and behind the end go back.
std::byte* aligned_addresses(std::size_t bytes) {
    if (bytes < step_max) return addresses(bytes);
    std::byte* const found = addresses(bytes + step_max);
    if (found == nullptr) return nullptr;
    const std::size_t before = (step_max - reinterpret_cast<std::uintptr_t>(found) % step_max) % step_max;
    if (before != 0) munmap(found, before);
    munmap(found + before + bytes, step_max - before);
    return found + before;
}

}  // namespace

ReservedMemory::~ReservedMemory() {
    if (begin_ != nullptr) munmap(begin_, reserved_);
}

bool ReservedMemory::reserve(std::size_t bytes_max) {
    reserved_ = (std::max(bytes_max, step_min) + step_min - 1) & ~(step_min - 1);
    for (; reserved_ >= step_min; reserved_ = reserved_ / 2 & ~(step_min - 1)) {
        begin_ = aligned_addresses(reserved_);
        if (begin_ != nullptr) return true;
    }
    return false;
}

bool ReservedMemory::grow() {
    const std::size_t step = std::min(std::clamp(usable_, step_min, step_max), reserved_ - usable_);
    if (step == 0 || mprotect(begin_ + usable_, step, PROT_READ | PROT_WRITE) != 0) return false;
    // Advice: a deep book is spread over few huge pages rather than many small ones. Refused, it only runs slower.
    if (step == step_max) (void)madvise(begin_ + usable_, step, MADV_HUGEPAGE);
    usable_ += step;
    return true;
}

}  // namespace venue::engine::book
