// The book's messages as commands for the whole engine: participants with money ask for them under names of their own.
#pragma once

#include <vector>

#include "tests/bench/book_flow.hpp"
#include "venue/engine/engine.hpp"

namespace bench {

struct EngineFlow {
    std::vector<venue::model::Command>
        reference;                                ///< One instrument, participants, accounts, sessions and their money.
    std::vector<venue::model::Command> first;     ///< Fills the book.
    std::vector<venue::model::Command> commands;  ///< What is measured.
};

/// The engine stamps nothing itself; this is the time that all of them carry.
inline constexpr venue::model::Timestamp flow_time{1'700'000'000'000'000'000};

EngineFlow draw_engine_flow(const Profile& profile, std::size_t message_count, std::uint64_t seed);

}  // namespace bench
