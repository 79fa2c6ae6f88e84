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
    phase_ = phases[below(14)];
    action.phase = phase_;
}

/// Who was limited or suspended is set free soon, so that there is something to see.
void RandomActions::choose_operation(Action& action) {
    const bool is_free = limited_.empty() && suspended_.empty();
    const bool limits = is_free ? !one_in(3) : !limited_.empty();
    action.kind = limits ? Kind::limit : Kind::suspend;
    if (limits) {
        if (one_in(2)) action.participant.clear();
        if (is_free) {
            action.limits = {one_in(2) ? 30 + below(100) : 0, one_in(2) ? 30 + below(200) : 0,
                             one_in(2) ? 1 + below(8) : 0, one_in(2) ? 1 + below(400) : 0};
            limited_.insert(action.participant);
            return;
        }
        action.participant = *limited_.begin();
        limited_.clear();
        return;
    }
    action.suspends = is_free;
    if (is_free) {
        action.market = one_in(2);
        suspended_.insert((action.market ? "#" : "") + action.participant);
        return;
    }
    action.participant = *suspended_.begin();
    suspended_.clear();
    action.market = action.participant.front() == '#';
    if (action.market) action.participant.erase(0, 1);
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
    action.deci_usd = {};
    action.forces = !one_in(3);
    if (one_in(2)) action.deci_usd = one_in(10) ? below(30) - 10 : 10 * (90 + below(20));
}

}  // namespace venue::test
