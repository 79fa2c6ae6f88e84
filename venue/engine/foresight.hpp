// Commands that wait their turn tell what memory they will want. A large venue's orders don't fit into a processor's
// cache, and a command that looks one up stands still for as long as a hundred steps take: two thirds of its time.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "venue/model/command.hpp"

namespace venue::engine {

struct State;

/// How far ahead of the command that is handled another lies: each look relies on what the one before it fetched.
enum class Distance : std::uint8_t {
    far,     ///< The tables' entries for its names.
    middle,  ///< The order that they lead to.
    near,    ///< That order's place in the book, and its neighbours in its participant's list.
};
inline constexpr std::array<std::pair<Distance, std::size_t>, 3> foresights{
    {{Distance::far, 24}, {Distance::middle, 16}, {Distance::near, 8}}};

/// A command that waits its turn; no body where what waits is none.
struct Waiting {
    model::SessionId session;
    const model::CommandBody* body = nullptr;
};

/// Asks the processor to fetch what the command will read. Changes nothing, and no outcome depends on it.
void foresee(const State& state, const Waiting& waiting, Distance distance);

}  // namespace venue::engine
