#include "venue/engine/order_table.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include "venue/engine/book/secret.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

constexpr std::size_t cache_line = 64;

/// The venue gives the ids, one after the other: so they need no mixing, and new ones lie side by side. Two neighbours
/// share a bucket: an order's events come between it and the next order.
std::uint64_t hash_of(model::OrderId id) { return static_cast<std::uint64_t>(id.value) << 31; }

/// How far behind the newest order its successors' buckets are asked for.
constexpr std::int64_t ids_ahead = 48;

/// Behind a name's end there are zeros, as far as the longest name goes.
std::uint64_t word_at(std::string_view name, std::size_t at) {
    std::uint64_t word = 0;
    constexpr std::size_t last = model::ClOrdId::size_max / sizeof word * sizeof word;
    if (at < last) {
        std::memcpy(&word, name.data() + at, sizeof word);
    } else if (at == last) {
        std::memcpy(&word, name.data() + at, model::ClOrdId::size_max - last);
    }
    return word;
}

/// Participants choose the names, so nobody may be able to choose some that fall together.
std::uint64_t hash_of(model::ParticipantId participant, const model::ClOrdId& name) {
    static const book::Secret& secret = book::process_secret();
    const std::string_view text = name.view();
    std::uint64_t hash = static_cast<std::uint64_t>(participant.value) << 32 | text.size();
    for (std::size_t at = 0; at < text.size(); at += 2 * sizeof hash) {
        hash = secret.mixed(hash ^ word_at(text, at), word_at(text, at + sizeof hash));
    }
    return hash;
}

bool answers_to(const KnownOrder& known, model::ParticipantId participant, const model::ClOrdId& name) {
    if (known.order.participant != participant) return false;
    if (known.order.cl_ord_id == name) return true;
    return std::ranges::find(known.earlier_names, name) != known.earlier_names.end();
}

}  // namespace

OrderTable::~OrderTable() {
    for (OrderIndex::Place place = 1; place < touched_; ++place) std::destroy_at(&at(place));
}

KnownOrder& OrderTable::add(const model::Order& order) {
    KnownOrder& known = take_place(order);
    ids_.insert(hash_of(order.id), known.place);
    ids_.foresee(hash_of(model::OrderId{order.id.value + ids_ahead}));
    insert_name(known, order.cl_ord_id);
    expect(known);
    ++size_;
    return known;
}

void OrderTable::remove(KnownOrder& order) {
    erase_name(order, order.order.cl_ord_id);
    for (const model::ClOrdId& name : order.earlier_names) erase_name(order, name);
    ids_.erase(hash_of(order.order.id), order.place);
    free_.push_back(order.place);
    order = {};
    --size_;
}

void OrderTable::rename(KnownOrder& order, const model::ClOrdId& name) {
    auto& earlier = order.earlier_names;
    earlier.push_back(order.order.cl_ord_id);
    order.order.cl_ord_id = name;
    insert_name(order, name);
    if (earlier.size() <= earlier_names_max) return;
    erase_name(order, earlier.front());
    earlier.erase(earlier.begin());
}

void OrderTable::add_earlier_name(KnownOrder& order, const model::ClOrdId& name) {
    order.earlier_names.push_back(name);
    insert_name(order, name);
}

void OrderTable::link(OrderList& list, const KnownOrder& order) {
    links_of(order.place) = {list.last, 0};
    (list.last == 0 ? list.first : links_of(list.last).next) = order.place;
    list.last = order.place;
}

void OrderTable::unlink(OrderList& list, const KnownOrder& order) {
    const auto [previous, next] = links_of(order.place);
    (previous == 0 ? list.first : links_of(previous).next) = next;
    (next == 0 ? list.last : links_of(next).previous) = previous;
}

const KnownOrder* OrderTable::find(model::OrderId id) const {
    const OrderIndex::Place expected = expected_[slot_of(id)];
    if (expected != 0 && id && at(expected).order.id == id) return &at(expected);
    const auto place = ids_.find(hash_of(id), [&](OrderIndex::Place at_place) { return at(at_place).order.id == id; });
    return place == 0 ? nullptr : &at(place);
}

KnownOrder* OrderTable::find(model::OrderId id) { return const_cast<KnownOrder*>(std::as_const(*this).find(id)); }

const KnownOrder* OrderTable::find(model::ParticipantId participant, const model::ClOrdId& name) const {
    const auto place = names_.find(hash_of(participant, name), [&](OrderIndex::Place at_place) {
        return answers_to(at(at_place), participant, name);
    });
    if (place == 0) return nullptr;
    expect(at(place));
    return &at(place);
}

void OrderTable::foresee(model::ParticipantId participant, const model::ClOrdId& name) const {
    names_.foresee(hash_of(participant, name));
}

void OrderTable::foresee_order(model::ParticipantId participant, const model::ClOrdId& name) const {
    const auto place = names_.find(hash_of(participant, name), [](OrderIndex::Place) { return true; });
    if (place == 0) return;
    foresee_whole(at(place));
    book::prefetch(&links_of(place));
}

void OrderTable::foresee_neighbours(const KnownOrder& order) const {
    const auto [previous, next] = links_of(order.place);
    book::prefetch(&links_of(previous));
    book::prefetch(&links_of(next));
}

void OrderTable::foresee_whole(const KnownOrder& order) {
    const auto* const bytes = reinterpret_cast<const std::byte*>(&order);
    for (std::size_t line = 0; line < sizeof(KnownOrder); line += cache_line) book::prefetch(bytes + line);
}

KnownOrder& OrderTable::take_place(const model::Order& order) {
    if (free_.empty()) {
        if (touched_ / chunk_size == chunks_.size()) chunks_.push_back(std::make_unique_for_overwrite<Chunk>());
        const OrderIndex::Place place = touched_++;
        links_of(place) = {0, 0};
        return *std::construct_at(&at(place), order, std::vector<model::ClOrdId>{}, place, 0U);
    }
    KnownOrder& known = at(free_.back());
    known.order = order;
    known.place = free_.back();
    free_.pop_back();
    return known;
}

void OrderTable::insert_name(const KnownOrder& order, const model::ClOrdId& name) {
    names_.insert(hash_of(order.order.participant, name), order.place);
}

void OrderTable::erase_name(const KnownOrder& order, const model::ClOrdId& name) {
    names_.erase(hash_of(order.order.participant, name), order.place);
}

}  // namespace venue::engine
