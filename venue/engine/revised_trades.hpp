// The trades that were taken back or corrected lately, so that none is taken back twice.
#pragma once

#include <map>

#include "venue/model/ids.hpp"
#include "venue/model/number.hpp"

namespace venue::engine {

/// Beyond so many the one of the oldest trade is forgotten; it and all older trades stay as they are from then on.
inline constexpr std::size_t revised_trades_max = 100'000;

class RevisedTrades {
  public:
    /// Zero for one that was taken back.
    void remember(model::MatchId match, model::Price price);
    /// Null when it stands as it was traded, or isn't remembered.
    [[nodiscard]] const model::Price* find(model::MatchId match) const;
    /// Whether nobody knows any more if it was taken back.
    [[nodiscard]] bool is_too_old(model::MatchId match) const { return match <= forgotten_; }

    [[nodiscard]] const std::map<model::MatchId, model::Price>& prices() const { return prices_; }
    [[nodiscard]] model::MatchId forgotten() const { return forgotten_; }
    void forget_up_to(model::MatchId match) { forgotten_ = match; }

  private:
    std::map<model::MatchId, model::Price> prices_;
    model::MatchId forgotten_;
};

}  // namespace venue::engine
