// What participants traded day by day, and what they pay by it.
#pragma once

#include <array>
#include <map>
#include <utility>

#include "venue/model/event.hpp"
#include "venue/model/reference.hpp"

namespace venue::engine {

struct State;
class Recorder;

/// In quote ledger units, the present day first.
using DailyVolumes = std::array<model::Amount, model::fee_days + 1>;

class TradedVolumes {
  public:
    using Key = std::pair<model::ParticipantId, model::AssetId>;

    /// Of a trade with oneself neither half counts: the second takes back what the first, right before it, brought.
    void count(const model::OrderTraded& half, model::AssetId quote);
    void add(model::ParticipantId participant, model::AssetId quote, model::Amount value, std::size_t days_ago = 0);
    /// Another day begins. Who traded nothing in all of them is forgotten.
    void begin_day();
    [[nodiscard]] const std::map<Key, DailyVolumes>& all() const { return volumes_; }
    void restore(const Key& key, const DailyVolumes& days) { volumes_[key] = days; }
    /// Nothing counts but what is traded behind that event.
    void begin(model::Sequence behind);
    [[nodiscard]] model::Sequence begun() const { return begun_; }

  private:
    std::map<Key, DailyVolumes> volumes_;
    model::Sequence begun_;
    /// The half that came last. Its other one follows in the same command, so no snapshot comes between them.
    struct Half {
        model::MatchId match;
        model::ParticipantId participant;
    } last_;
};

/// Ends the trading day of fees: who traded enough in the last thirty pays by another tier from now on.
void roll_fees(Recorder& out);

/// Where it is counted, what a trade comes to now belongs to the day on which it was traded.
void count_revision(State& state, const model::TradeRevision& revision, model::AssetId quote);

/// Of who traded nothing.
std::int32_t lowest_tier(const model::FeeSchedule& schedule);

/// The lower of what the instrument asks for and what the participant's tier does.
void set_rates(const State& state, const model::Instrument& instrument, model::Order& order);

}  // namespace venue::engine
