// Counts what a participant may do over and over, and tells when to write it down: one line for each message would let
// it fill the disk.
#pragma once

#include <cstddef>

namespace venue::fix {

class SparseCount {
  public:
    /// True when the 1st, the 10th, the 100th … is among the `more` that are counted now.
    bool add(std::size_t more = 1) {
        count_ += more;
        if (count_ < next_told_) return false;
        while (next_told_ <= count_) next_told_ *= 10;
        return true;
    }
    [[nodiscard]] std::size_t count() const { return count_; }

  private:
    std::size_t count_ = 0;
    std::size_t next_told_ = 1;
};

}  // namespace venue::fix
