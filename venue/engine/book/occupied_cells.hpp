// Which of 2^18 cells are occupied: a bitmap of three levels with 64 ways each. The nearest occupied cell in either
// direction is found with at most five words. The cells form a ring: behind the last one comes the first. It lives in
// zeroed memory, where none is occupied, and touches no page before it must.
#pragma once

#include <bit>
#include <cstdint>

namespace venue::engine::book {

class OccupiedCells {
  public:
    static constexpr std::uint32_t count = 1U << 18;

    [[nodiscard]] bool empty() const { return top_ == 0; }
    [[nodiscard]] bool has(std::uint32_t cell) const { return (bottom_[cell >> 6] >> (cell & 63) & 1) != 0; }

    void add(std::uint32_t cell) {
        bottom_[cell >> 6] |= bit(cell);
        middle_[cell >> 12] |= bit(cell >> 6);
        top_ |= bit(cell >> 12);
    }
    void remove(std::uint32_t cell) {
        if ((bottom_[cell >> 6] &= ~bit(cell)) != 0) return;
        if ((middle_[cell >> 12] &= ~bit(cell >> 6)) != 0) return;
        top_ &= ~bit(cell >> 12);
    }

    /// The first occupied cell from this one on. There must be one.
    [[nodiscard]] std::uint32_t first_from(std::uint32_t cell) const {
        const std::uint64_t here = bottom_[cell >> 6] >> (cell & 63);
        if (here != 0) return cell + lowest(here);
        std::uint32_t block = cell >> 12;
        std::uint64_t words = middle_[block] & above(cell >> 6);
        if (words == 0) {
            const std::uint64_t blocks = top_ & above(block);
            block = lowest(blocks != 0 ? blocks : top_);
            words = middle_[block];
        }
        const std::uint32_t word = block << 6 | lowest(words);
        return word << 6 | lowest(bottom_[word]);
    }

    /// The last occupied cell up to this one. There must be one.
    [[nodiscard]] std::uint32_t last_to(std::uint32_t cell) const {
        const std::uint64_t here = bottom_[cell >> 6] & ~above(cell);
        if (here != 0) return (cell & ~63U) | highest(here);
        std::uint32_t block = cell >> 12;
        std::uint64_t words = middle_[block] & below(cell >> 6);
        if (words == 0) {
            const std::uint64_t blocks = top_ & below(block);
            block = highest(blocks != 0 ? blocks : top_);
            words = middle_[block];
        }
        const std::uint32_t word = block << 6 | highest(words);
        return word << 6 | highest(bottom_[word]);
    }

  private:
    static std::uint64_t bit(std::uint32_t at) { return std::uint64_t{1} << (at & 63); }
    static std::uint64_t above(std::uint32_t at) { return ~std::uint64_t{1} << (at & 63); }
    static std::uint64_t below(std::uint32_t at) { return bit(at) - 1; }
    static std::uint32_t lowest(std::uint64_t word) { return static_cast<std::uint32_t>(std::countr_zero(word)); }
    static std::uint32_t highest(std::uint64_t word) { return 63 - static_cast<std::uint32_t>(std::countl_zero(word)); }

    std::uint64_t top_;
    std::uint64_t middle_[64];
    std::uint64_t bottom_[4096];
};

}  // namespace venue::engine::book
