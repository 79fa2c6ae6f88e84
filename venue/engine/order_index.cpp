#include "venue/engine/order_index.hpp"

#include <utility>

#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

/// Five to two buckets: one that wasn't split yet in this round has five, and rarely more than its seven slots.
constexpr bool is_crowded(std::uint64_t orders, std::uint64_t buckets) { return orders * 2 > buckets * 5; }

/// How many splits before its own a bucket is asked for.
constexpr std::uint32_t splits_ahead = 4;

}  // namespace

OrderIndex::OrderIndex() {
    ensure(memory_.reserve(buckets_max * sizeof(Bucket)) && room_for_one_more(), "an index finds memory to begin with");
    bucket_count_ = first_buckets;
}

void OrderIndex::insert(std::uint64_t hash, Place place) {
    if (is_crowded(++count_, bucket_count_)) split();
    put(kept_of(hash), place);
}

void OrderIndex::erase(std::uint64_t hash, Place place) {
    const std::uint32_t kept = kept_of(hash);
    for (Bucket* bucket = &buckets_[bucket_of(kept)];; bucket = &spares_[bucket->spare - 1]) {
        for (std::uint32_t slot = 0; slot < slot_count; ++slot) {
            if (bucket->places[slot] != place || bucket->hashes[slot] != kept) continue;
            bucket->places[slot] = 0;
            --count_;
            return;
        }
        ensure(bucket->spare != 0, "what is erased was inserted");
    }
}

void OrderIndex::put(std::uint32_t kept, Place place) {
    for (Bucket* bucket = &buckets_[bucket_of(kept)];; bucket = &spare_behind(*bucket)) {
        const std::uint32_t free = slots_where([&](std::uint32_t slot) { return bucket->places[slot] == 0; });
        if (free == 0) continue;
        const int slot = std::countr_zero(free);
        bucket->hashes[slot] = kept;
        bucket->places[slot] = place;
        return;
    }
}

OrderIndex::Bucket& OrderIndex::spare_behind(Bucket& full) {
    if (full.spare != 0) return spares_[full.spare - 1];
    if (free_spares_.empty()) {
        spares_.push_back({});
        free_spares_.push_back(static_cast<std::uint32_t>(spares_.size()));
    }
    full.spare = free_spares_.back();
    free_spares_.pop_back();
    return spares_[full.spare - 1];
}

bool OrderIndex::room_for_one_more() {
    while ((std::size_t{bucket_count_} + 1) * sizeof(Bucket) > memory_.usable()) {
        if (!memory_.grow()) return false;
    }
    buckets_ = reinterpret_cast<Bucket*>(memory_.begin());
    return true;
}

/// Adds a bucket and shares out the one that held its orders. Without memory the table stays as it is, and exact.
void OrderIndex::split() {
    if (!room_for_one_more()) return;
    if (bucket_count_ > mask_) mask_ = mask_ << 1 | 1;
    Bucket* const old = &buckets_[bucket_count_ & (mask_ >> 1)];
    Bucket* const halves[] = {old, &buckets_[bucket_count_]};
    const Bucket shared = std::exchange(*old, Bucket{});
    // Without a branch: no processor guesses which half is next. A slot that is free is copied as one that is.
    std::uint32_t ends[] = {0, 0};
    for (std::uint32_t slot = 0; slot < slot_count; ++slot) {
        const std::uint32_t half = (shared.hashes[slot] & mask_) == bucket_count_ ? 1 : 0;
        halves[half]->hashes[ends[half]] = shared.hashes[slot];
        halves[half]->places[ends[half]] = shared.places[slot];
        ends[half] += shared.places[slot] != 0 ? 1 : 0;
    }
    ++bucket_count_;
    book::prefetch(&buckets_[(bucket_count_ + splits_ahead) & (mask_ >> 1)]);
    for (std::uint32_t spare = shared.spare; spare != 0;) {
        const Bucket more = std::exchange(spares_[spare - 1], Bucket{});
        for (std::uint32_t slot = 0; slot < slot_count; ++slot) {
            if (more.places[slot] != 0) put(more.hashes[slot], more.places[slot]);
        }
        free_spares_.push_back(spare);
        spare = more.spare;
    }
}

}  // namespace venue::engine
