// Finds a live order's record by the caller's id. A table that grows by one bucket at a time, in place: the bucket next
// in line is split in two, so no arrival ever waits for a rehash. A bucket is one cache line of tags and handles; what
// doesn't fit hangs on it as a chain through the orders' marks, so that no insertion can fail.
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>

#include "venue/engine/book/order_pool.hpp"
#include "venue/engine/book/secret.hpp"

namespace venue::engine::book {

class LiveIds {
  public:
    LiveIds(OrderPool& pool, const Secret& secret) : pool_(pool), secret_(secret) {}
    LiveIds(const LiveIds&) = delete;
    LiveIds& operator=(const LiveIds&) = delete;

    /// Whether ids can be kept at all: it takes the first memory. Later growth that fails only makes chains longer.
    [[nodiscard]] bool ready() { return bucket_count_ != 0 || make_first(); }

    /// What an id is looked up and put in by, reckoned once for both.
    [[nodiscard]] std::uint64_t hash_of(std::uint64_t id) const { return secret_.mixed(id); }

    /// Zero when no live order has that id.
    [[nodiscard]] Handle find(std::uint64_t id) const { return find(id, hash_of(id)); }
    [[nodiscard]] Handle find(std::uint64_t id, std::uint64_t hash) const {
        if (bucket_count_ == 0) return 0;
        const Bucket& bucket = buckets_[place_of(hash)];
        for (std::uint32_t slots = bucket.slots_with(tag_of(hash)); slots != 0; slots &= slots - 1) {
            const Handle found = bucket.handles[std::countr_zero(slots)];
            if (pool_[found].order.id == id) return found;
        }
        return bucket.chain == 0 ? 0 : find_in_chain(bucket.chain, id);
    }

    /// Takes over the order's mark. Its id, of that hash, isn't in here.
    void insert(Handle order, std::uint64_t hash) {
        if (++count_ > std::uint64_t{bucket_count_} * orders_per_bucket) split();
        put(order, hash);
    }
    void erase(Handle order) {
        --count_;
        const std::uint32_t mark = pool_[order].order.mark;
        if ((mark & chained) == 0) {
            buckets_[mark >> slot_bits].tags[mark & slot_mask] = 0;
        } else {
            unchain(order);
        }
    }

    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] std::size_t bytes() const { return memory_.usable(); }

  private:
    static constexpr std::uint32_t slot_count = 12;
    static constexpr std::uint32_t slot_bits = 4;
    static constexpr std::uint32_t slot_mask = 15;
    /// Set in the mark of an order that hangs on a bucket's chain; the rest of the mark is the next one's handle.
    static constexpr std::uint32_t chained = 1U << 31;
    /// A bucket that wasn't split yet in this round has up to twice as many, which still fit.
    static constexpr std::uint32_t orders_per_bucket = 4;
    static constexpr std::uint32_t first_buckets = 64;
    static constexpr std::uint32_t buckets_max = 1U << 27;

    struct alignas(64) Bucket {
        std::uint8_t tags[slot_count];  ///< Eight bits of the hash, never zero where there is an order.
        Handle chain;
        Handle handles[slot_count];

        /// One bit for each slot with that tag.
        [[nodiscard]] std::uint32_t slots_with(std::uint8_t tag) const {
#ifdef __SSE2__
            const __m128i line = _mm_load_si128(reinterpret_cast<const __m128i*>(tags));
            const __m128i equal = _mm_cmpeq_epi8(line, _mm_set1_epi8(static_cast<char>(tag)));
            return static_cast<std::uint32_t>(_mm_movemask_epi8(equal)) & ((1U << slot_count) - 1);
#else
            std::uint32_t slots = 0;
            for (std::uint32_t slot = 0; slot < slot_count; ++slot) slots |= std::uint32_t{tags[slot] == tag} << slot;
            return slots;
#endif
        }
    };

    /// From the hash's other end than the place.
    static std::uint8_t tag_of(std::uint64_t hash) {
        const auto tag = static_cast<std::uint8_t>(hash >> 56);
        return tag == 0 ? 1 : tag;
    }
    /// A hash beyond the buckets that exist belongs to the one that will be split into it.
    [[nodiscard]] std::uint32_t place_of(std::uint64_t hash) const {
        const std::uint32_t place = static_cast<std::uint32_t>(hash) & mask_;
        return place < bucket_count_ ? place : place & (mask_ >> 1);
    }

    void put(Handle order, std::uint64_t hash) {
        const std::uint32_t place = place_of(hash);
        Bucket& bucket = buckets_[place];
        const std::uint32_t free = bucket.slots_with(0);
        if (free == 0) return hang(order, bucket);
        const auto slot = static_cast<std::uint32_t>(std::countr_zero(free));
        bucket.tags[slot] = tag_of(hash);
        bucket.handles[slot] = order;
        pool_[order].order.mark = place << slot_bits | slot;
    }
    void hang(Handle order, Bucket& bucket) {
        pool_[order].order.mark = chained | bucket.chain;
        bucket.chain = order;
    }
    [[nodiscard]] Handle behind(Handle order) const { return pool_[order].order.mark & ~chained; }

    [[nodiscard]] Handle find_in_chain(Handle first, std::uint64_t id) const;
    void unchain(Handle order);
    [[nodiscard]] bool make_first();
    void split();
    [[nodiscard]] bool room_for_one_more();

    OrderPool& pool_;
    Bucket* buckets_ = nullptr;
    std::uint32_t bucket_count_ = 0;
    std::uint32_t mask_ = first_buckets - 1;  ///< Smallest 2^n - 1 that no place exceeds.
    std::uint64_t count_ = 0;
    Secret secret_;
    ReservedMemory memory_;
};

}  // namespace venue::engine::book
