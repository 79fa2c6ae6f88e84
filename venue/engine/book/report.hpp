// What a book says: one report after the other, in the order in which things happen.
#pragma once

#include <string_view>

#include "venue/engine/book/side.hpp"

namespace venue::engine::book {

/// What becomes of an order that isn't filled at once.
enum class Instruction : std::uint8_t {
    rest,       ///< What is left stays in the book.
    ioc,        ///< What is left is cancelled.
    fok,        ///< Filled whole, or cancelled whole.
    post_only,  ///< Declined where it would trade on arrival.
};

enum class ReportKind : std::uint8_t { accepted = 1, traded, cancelled, modified, rejected };

/// Why an order was declined, or cancelled without being asked. In the order of checking.
enum class Reason : std::uint8_t {
    none,
    side_is_unknown,         ///< Only from C, where any number can be given for one.
    instruction_is_unknown,  ///< Likewise.
    quantity_must_be_positive,
    instruction_must_rest,  ///< An order that was modified goes on resting, post-only or not.
    id_is_live,             ///< Another order that rests has it.
    id_is_unknown,          ///< No order that rests has it.
    post_only_would_trade,
    fok_not_fillable,
    no_match_left,  ///< What is left of an immediate order.
    level_is_full,  ///< The sum of the quantities at that price would exceed 2^63 - 1.
    book_is_full,   ///< No memory for another order, or as many as the book was made for.
};

struct Report {
    ReportKind kind;
    Reason reason{Reason::none};
    std::uint64_t id = 0;  ///< Of the order that was placed, cancelled or modified; in a trade, of the incoming one.
    std::uint64_t resting_id = 0;  ///< In a trade; else zero.
    Ticks price = 0;               ///< The order's; in a trade, the resting order's.
    std::int64_t quantity = 0;     ///< Accepted, asked for, or traded; zero for a cancel.
    std::int64_t left = 0;         ///< Open afterwards; when cancelled, what was open.
    std::int64_t resting_left = 0;
    bool operator==(const Report&) const = default;
};

std::string_view name(ReportKind kind);
std::string_view name(Reason reason);

}  // namespace venue::engine::book
