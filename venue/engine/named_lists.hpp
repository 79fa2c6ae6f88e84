// The orders of lists to which participants gave names, open and closed, as long as they are remembered: a name is free
// again when none of them is.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "venue/model/order.hpp"

namespace venue::engine {

class NamedLists {
  public:
    /// An order that is new, or read from a snapshot; nothing where its list has no name.
    void add(const model::Order& order);
    /// It is remembered no longer.
    void remove(const model::Order& order);
    /// In the order of their ids; empty when no list of that name is known.
    [[nodiscard]] std::span<const model::OrderId> find(model::ParticipantId participant,
                                                       const model::ClOrdId& name) const;

  private:
    std::map<std::pair<model::ParticipantId, std::string>, std::vector<model::OrderId>> lists_;
};

}  // namespace venue::engine
