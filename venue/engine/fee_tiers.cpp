#include "venue/engine/fee_tiers.hpp"

#include <algorithm>
#include <string>

#include "venue/engine/calendar.hpp"
#include "venue/engine/decide.hpp"
#include "venue/engine/objections.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::engine {
namespace {

using model::Amount;
using model::AssetId;
using model::FeeSchedule;

constexpr Amount most{model::value_max.units * 1'000'000};

/// Of thirty days, the latest of which is that many days ago.
Amount sum_of(const DailyVolumes& days, std::size_t latest) {
    Amount sum;
    for (std::size_t day = latest; day < latest + model::fee_days; ++day) sum += days[day];
    return std::clamp(sum, Amount{}, most);
}

/// By the last trade of the instrument that tells, in whole lots; nothing where none does.
Amount worth(const State& state, const FeeSchedule& schedule, AssetId asset, Amount amount) {
    if (asset == schedule.currency) return amount;
    for (const model::InstrumentId id : schedule.priced_by) {
        const model::Instrument& instrument = state.instrument(id);
        const Triggers* const triggers = state.triggers_of(id);
        if (instrument.base != asset || triggers == nullptr || triggers->last() == model::Price{}) continue;
        const model::Int128 lots = amount.units / instrument.base_per_lot.units;
        const model::Int128 each = model::Int128{triggers->last().ticks} * instrument.quote_per_tick_lot.units;
        model::Int128 value = 0;
        return __builtin_mul_overflow(lots, each, &value) ? most : std::min(Amount{value}, most);
    }
    return {};
}

std::int32_t tier_of(const FeeSchedule& schedule, Amount volume) {
    const auto next = std::ranges::upper_bound(schedule.tiers, volume, {}, &model::FeeTier::volume);
    return static_cast<std::int32_t>(next - schedule.tiers.begin());
}

/// Who is in another tier by what was traded in thirty days, the latest of which is that many days ago.
std::vector<model::TierChange> changed_tiers(const State& state, const FeeSchedule& schedule, std::size_t latest) {
    std::map<model::ParticipantId, Amount> sums;
    for (const auto& [key, days] : state.volumes.all()) {
        Amount& sum = sums[key.first];
        sum = std::min(sum + worth(state, schedule, key.second, sum_of(days, latest)), most);
    }
    std::vector<model::TierChange> changes;
    for (const auto& [id, participant] : state.reference.participants) {
        const auto found = sums.find(id);
        const auto tier = tier_of(schedule, found == sums.end() ? Amount{} : found->second);
        if (tier != participant.fee_tier) changes.push_back({id, tier});
    }
    return changes;
}

std::string objection(const State& state, const model::SetFees& asked, const model::Asset* currency) {
    if (asked.tiers.empty()) return {};
    if (currency == nullptr) return unknown("asset", asked.currency);
    if (asked.tiers.size() > model::fee_tiers_max) return "A schedule has at most 32 tiers.";
    Amount before{-1};
    for (const model::AskedFeeTier& tier : asked.tiers) {
        const auto volume = amount_of(tier.volume, currency->ledger_digits);
        if (!volume || *volume <= before || *volume > model::value_max) {
            return "The tiers' volumes must rise, and be whole ledger units of " + asked.currency + ".";
        }
        before = *volume;
        for (std::string objection : {objection_to_rate(tier.maker_rate), objection_to_rate(tier.taker_rate)}) {
            if (!objection.empty()) return objection;
        }
    }
    for (const std::string& symbol : asked.priced_by) {
        const model::Instrument* const instrument = state.instrument(symbol);
        if (instrument == nullptr) return unknown("instrument", symbol);
        if (instrument->quote != currency->id)
            return "The instrument " + symbol + " has no prices in " + asked.currency + ".";
        if (std::ranges::count(asked.priced_by, symbol) > 1) return "The instrument " + symbol + " is named twice.";
    }
    return {};
}

FeeSchedule understood(const State& state, const model::SetFees& asked) {
    FeeSchedule schedule;
    if (asked.tiers.empty()) return schedule;
    const model::Asset& currency = *state.reference.asset(asked.currency);
    schedule.currency = currency.id;
    for (const model::AskedFeeTier& tier : asked.tiers) {
        schedule.tiers.push_back({*amount_of(tier.volume, currency.ledger_digits), tier.maker_rate, tier.taker_rate});
    }
    for (const std::string& symbol : asked.priced_by) schedule.priced_by.push_back(state.instrument(symbol)->id);
    return schedule;
}

}  // namespace

