#include "venue/engine/book/live_ids.hpp"

namespace venue::engine::book {

Handle LiveIds::find_in_chain(Handle first, std::uint64_t id) const {
    for (Handle at = first; at != 0; at = behind(at)) {
        if (pool_[at].order.id == id) return at;
    }
    return 0;
}

void LiveIds::unchain(Handle order) {
    Bucket& bucket = buckets_[place_of(secret_.mixed(pool_[order].order.id))];
    const Handle next = behind(order);
    if (bucket.chain == order) {
        bucket.chain = next;
        return;
    }
    Handle before = bucket.chain;
    while (behind(before) != order) before = behind(before);
    pool_[before].order.mark = chained | next;
}

bool LiveIds::room_for_one_more() {
    while ((std::size_t{bucket_count_} + 1) * sizeof(Bucket) > memory_.usable()) {
        if (bucket_count_ == buckets_max || !memory_.grow()) return false;
    }
    buckets_ = reinterpret_cast<Bucket*>(memory_.begin());
    return true;
}

bool LiveIds::make_first() {
    const std::size_t buckets = pool_.records_allowed() / orders_per_bucket + 1;
    if (!memory_.reserved() && !memory_.reserve(buckets * sizeof(Bucket))) return false;
    if (!room_for_one_more()) return false;
    bucket_count_ = first_buckets;
    return true;
}

/// Adds a bucket and shares out the one that held its orders. Without memory the table stays as it is, and exact.
void LiveIds::split() {
    if (!room_for_one_more()) return;
    if (bucket_count_ > mask_) mask_ = mask_ << 1 | 1;
    Bucket& old = buckets_[bucket_count_ & (mask_ >> 1)];
    ++bucket_count_;
    const Bucket shared = old;
    old = {};
    for (std::uint32_t slot = 0; slot < slot_count; ++slot) {
        const Handle order = shared.handles[slot];
        if (shared.tags[slot] != 0) put(order, secret_.mixed(pool_[order].order.id));
    }
    for (Handle at = shared.chain, next = 0; at != 0; at = next) {
        next = behind(at);
        put(at, secret_.mixed(pool_[at].order.id));
    }
}

}  // namespace venue::engine::book
