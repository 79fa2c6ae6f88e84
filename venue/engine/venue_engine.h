/* The whole engine for C, in one instrument: accounts with holds and fees, self-trade prevention, and the venue's own
 * rules of what an order may be. Link with libvenue_engine.a, libvenue_book.a, libvenue_model.a and the C++ standard
 * library. One thread to an engine; the callback must not call it. What goes beyond this has venue/engine/engine.hpp.
 *
 * A price counts ticks of one quote unit each, from 1 to 10^14; a quantity counts lots of one base unit each, from 1 to
 * 10^13. Fees are in millionths of a quote unit. Ids are any 64-bit numbers, live once at a time for a participant, and
 * free again as soon as the order is filled or cancelled. An engine that finds no memory for a call ends the program. */
#ifndef VENUE_ENGINE_H
#define VENUE_ENGINE_H

#include <stdint.h>

#include "venue/engine/book/venue_book.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What happens when a participant's order meets another of its own. */
enum venue_self_trade {
    VENUE_SELF_TRADE_ALLOWED = 0,
    VENUE_CANCEL_NEWEST = 1,
    VENUE_CANCEL_OLDEST = 2,
    VENUE_CANCEL_BOTH = 3,
    VENUE_DECREMENT_AND_CANCEL = 4
};

/* One event. Each of a trade's two sides is told by one of its own, the incoming one first. */
struct venue_engine_report {
    uint8_t kind;        /* As in venue_report; what the venue changed of an order by its rules is VENUE_MODIFIED. */
    uint8_t resting;     /* Of a trade: 1 for the side that rested. */
    uint16_t reason;     /* venue_engine_reason_name says it in words; 0 for none. */
    int32_t participant; /* As venue_engine_join gave it. */
    uint64_t id;         /* Of the order, or as the declined request had it. */
    int64_t price;       /* Of a trade: that of the resting order. */
    int64_t quantity;    /* Of a trade, or what the order is for. */
    int64_t left;        /* Open, afterwards. */
    int64_t filled;      /* So far. */
    int64_t fee;         /* Taken with this fill, or given back where it is negative; beyond 2^63 - 1, that. */
    int64_t match;       /* Both sides of a trade have the same. */
    int64_t sequence;    /* Without gaps, over all events of the engine; those of no order are not told. */
};

struct venue_funds {
    int64_t available; /* Whole units; beyond 2^63 - 1, that. */
    int64_t held;
};

struct venue_engine;
typedef void (*venue_engine_sink)(void* context, const struct venue_engine_report* report);

/* Null when there is no memory, or a rate is none: -1,000,000 to 1,000,000 ten-millionths of
 * a trade's value. */
struct venue_engine* venue_engine_new(venue_engine_sink sink, void* context, int32_t maker_rate, int32_t taker_rate);
void venue_engine_free(struct venue_engine* engine);

/* A participant with an account of so many whole units of each, numbered from 1; 0 when one of the numbers is none. */
int32_t venue_engine_join(struct venue_engine* engine, int64_t base, int64_t quote, int self_trade);

/* All that comes of a call is told before it returns. Who never joined is told not_authorised, under sequence 0. A modify sets the price and what shall be open. */
void venue_engine_place(struct venue_engine* engine, int32_t participant, uint64_t id, int side, int64_t price,
                        int64_t quantity, int instruction);
void venue_engine_cancel(struct venue_engine* engine, int32_t participant, uint64_t id);
void venue_engine_modify(struct venue_engine* engine, int32_t participant, uint64_t id, int64_t price, int64_t quantity);

/* Writes at most `depths_max` levels, best first, and returns how many it wrote. */
uint32_t venue_engine_levels(const struct venue_engine* engine, int side, struct venue_depth* depths,
                             uint32_t depths_max);
struct venue_funds venue_engine_base(const struct venue_engine* engine, int32_t participant);
struct venue_funds venue_engine_quote(const struct venue_engine* engine, int32_t participant);
/* The same after the same calls, on every machine. */
uint64_t venue_engine_state_hash(const struct venue_engine* engine);
/* "insufficient_funds"; empty for no reason's number. */
const char* venue_engine_reason_name(uint16_t reason);

#ifdef __cplusplus
}
#endif

#endif