void TradedVolumes::add(model::ParticipantId participant, AssetId quote, Amount value, std::size_t days_ago) {
    volumes_[{participant, quote}].at(days_ago) += value;
}

void TradedVolumes::count(const model::OrderTraded& half, AssetId quote) {
    const model::ParticipantId participant = half.order.participant;
    const bool is_own = last_.match == half.match && last_.participant == participant;
    add(participant, quote, is_own ? -half.last_quote : half.last_quote);
    last_ = {half.match, participant};
}

void TradedVolumes::begin(model::Sequence behind) {
    volumes_.clear();
    begun_ = behind;
}

void TradedVolumes::begin_day() {
    for (auto& [key, days] : volumes_) {
        std::shift_right(days.begin(), days.end(), 1);
        days.front() = {};
    }
    std::erase_if(volumes_, [](const auto& entry) { return entry.second == DailyVolumes{}; });
}

void decide(Recorder& out, const model::SetFees& asked) {
    const State& state = out.state();
    if (declined(out, objection(state, asked, state.reference.asset(asked.currency)), asked.call)) return;
    FeeSchedule schedule = understood(state, asked);
    if (schedule == state.reference.fees) return;
    const auto rolls_at = schedule.tiers.empty() ? model::Timestamp{} : next_midnight(out.now());
    auto changes = changed_tiers(state, schedule, 1);
    out.record(model::FeesSet{std::move(schedule), rolls_at, std::move(changes)});
}

void roll_fees(Recorder& out) {
    const State& state = out.state();
    // The day that ends is the latest of the thirty.
    out.record(model::FeesRolled{next_midnight(state.fees_due), changed_tiers(state, state.reference.fees, 0)});
}

void count_revision(State& state, const model::TradeRevision& revision, AssetId quote) {
    const bool is_of_no_day = revision.traded_at == model::Timestamp{};
    if (state.reference.fees.tiers.empty() || is_of_no_day) return;
    if (revision.match.value <= state.volumes.begun().value) return;
    const std::int64_t before_today =
        state.fees_due.nanoseconds - model::nanoseconds_per_day - revision.traded_at.nanoseconds;
    const std::int64_t days_ago =
        std::max<std::int64_t>(before_today + model::nanoseconds_per_day - 1, 0) / model::nanoseconds_per_day;
    if (days_ago > static_cast<std::int64_t>(model::fee_days)) return;
    state.volumes.add(revision.order.participant, quote, revision.last_quote, static_cast<std::size_t>(days_ago));
}

std::int32_t lowest_tier(const FeeSchedule& schedule) { return tier_of(schedule, {}); }

void set_rates(const State& state, const model::Instrument& instrument, model::Order& order) {
    order.maker_rate = instrument.maker_rate;
    order.taker_rate = instrument.taker_rate;
    const auto& tiers = state.reference.fees.tiers;
    if (tiers.empty() || !order.participant) return;
    const auto tier = static_cast<std::size_t>(state.participant(order.participant).fee_tier);
    if (tier == 0) return;
    order.maker_rate = std::min(order.maker_rate, tiers[tier - 1].maker_rate);
    order.taker_rate = std::min(order.taker_rate, tiers[tier - 1].taker_rate);
}

}  // namespace venue::engine
