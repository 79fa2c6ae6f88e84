#include "venue/engine/order_table.hpp"

#include <cstring>

#include "venue/engine/book/secret.hpp"
#include "venue/model/ensure.hpp"

namespace venue::engine {
namespace {

constexpr std::size_t cache_line = 64;

/// The venue gives the ids, one after the other: so they need no mixing, and new ones lie side by side.
std::uint64_t hash_of(model::OrderId id) { return static_cast<std::uint64_t>(id.value) << 32; }

/// Behind a name's end there are zeros, as far as the longest name goes.
std::uint64_t word_at(std::string_view name, std::size_t at) {
    std::uint64_t word = 0;
    constexpr std::size_t last = model::ClOrdId::size_max / sizeof word * sizeof word;
    std::memcpy(&word, name.data() + at, at < last ? sizeof word : model::ClOrdId::size_max - last);
    return word;
}

/// Participants choose the names, so nobody may be able to choose some that fall together.
std::uint64_t hash_of(model::ParticipantId participant, const model::ClOrdId& name) {
    static const book::Secret& secret = book::process_secret();
    const std::string_view text = name.view();
    std::uint64_t hash = static_cast<std::uint64_t>(participant.value) << 32 | text.size();
    for (std::size_t at = 0; at < text.size(); at += sizeof hash) hash = secret.mixed(hash ^ word_at(text, at));
    return hash;
}

bool answers_to(const KnownOrder& known, model::ParticipantId participant, const model::ClOrdId& name) {
    if (known.order.participant != participant) return false;
    if (known.order.cl_ord_id == name) return true;
    return std::ranges::find(known.earlier_names, name) != known.earlier_names.end();
}

}  // namespace

KnownOrder& OrderTable::add(const model::Order& order) {
    const OrderIndex::Place place = take_place();
    KnownOrder& known = at(place);
    known.order = order;
    known.place = place;
    ids_.insert(hash_of(order.id), place);
    insert_name(known, order.cl_ord_id);
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
    const auto place = ids_.find(hash_of(id), [&](OrderIndex::Place at_place) { return at(at_place).order.id == id; });
    return place == 0 ? nullptr : &at(place);
}

KnownOrder* OrderTable::find(model::OrderId id) { return const_cast<KnownOrder*>(std::as_const(*this).find(id)); }

const KnownOrder* OrderTable::find(model::ParticipantId participant, const model::ClOrdId& name) const {
    const auto place = names_.find(hash_of(participant, name), [&](OrderIndex::Place at_place) {
        return answers_to(at(at_place), participant, name);
    });
    return place == 0 ? nullptr : &at(place);
}

void OrderTable::foresee(model::ParticipantId participant, const model::ClOrdId& name) const {
    names_.foresee(hash_of(participant, name));
}

void OrderTable::foresee_order(model::ParticipantId participant, const model::ClOrdId& name) const {
    const auto place = names_.find(hash_of(participant, name), [](OrderIndex::Place) { return true; });
    if (place == 0) return;
    const auto* const order = reinterpret_cast<const std::byte*>(&at(place));
    for (std::size_t line = 0; line < sizeof(KnownOrder); line += cache_line) book::prefetch(order + line);
}

OrderIndex::Place OrderTable::take_place() {
    if (!free_.empty()) {
        const OrderIndex::Place place = free_.back();
        free_.pop_back();
        return place;
    }
    if (touched_ / chunk_size == chunks_.size()) chunks_.push_back(std::make_unique<Chunk>());
    return touched_++;
}

void OrderTable::insert_name(const KnownOrder& order, const model::ClOrdId& name) {
    names_.insert(hash_of(order.order.participant, name), order.place);
}

void OrderTable::erase_name(const KnownOrder& order, const model::ClOrdId& name) {
    names_.erase(hash_of(order.order.participant, name), order.place);
}

}  // namespace venue::engine
