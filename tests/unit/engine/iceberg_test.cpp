// Orders that show a tranche of themselves at a time.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::Decimal;
using model::Side;
using model::TimeInForce;
using testing::ElementsAre;

class Iceberg : public testing::Test {
  protected:
    explicit Iceberg(std::int32_t display_min_bp = 0) : venue({.display_min_bp = display_min_bp}) {
        venue.deposit("alice", "BTC", "10");
        venue.deposit("bob", "USD", "1000");
    }
    std::vector<std::string> iceberg(std::string name, std::string words, Decimal display,
                                     TimeInForce time_in_force = TimeInForce::gtc) {
        return venue.handle(with({.display = display}, order(std::move(name), Side::sell, words, time_in_force)),
                            "ALICE");
    }
    std::vector<std::string> replace(std::string name, std::string original, std::int64_t quantity,
                                     std::optional<Decimal> display) {
        model::ReplaceOrder change;
        change.cl_ord_id = model::ClOrdId(name);
        change.orig_cl_ord_id = model::ClOrdId(original);
        change.symbol = "BTC-USD";
        change.side = Side::sell;
        change.quantity = {quantity, 0};
        change.price = Decimal{100, 0};
        return venue.handle(with({.display = display}, change), "ALICE");
    }
    SmallVenue venue;
};

TEST_F(Iceberg, ShowsItsTrancheAndHoldsItsWhole) {
    EXPECT_THAT(iceberg("a1", "5 @ 100", {2, 0}),
                ElementsAre("OrderAccepted to ALICE: a1 open 0/5 holds 5 shows 2, rests"));
    EXPECT_EQ(venue.book(), "bids offers 100:2(1)");
    EXPECT_EQ(venue.funds("alice", "BTC"), "5+5");
}

TEST_F(Iceberg, ItsNextTrancheGoesToTheBackOfItsLevel) {
    iceberg("a1", "5 @ 100", {2, 0});
    venue.sell("ALICE", "a2", "1 @ 100");
    EXPECT_THAT(venue.buy("BOB", "b1", "4 @ 100"),
                ElementsAre("OrderAccepted to BOB: b1 open 0/4 holds 400, rests",
                            "OrderTraded to BOB: b1 open 2/4 holds 200, 2 @ 100 as incoming",
                            "OrderTraded to ALICE: a1 open 2/5 holds 3 shows 2, 2 @ 100 as resting, refreshed",
                            "OrderTraded to BOB: b1 open 3/4 holds 100, 1 @ 100 as incoming",
                            "OrderTraded to ALICE: a2 filled 1/1 holds 0, 1 @ 100 as resting",
                            "OrderTraded to BOB: b1 filled 4/4 holds 0, 1 @ 100 as incoming",
                            "OrderTraded to ALICE: a1 open 3/5 holds 2 shows 1, 1 @ 100 as resting"));
    EXPECT_EQ(venue.book(), "bids offers 100:1(1)");
}

TEST_F(Iceberg, ItsLastTrancheIsWhatIsLeft) {
    iceberg("a1", "5 @ 100", {4, 0});
    EXPECT_EQ(venue.buy("BOB", "b1", "4 @ 100").back(),
              "OrderTraded to ALICE: a1 open 4/5 holds 1 shows 1, 4 @ 100 as resting, refreshed");
    EXPECT_EQ(venue.buy("BOB", "b2", "1 @ 100").back(),
              "OrderTraded to ALICE: a1 filled 5/5 holds 0, 1 @ 100 as resting");
    EXPECT_EQ(venue.book(), "bids offers");
}

TEST_F(Iceberg, WhatItHidesCountsForFillOrKillAndMinimumAndCash) {
    iceberg("a1", "5 @ 100", {1, 0});
    EXPECT_THAT(venue.buy("BOB", "b1", "6 @ 100", TimeInForce::fok).back(), testing::HasSubstr("fok_not_fillable"));
    EXPECT_THAT(venue.buy("BOB", "b2", "3 @ 100", TimeInForce::fok).back(), testing::HasSubstr("a1 open 3/5"));
    const auto lines = venue.handle(with({.cash = Decimal{200, 0}}, order("b3", Side::buy, "0")), "BOB");
    EXPECT_EQ(lines.back(), "OrderTraded to ALICE: a1 filled 5/5 holds 0, 1 @ 100 as resting");
}

TEST_F(Iceberg, ThatComesInShowsATrancheOfWhatIsLeft) {
    venue.buy("BOB", "b1", "3 @ 100");
    EXPECT_THAT(iceberg("a1", "5 @ 100", {4, 0}).at(1), testing::HasSubstr("a1 open 3/5 holds 2 shows 2"));
    EXPECT_EQ(venue.book(), "bids offers 100:2(1)");
}

TEST_F(Iceberg, ShowingLessKeepsItsPlaceAndShowingMoreLosesIt) {
    iceberg("a1", "5 @ 100", {2, 0});
    venue.buy("BOB", "b1", "0.5 @ 100");
    EXPECT_THAT(replace("a2", "a1", 5, Decimal{1, 0}),
                ElementsAre("OrderReplaced to ALICE: a2 open 0.5/5 holds 4.5 shows 1, was a1, kept its place"));
    EXPECT_THAT(replace("a3", "a2", 5, Decimal{3, 0}),
                ElementsAre("OrderReplaced to ALICE: a3 open 0.5/5 holds 4.5 shows 3, was a2"));
    EXPECT_THAT(replace("a4", "a3", 2, {}),
                ElementsAre("OrderReplaced to ALICE: a4 open 0.5/2 holds 1.5 shows 1.5, was a3, kept its place"));
}

TEST_F(Iceberg, MustShowWholeLotsOfAnOrderThatCanRest) {
    EXPECT_THAT(iceberg("a1", "5 @ 100", {6, 0}), ElementsAre("OrderRejected to ALICE: a1 display_invalid"));
    EXPECT_THAT(iceberg("a2", "5 @ 100", {0, 0}), ElementsAre("OrderRejected to ALICE: a2 display_invalid"));
    EXPECT_THAT(iceberg("a3", "5 @ 100", {1, 3}), ElementsAre("OrderRejected to ALICE: a3 display_invalid"));
    EXPECT_THAT(iceberg("a4", "5 @ 100", {1, 0}, TimeInForce::ioc),
                ElementsAre("OrderRejected to ALICE: a4 terms_conflict"));
    EXPECT_THAT(iceberg("a5", "5", {1, 0}), ElementsAre("OrderRejected to ALICE: a5 terms_conflict"));
}

class IcebergWithALeastPart : public Iceberg {
  protected:
    IcebergWithALeastPart() : Iceberg(2'000) {}
};

TEST_F(IcebergWithALeastPart, ShowsThatMuchAtLeast) {
    EXPECT_THAT(iceberg("a1", "5 @ 100", {99, 2}), ElementsAre("OrderRejected to ALICE: a1 display_too_small"));
    EXPECT_THAT(iceberg("a2", "5 @ 100", {1, 0}), testing::SizeIs(1));
    EXPECT_THAT(replace("a3", "a2", 6, {}), ElementsAre("ChangeRejected to ALICE: a3 display_too_small"));
}

TEST_F(Iceberg, IsTheSameFoldedAndRead) {
    iceberg("a1", "5 @ 100", {2, 0});
    venue.sell("ALICE", "a2", "1 @ 100");
    venue.buy("BOB", "b1", "2.5 @ 100");
    engine::Engine folded;
    for (const model::Event& event : venue.events()) folded.fold(event);
    EXPECT_EQ(folded.state_hash(), venue.engine.state_hash());
}

}  // namespace
}  // namespace venue::test
