/* The book for C: a handle, a callback for reports, and calls that mirror venue/engine/book/book.hpp, which says what they
 * mean. Link with libvenue_book.a and the C++ standard library. One thread to a book; the callback must not call it. */
#ifndef VENUE_BOOK_H
#define VENUE_BOOK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum venue_side { VENUE_BUY = 1, VENUE_SELL = 2 };
enum venue_instruction { VENUE_REST = 0, VENUE_IOC = 1, VENUE_FOK = 2, VENUE_POST_ONLY = 3 };
enum venue_report_kind {
    VENUE_ACCEPTED = 1,
    VENUE_TRADED = 2,
    VENUE_CANCELLED = 3,
    VENUE_MODIFIED = 4,
    VENUE_REJECTED = 5
};
enum venue_reason {
    VENUE_NONE = 0,
    VENUE_SIDE_IS_UNKNOWN = 1,
    VENUE_INSTRUCTION_IS_UNKNOWN = 2,
    VENUE_QUANTITY_MUST_BE_POSITIVE = 3,
    VENUE_INSTRUCTION_MUST_REST = 4,
    VENUE_ID_IS_LIVE = 5,
    VENUE_ID_IS_UNKNOWN = 6,
    VENUE_POST_ONLY_WOULD_TRADE = 7,
    VENUE_FOK_NOT_FILLABLE = 8,
    VENUE_NO_MATCH_LEFT = 9,
    VENUE_LEVEL_IS_FULL = 10,
    VENUE_BOOK_IS_FULL = 11
};

struct venue_report {
    uint8_t kind;
    uint8_t reason;
    uint64_t id;
    uint64_t resting_id;
    int64_t price;
    int64_t quantity;
    int64_t left;
    int64_t resting_left;
};

struct venue_depth {
    int64_t price;
    int64_t quantity;
    uint32_t order_count;
};

struct venue_book;
typedef void (*venue_sink)(void* context, const struct venue_report* report);

/* Null when there is no memory. `records_max` counts orders and levels together; 0 stands for the default. */
struct venue_book* venue_book_new(venue_sink sink, void* context, uint32_t records_max);
void venue_book_free(struct venue_book* book);

void venue_book_place(struct venue_book* book, uint64_t id, int side, int64_t price, int64_t quantity, int instruction);
void venue_book_cancel(struct venue_book* book, uint64_t id);
void venue_book_modify(struct venue_book* book, uint64_t id, int64_t price, int64_t quantity, int instruction);

/* 1 and the best price with what rests there, or 0 and nothing when the side is empty. */
int venue_book_best(const struct venue_book* book, int side, struct venue_depth* best);
/* What rests at a price; zeros where nothing does. */
struct venue_depth venue_book_depth(const struct venue_book* book, int side, int64_t price);
/* Writes at most `depths_max` levels, best first, and returns how many it wrote. */
uint32_t venue_book_levels(const struct venue_book* book, int side, struct venue_depth* depths, uint32_t depths_max);
/* What is open of an order; 0 when no live order has that id. */
int64_t venue_book_open(const struct venue_book* book, uint64_t id);
uint64_t venue_book_order_count(const struct venue_book* book);

#ifdef __cplusplus
}
#endif

#endif
