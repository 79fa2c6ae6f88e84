// What the operator asks for at random.
#include "tests/property/random_action.hpp"

namespace venue::test {

/// Mostly continuous trading, for whatever it is that happened in between.
void RandomActions::choose_phase(Action& action) {
    action.kind = Kind::phase;
    using enum model::Phase;
    constexpr model::Phase phases[] = {continuous,      continuous,      continuous,      continuous,
                                       pre_open,        opening_auction, opening_auction, closing_auction,
                                       closing_auction, closing_auction, closed,          volatility_auction,
                                       halted,          post_only};
    action.phase = phases_[action.symbol] = phases[below(14)];
}

/// Who was limited or suspended is set free soon, so that there is something to see.
void RandomActions::choose_operation(Action& action) {
    const bool is_free = !limited_ && !suspended_;
    const bool limits = is_free ? !one_in(3) : limited_.has_value();
    action.kind = limits ? Kind::limit : Kind::suspend;
    auto& restricted = limits ? limited_ : suspended_;
    if (limits && one_in(2)) action.participant.clear();
    if (account_of(action).empty()) action.account.clear();
    if (!is_free) {
        restricted->later = action.later;
        action = *std::exchange(restricted, std::nullopt);
        action.limits = {};
        action.suspends = false;
        return;
    }
    if (limits) {
        action.limits = {one_in(2) ? 30 + below(100) : 0, one_in(2) ? 30 + below(200) : 0, one_in(2) ? 1 + below(8) : 0,
                         one_in(2) ? 1 + below(400) : 0};
    } else {
        action.suspends = true;
        action.market = one_in(2);
    }
    restricted = action;
}

/// A participant's orders, also in one instrument alone, or all of an instrument.
void RandomActions::choose_cancel_all(Action& action) {
    action.kind = Kind::cancel_all;
    action.only_in_symbol = action.buys;
    if (!is_wide() || !one_in(3)) return;
    action.participant.clear();
    action.only_in_symbol = true;
}

/// What was delisted is listed again soon.
void RandomActions::choose_listing(Action& action) {
    if (!delisted_.empty() && !one_in(4)) {
        action.kind = Kind::list;
        action.symbol = *delisted_.begin();
        delisted_.erase(delisted_.begin());
        return;
    }
    action.kind = one_in(20) ? Kind::list : one_in(3) ? Kind::delist : Kind::schedule;
    if (action.kind == Kind::delist) delisted_.insert(action.symbol);
    if (action.kind != Kind::schedule) return;
    using enum model::Phase;
    const std::vector<model::ScheduledPhase> schedules[] = {
        {},
        {},
        {{3'000, continuous}},
        {{1'000, post_only}, {2'000, opening_auction}, {5'000, continuous}, {70'000, continuous}},
        {{0, continuous}, {40'000, closing_auction}, {50'000, continuous}},
        {{20'000, pre_open},
         {21'000, opening_auction},
         {22'000, continuous},
         {80'000, closing_auction},
         {81'000, closed}}};
    action.schedule = schedules[below(std::ssize(schedules))];
    action.day_end = static_cast<std::int32_t>(one_in(2) ? 0 : below(86'400));
}

/// Also while orders are open that came under other ones.
void RandomActions::choose_bands(Action& action) {
    action.kind = Kind::bands;
    constexpr NaiveBands choices[] = {{},
                                      {700, 400, 30, 300},
                                      {0, 300, 0, 0},
                                      {1'000, 0, 0, 150},
                                      {300, 500, 10, 0},
                                      {0, 200, 20, 400},
                                      {500, 0, 60, 0}};
    action.bands = choices[below(std::ssize(choices))];
}

/// Mostly of a recent trade, so that the same is asked for twice now and then.
void RandomActions::choose_revision(Action& action) {
    action.kind = one_in(5) ? Kind::settle : Kind::revise;
    action.trades_ago = below(one_in(4) ? 100 : 5);
    action.deci_ticks = {};
    action.forces = !one_in(3);
    if (one_in(2)) action.deci_ticks = one_in(10) ? below(30) - 10 : 10 * (90 + below(20));
}

}  // namespace venue::test
