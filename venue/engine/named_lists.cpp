#include "venue/engine/named_lists.hpp"

#include <algorithm>

namespace venue::engine {
namespace {

std::pair<model::ParticipantId, std::string> key_of(model::ParticipantId participant, const model::ClOrdId& name) {
    return {participant, std::string(name.view())};
}

}  // namespace

void NamedLists::add(const model::Order& order) {
    if (!order.special || order.special->list_name.empty()) return;
    auto& orders = lists_[key_of(order.participant, order.special->list_name)];
    orders.insert(std::ranges::upper_bound(orders, order.id), order.id);
}

void NamedLists::remove(const model::Order& order) {
    if (!order.special || order.special->list_name.empty()) return;
    const auto list = lists_.find(key_of(order.participant, order.special->list_name));
    std::erase(list->second, order.id);
    if (list->second.empty()) lists_.erase(list);
}

std::span<const model::OrderId> NamedLists::find(model::ParticipantId participant, const model::ClOrdId& name) const {
    const auto list = lists_.find(key_of(participant, name));
    if (list == lists_.end()) return {};
    return list->second;
}

}  // namespace venue::engine
