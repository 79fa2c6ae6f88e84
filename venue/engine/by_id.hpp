// Things that are numbered from one on and never go away, found by their numbers without a walk down a tree.
#pragma once

#include <map>
#include <vector>

namespace venue::engine {

/// Remembers where a map keeps its things: a map never moves them. The map outlives it and gives nothing away.
template <class Id, class Thing>
class ById {
  public:
    /// Null when there is none.
    template <class Map>
    [[nodiscard]] Thing* find(Map& map, Id id) const {
        const auto row = static_cast<std::size_t>(id.value);
        if (row < seen_.size() && seen_[row] != nullptr) return seen_[row];
        return look_up(map, id);
    }

  private:
    template <class Map>
    [[nodiscard]] Thing* look_up(Map& map, Id id) const {
        const auto found = map.find(id);
        if (found == map.end()) return nullptr;
        const auto row = static_cast<std::size_t>(id.value);
        if (row >= seen_.size()) seen_.resize(row + 1);
        return seen_[row] = &found->second;
    }

    mutable std::vector<Thing*> seen_;
};

}  // namespace venue::engine
