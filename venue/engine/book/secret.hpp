// What nobody outside can know, so that nobody can choose ids or prices that fall together in a table or a tree. It
// decides how fast something is found and never what is found: reports are the same under every secret.
#pragma once

#include <cstdint>

namespace venue::engine::book {

struct Secret {
    std::uint64_t first;
    std::uint64_t second;

    /// Both keys enter a 64 by 64 bit multiplication whose halves are folded together, and its result enters another.
    [[nodiscard]] std::uint64_t mixed(std::uint64_t word) const { return mixed(word, 0); }
    /// The same for two words, each of which meets a key of its own.
    [[nodiscard]] std::uint64_t mixed(std::uint64_t one, std::uint64_t other) const {
        return folded(folded(one ^ first, other ^ second), odd);
    }

  private:
    __extension__ using Wide = unsigned __int128;
    static constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;

    static std::uint64_t folded(std::uint64_t left, std::uint64_t right) {
        const Wide product = Wide{left} * right;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    }
};

/// Drawn from the system once a process.
const Secret& process_secret();

}  // namespace venue::engine::book
