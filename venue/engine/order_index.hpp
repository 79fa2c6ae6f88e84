// Finds an order's place by a hash, of its id or of one of its names. The table grows by one bucket at a time, in
// place: the bucket next in line is split in two, so no order ever waits for a rehash. A bucket is one cache line; what
// doesn't fit goes on in a spare one. It keeps the hashes, so that splitting looks at no order.
#pragma once

#include <bit>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "venue/engine/book/prefetch.hpp"
#include "venue/engine/book/reserved_memory.hpp"

namespace venue::engine {

class OrderIndex {
  public:
    /// Counted from 1; zero is no place.
    using Place = std::uint32_t;

    OrderIndex();

    /// The first place of that hash that `is_it`; zero when there is none.
    template <class IsIt>
    [[nodiscard]] Place find(std::uint64_t hash, IsIt is_it) const {
        const std::uint32_t kept = kept_of(hash);
        for (const Bucket* bucket = &buckets_[bucket_of(kept)];; bucket = &spares_[bucket->spare - 1]) {
            const auto has_hash = [&](std::uint32_t slot) { return bucket->hashes[slot] == kept; };
            for (std::uint32_t slots = slots_where(has_hash); slots != 0; slots &= slots - 1) {
                const Place place = bucket->places[std::countr_zero(slots)];
                if (place != 0 && is_it(place)) return place;
            }
            if (bucket->spare == 0) return 0;
        }
    }

    /// Two that are equal may both be inserted; it is the caller who finds one before.
    void insert(std::uint64_t hash, Place place);
    /// It was inserted with that hash.
    void erase(std::uint64_t hash, Place place);
    /// Tells the processor that a search for that hash comes soon.
    void foresee(std::uint64_t hash) const { book::prefetch(&buckets_[bucket_of(kept_of(hash))]); }

  private:
    static constexpr std::uint32_t slot_count = 7;
    static constexpr std::uint32_t first_buckets = 64;
    static constexpr std::uint32_t buckets_max = 1U << 28;

    struct alignas(64) Bucket {
        std::uint32_t hashes[slot_count];
        Place places[slot_count];  ///< Zero where the slot is free.
        std::uint32_t spare;       ///< The spare bucket behind it, counted from 1; zero for none.
        std::uint32_t unused;
    };
    static_assert(sizeof(Bucket) == 64);

    /// As bits. All slots are asked, one behind the other: a processor can't guess which one ends a search.
    template <class Is>
    static std::uint32_t slots_where(Is is) {
        return [&]<std::uint32_t... slot>(std::integer_sequence<std::uint32_t, slot...>) {
            return ((std::uint32_t{is(slot)} << slot) | ...);
        }
        (std::make_integer_sequence<std::uint32_t, slot_count>{});
    }
    static std::uint32_t kept_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
    /// A hash beyond the buckets that exist belongs to the one that will be split into it.
    [[nodiscard]] std::uint32_t bucket_of(std::uint32_t kept) const {
        const std::uint32_t place = kept & mask_;
        return place < bucket_count_ ? place : place & (mask_ >> 1);
    }

    void put(std::uint32_t kept, Place place);
    Bucket& spare_behind(Bucket& full);
    void split();
    bool room_for_one_more();

    book::ReservedMemory memory_;
    Bucket* buckets_ = nullptr;
    std::uint32_t bucket_count_ = 0;
    std::uint32_t mask_ = first_buckets - 1;  ///< Smallest 2^n - 1 that no bucket's number exceeds.
    std::uint64_t count_ = 0;
    std::deque<Bucket> spares_;
    std::vector<std::uint32_t> free_spares_;
};

}  // namespace venue::engine
