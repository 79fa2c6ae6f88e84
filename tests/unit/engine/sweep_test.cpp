#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using engine::fills_per_command_max;
using model::ContinueSweep;
using model::OrderTraded;

class Sweep : public testing::Test {
  protected:
    Sweep() {
        venue.deposit("alice", "BTC", "1000");
        venue.deposit("bob", "USD", "1000000");
    }
    void rest(int count) {
        for (int i = 0; i < count; ++i) venue.sell("ALICE", "a" + std::to_string(i), "0.01 @ 100");
    }
    const OrderTraded& last_incoming() const {
        return std::get<OrderTraded>(venue.events().at(venue.events().size() - 2).body);
    }
    /// The order whose sweep must go on; zero when none must.
    model::OrderId sweeping() const { return sweeping(venue.engine); }
    static model::OrderId sweeping(const engine::Engine& engine) {
        const auto command = engine.follow_up();
        return command ? std::get<ContinueSweep>(*command).order : model::OrderId{};
    }
    std::string quantity(int lots) const { return to_text(model::Decimal{lots, 2}); }

    SmallVenue venue;
};

TEST_F(Sweep, GoesOnInALaterCommandAfterTheLimitOfFills) {
    rest(fills_per_command_max + 1);
    EXPECT_EQ(venue.buy("BOB", "b1", quantity(fills_per_command_max + 1) + " @ 100").size(),
              1U + 2U * fills_per_command_max);
    EXPECT_TRUE(last_incoming().sweep_goes_on);
    ASSERT_EQ(sweeping(), last_incoming().order.id);

    EXPECT_EQ(venue.handle(ContinueSweep{last_incoming().order.id}).size(), 2U);
    EXPECT_EQ(last_incoming().order.state, model::OrderState::filled);
    EXPECT_FALSE(sweeping());
}

TEST_F(Sweep, IsDoneWhenNothingMoreCrossesAtTheLimit) {
    rest(fills_per_command_max);
    venue.buy("BOB", "b1", "20 @ 100");
    EXPECT_FALSE(last_incoming().sweep_goes_on);
    EXPECT_FALSE(sweeping());
    EXPECT_EQ(venue.book(), "bids 100:10(1) offers");
}

TEST_F(Sweep, AMarketOrderThatCantPayEndsWhenItGoesOn) {
    venue.deposit("bob", "BTC", "0.01");
    rest(fills_per_command_max + 1);
    venue.buy("BOB", "tied", quantity(99'900'000) + " @ 1");  // Leaves 1,000 USD: a thousand lots at 100.
    venue.buy("BOB", "b1", "20");
    const model::OrderId order = sweeping();
    EXPECT_THAT(venue.handle(ContinueSweep{order}),
                testing::ElementsAre("OrderCancelled to BOB: b1 cancelled 10/20 holds 0, unpayable"));
    EXPECT_FALSE(sweeping());
}

TEST_F(Sweep, AFoldedEngineGoesOnWhereTheLiveOneStopped) {
    rest(fills_per_command_max + 1);
    venue.buy("BOB", "b1", "20 @ 100");
    engine::Engine folded;
    for (const model::Event& event : venue.events()) folded.fold(event);
    ASSERT_EQ(sweeping(folded), sweeping());
    std::vector<model::Event> events;
    folded.handle({{}, ContinueSweep{sweeping(folded)}}, venue.now, events);
    venue.handle(ContinueSweep{sweeping()});
    EXPECT_EQ(events.back(), venue.events().back());
    EXPECT_EQ(folded.state_hash(), venue.engine.state_hash());
}

using SweepDeath = Sweep;

TEST_F(SweepDeath, NoOtherCommandComesBetween) {
    rest(fills_per_command_max + 1);
    venue.buy("BOB", "b1", "20 @ 100");
    EXPECT_DEATH(venue.deposit("bob", "USD", "1"), "a follow-up comes before any other command");
}

}  // namespace
}  // namespace venue::test
