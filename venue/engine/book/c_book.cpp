#include <new>

#include "venue/engine/book/book.hpp"
#include "venue/engine/book/venue_book.h"

namespace {

using namespace venue::engine::book;

/// Field by field alike, so a report is handed on as it is.
static_assert(sizeof(venue_report) == sizeof(Report) && alignof(venue_report) == alignof(Report));
static_assert(offsetof(venue_report, reason) == offsetof(Report, reason));
static_assert(offsetof(venue_report, id) == offsetof(Report, id));
static_assert(offsetof(venue_report, resting_id) == offsetof(Report, resting_id));
static_assert(offsetof(venue_report, price) == offsetof(Report, price));
static_assert(offsetof(venue_report, quantity) == offsetof(Report, quantity));
static_assert(offsetof(venue_report, left) == offsetof(Report, left));
static_assert(offsetof(venue_report, resting_left) == offsetof(Report, resting_left));
static_assert(VENUE_BOOK_IS_FULL == static_cast<int>(Reason::book_is_full));

struct CSink {
    venue_sink sink;
    void* context;
    void operator()(const Report& report) const { sink(context, reinterpret_cast<const venue_report*>(&report)); }
};

venue_depth c_depth(const Depth& depth) { return {depth.price, depth.quantity, depth.order_count}; }

bool is_side(int side) { return side == VENUE_BUY || side == VENUE_SELL; }
bool is_instruction(int instruction) { return instruction >= VENUE_REST && instruction <= VENUE_POST_ONLY; }

}  // namespace

struct venue_book {
    Book<CSink> book;

    void reject(std::uint64_t id, Ticks price, std::int64_t quantity, Reason reason) {
        book.sink()({.kind = ReportKind::rejected, .reason = reason, .id = id, .price = price, .quantity = quantity});
    }
};

venue_book* venue_book_new(venue_sink sink, void* context, std::uint32_t records_max) {
    const std::uint32_t records = records_max == 0 ? OrderPool::records_default : records_max;
    return new (std::nothrow) venue_book{Book<CSink>(CSink{sink, context}, records)};
}

void venue_book_free(venue_book* book) { delete book; }

void venue_book_place(venue_book* book, std::uint64_t id, int side, std::int64_t price, std::int64_t quantity,
                      int instruction) {
    if (!is_side(side)) return book->reject(id, price, quantity, Reason::side_is_unknown);
    if (!is_instruction(instruction)) return book->reject(id, price, quantity, Reason::instruction_is_unknown);
    book->book.place(id, static_cast<Side>(side), price, quantity, static_cast<Instruction>(instruction));
}

void venue_book_cancel(venue_book* book, std::uint64_t id) { book->book.cancel(id); }

void venue_book_modify(venue_book* book, std::uint64_t id, std::int64_t price, std::int64_t quantity, int instruction) {
    if (!is_instruction(instruction)) return book->reject(id, price, quantity, Reason::instruction_is_unknown);
    book->book.modify(id, price, quantity, static_cast<Instruction>(instruction));
}

int venue_book_best(const venue_book* book, int side, venue_depth* best) {
    const auto found = is_side(side) ? book->book.best(static_cast<Side>(side)) : std::nullopt;
    if (found) *best = c_depth(*found);
    return found ? 1 : 0;
}

venue_depth venue_book_depth(const venue_book* book, int side, std::int64_t price) {
    return is_side(side) ? c_depth(book->book.depth(static_cast<Side>(side), price)) : venue_depth{price, 0, 0};
}

std::uint32_t venue_book_levels(const venue_book* book, int side, venue_depth* depths, std::uint32_t depths_max) {
    if (!is_side(side)) return 0;
    const Ladder& ladder = book->book.ladder();
    std::uint32_t count = 0;
    for (Handle level = ladder.best(static_cast<Side>(side)); level != 0 && count < depths_max;
         level = ladder.level_after(level)) {
        depths[count++] = c_depth(ladder.depth(level));
    }
    return count;
}

std::int64_t venue_book_open(const venue_book* book, std::uint64_t id) { return book->book.open(id); }

std::uint64_t venue_book_order_count(const venue_book* book) { return book->book.order_count(); }
