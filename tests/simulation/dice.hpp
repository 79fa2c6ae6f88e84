// All chance in a simulation comes from one seed, by arithmetic that is the same on every machine.
#pragma once

#include <cstdint>
#include <vector>

namespace venue::simulation {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    /// From 0 to limit - 1.
    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(limit));
    }
    std::int64_t between(std::int64_t least, std::int64_t most) { return least + below(most - least + 1); }
    bool one_in(std::int64_t chance) { return below(chance) == 0; }
    bool percent(std::int64_t chance) { return below(100) < chance; }
    template <class T>
    const T& pick(const std::vector<T>& choices) {
        return choices[static_cast<std::size_t>(below(static_cast<std::int64_t>(choices.size())))];
    }

  private:
    /// SplitMix64.
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    std::uint64_t state_;
};

}  // namespace venue::simulation
