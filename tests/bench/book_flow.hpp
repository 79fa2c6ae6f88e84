// The messages that the book is measured and tested with: drawn from a seed, the same on every machine, and written
// down before anything is timed.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "venue/engine/book/report.hpp"

namespace bench {

enum class MessageKind : std::uint8_t { place, cancel, modify };

struct Message {
    std::uint64_t id;
    std::int64_t price;
    std::int64_t quantity;
    MessageKind kind;
    venue::engine::book::Side side;
    venue::engine::book::Instruction instruction;
};

/// Gives one message to a book.
template <class AnyBook>
void play(AnyBook& book, const Message& message) {
    switch (message.kind) {
        case MessageKind::place:
            return book.place(message.id, message.side, message.price, message.quantity, message.instruction);
        case MessageKind::cancel:
            return book.cancel(message.id);
        case MessageKind::modify:
            return book.modify(message.id, message.price, message.quantity, message.instruction);
    }
}

/// How the middle of the market moves.
enum class Path : std::uint8_t { still, walk, swing, crash };

struct Profile {
    std::string_view name;
    Path path = Path::walk;
    int swing_percent = 0;           ///< Of the first middle price, up and then down.
    std::uint32_t resting = 10'000;  ///< Orders that rest before the first message counts, and about as many after it.
    std::uint32_t recent = 1'024;    ///< Most cancels hit one of the last so many orders; zero for any order.
    bool symmetric = false;          ///< Limits of both sides, evenly within 50 ticks of the middle; most trade.
};

/// In the order of the table; the first five are those of an ordinary day.
inline constexpr Profile profiles[] = {
    {.name = "static", .path = Path::still},
    {.name = "normal"},
    {.name = "swing 25", .path = Path::swing, .swing_percent = 25},
    {.name = "swing 40", .path = Path::swing, .swing_percent = 40},
    {.name = "flash crash", .path = Path::crash, .swing_percent = 30},
    {.name = "long-lived", .resting = 200'000, .recent = 0},
    {.name = "deep", .resting = 1'000'000, .recent = 0},
    {.name = "symmetric", .symmetric = true},
};
inline constexpr std::size_t everyday_profiles = 5;

struct Flow {
    std::vector<Message> first;     ///< Fills the book.
    std::vector<Message> messages;  ///< What is measured.
};

Flow draw_flow(const Profile& profile, std::size_t message_count, std::uint64_t seed);

}  // namespace bench
