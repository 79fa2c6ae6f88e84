// A range of addresses that is reserved whole and made usable from the front, step by step: what lies in it never
// moves, and growing copies nothing. Zeroed. Reserving costs no memory; a step that the system refuses is told, not
// thrown.
#pragma once

#include <cstddef>

namespace venue::engine::book {

class ReservedMemory {
  public:
    ReservedMemory() = default;
    ReservedMemory(const ReservedMemory&) = delete;
    ReservedMemory& operator=(const ReservedMemory&) = delete;
    ~ReservedMemory();

    /// Reserves at most that many bytes, or fewer where addresses are limited. False when there are none at all.
    [[nodiscard]] bool reserve(std::size_t bytes_max);
    /// Makes the next step usable. False when the reservation is used up or the system has no memory.
    [[nodiscard]] bool grow();

    [[nodiscard]] std::byte* begin() const { return begin_; }
    [[nodiscard]] std::size_t usable() const { return usable_; }
    [[nodiscard]] bool reserved() const { return begin_ != nullptr; }

  private:
    std::byte* begin_ = nullptr;
    std::size_t usable_ = 0;
    std::size_t reserved_ = 0;
};

}  // namespace venue::engine::book
