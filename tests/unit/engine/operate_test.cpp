// What the operator changes while the venue runs: limits, suspension, and instruments that come and go.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::AskedLimits;
using model::ChangeInstrument;
using model::Decimal;
using model::LimitParticipant;
using model::Side;
using model::Suspend;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Operating : public testing::Test {
  protected:
    Operating() {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "USD", "100000");
            venue.deposit(name, "BTC", "100");
        }
    }
    std::vector<std::string> limit(AskedLimits limits) {
        return venue.handle(ChangeInstrument{.symbol = "BTC-USD", .limits = limits});
    }
    /// A last trade at 100.
    void trade_at_100() {
        venue.sell("BOB", "s0", "0.01 @ 100");
        venue.buy("ALICE", "b0", "0.01 @ 100");
    }

    SmallVenue venue;
};

TEST_F(Operating, AnOrderAboveTheMaximumQuantityIsDeclined) {
    EXPECT_THAT(limit({.quantity = Decimal{2, 0}}), ElementsAre("InstrumentChanged: BTC-USD"));
    EXPECT_THAT(venue.buy("ALICE", "a1", "2.01 @ 100"), ElementsAre("OrderRejected to ALICE: a1 quantity_above_limit"));
    EXPECT_THAT(venue.buy("ALICE", "a2", "2 @ 100"), ElementsAre(HasSubstr("a2 open")));
    EXPECT_THAT(venue.replace("ALICE", "a3", "a2", "2.01 @ 100"),
                ElementsAre("ChangeRejected to ALICE: a3 quantity_above_limit"));
}

TEST_F(Operating, AnOrderAboveTheMaximumNotionalIsDeclined) {
    limit({.notional = Decimal{200, 0}});
    EXPECT_THAT(venue.buy("ALICE", "a1", "2.01 @ 100"), ElementsAre("OrderRejected to ALICE: a1 notional_above_limit"));
    EXPECT_THAT(venue.buy("ALICE", "a2", "2 @ 100"), ElementsAre(HasSubstr("a2 open")));
}

TEST_F(Operating, AnOrderAtTheMarketIsReckonedAtTheLastTradesPrice) {
    limit({.notional = Decimal{200, 0}});
    EXPECT_THAT(venue.sell("BOB", "s1", "50"), ElementsAre(HasSubstr("s1 open"), HasSubstr("no_match_left")));
    trade_at_100();
    EXPECT_THAT(venue.sell("BOB", "s2", "2.01"), ElementsAre("OrderRejected to BOB: s2 notional_above_limit"));
    EXPECT_THAT(venue.sell("BOB", "s3", "2"), ElementsAre(HasSubstr("s3 open"), HasSubstr("no_match_left")));
}

TEST_F(Operating, SoIsOneThatAFirstOrderTriggersOnlyLater) {
    limit({.notional = Decimal{200, 0}});
    trade_at_100();
    auto stop = order("out", Side::sell, "2.51");
    stop.type = model::OrderType::stop;
    const model::PlaceList list{{},
                                model::ListKind::one_triggers_others,
                                {order("in", Side::buy, "1 @ 90"), with({.trigger = Decimal{80, 0}}, stop)}};
    EXPECT_THAT(venue.settle(list, "ALICE"), ElementsAre("OrderRejected to ALICE: in list_rejected",
                                                         "OrderRejected to ALICE: out notional_above_limit"));
}

TEST_F(Operating, AnOrderThatIsThereAlreadyMayBecomeSmallerUnderLimitsThatCameLater) {
    trade_at_100();
    venue.buy("ALICE", "a1", "5 @ 90");
    limit({.quantity = Decimal{1, 0}, .notional = Decimal{1, 0}});
    EXPECT_THAT(venue.replace("ALICE", "a2", "a1", "4 @ 90"), ElementsAre(HasSubstr("OrderReplaced")));
    EXPECT_THAT(venue.replace("ALICE", "a3", "a2", "4 @ 89"),
                ElementsAre("ChangeRejected to ALICE: a3 quantity_above_limit"));
}

TEST_F(Operating, AParticipantHasNoMoreOpenOrdersThanAreAllowed) {
    limit({.open_orders = 2});
    venue.buy("ALICE", "a1", "1 @ 90");
    venue.buy("ALICE2", "a2", "1 @ 90");
    EXPECT_THAT(venue.buy("ALICE", "a3", "1 @ 90"), ElementsAre("OrderRejected to ALICE: a3 too_many_open_orders"));
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 90"), ElementsAre(HasSubstr("b1 open")));
    venue.cancel("ALICE", "a4", "a1");
    EXPECT_THAT(venue.buy("ALICE", "a5", "1 @ 90"), ElementsAre(HasSubstr("a5 open")));
}

TEST_F(Operating, AnOrderThatCanNotStayTakesNoRoomAmongOpenOrders) {
    limit({.open_orders = 1});
    venue.buy("ALICE", "a1", "1 @ 90");
    EXPECT_THAT(venue.buy("ALICE", "a2", "1 @ 90", model::TimeInForce::ioc),
                ElementsAre(HasSubstr("a2 open"), HasSubstr("no_match_left")));
}

TEST_F(Operating, AnOrderWithoutALimitIsReckonedBeforeTheFirstTrade) {
    limit({.notional = Decimal{200, 0}});
    venue.sell("BOB", "s1", "1 @ 150");
    EXPECT_THAT(venue.buy("ALICE", "a1", "2"), ElementsAre("OrderRejected to ALICE: a1 notional_above_limit"))
        << "at the other side's best price";
    SmallVenue listed{{.reference_price = Decimal{100, 0}}};
    listed.deposit("bob", "BTC", "100");
    listed.handle(ChangeInstrument{.symbol = "BTC-USD", .limits = {.notional = Decimal{200, 0}}});
    EXPECT_THAT(listed.sell("BOB", "s1", "2.01"), ElementsAre("OrderRejected to BOB: s1 notional_above_limit"));
    auto stop = with({.trigger = Decimal{50, 0}}, order("s2", Side::sell, "4"));
    stop.type = model::OrderType::stop;
    EXPECT_THAT(listed.handle(stop, "BOB"), ElementsAre(HasSubstr("s2 open")));
    stop.cl_ord_id = model::ClOrdId("s3");
    stop.quantity = Decimal{401, 2};
    EXPECT_THAT(listed.handle(stop, "BOB"), ElementsAre("OrderRejected to BOB: s3 notional_above_limit"));
}

TEST_F(Operating, APriceFarBeyondTheReferencePriceOrTheTouchIsDeclinedBeforeTheFirstTrade) {
    limit({.fat_finger_bp = 500});
    venue.sell("BOB", "s1", "1 @ 100");
    EXPECT_THAT(venue.buy("ALICE", "a1", "1 @ 106"), ElementsAre("OrderRejected to ALICE: a1 price_far_from_last"));
    SmallVenue listed{{.reference_price = Decimal{200, 0}}};
    listed.deposit("alice", "USD", "1000");
    listed.deposit("bob", "BTC", "1");
    listed.handle(ChangeInstrument{.symbol = "BTC-USD", .limits = {.fat_finger_bp = 500}});
    listed.sell("BOB", "s1", "1 @ 300");
    EXPECT_THAT(listed.buy("ALICE", "a1", "1 @ 211"), ElementsAre("OrderRejected to ALICE: a1 price_far_from_last"));
    EXPECT_THAT(listed.buy("ALICE", "a2", "1 @ 210"), ElementsAre(HasSubstr("a2 open")));
}

TEST_F(Operating, AStopsLimitIsHeldAgainstThePriceThatItWaitsFor) {
    limit({.fat_finger_bp = 500});
    trade_at_100();
    auto stop = with({.trigger = Decimal{200, 0}}, order("a1", Side::buy, "1 @ 211"));
    stop.type = model::OrderType::stop_limit;
    EXPECT_THAT(venue.handle(stop, "ALICE"), ElementsAre("OrderRejected to ALICE: a1 price_far_from_last"));
    stop.cl_ord_id = model::ClOrdId("a2");
    stop.price = Decimal{210, 0};
    EXPECT_THAT(venue.handle(stop, "ALICE"), ElementsAre(HasSubstr("a2 open")));
}

TEST_F(Operating, TheOrdersOfAListAreCountedOneByOne) {
    limit({.open_orders = 2});
    const auto list = [&](const std::string& name) {
        const model::PlaceList asked{{},
                                     model::ListKind::one_triggers_others,
                                     {order(name + "1", Side::buy, "1 @ 90"), order(name + "2", Side::sell, "1 @ 110"),
                                      order(name + "3", Side::sell, "1 @ 120")}};
        return venue.settle(asked, "ALICE");
    };
    EXPECT_THAT(list("a"), ElementsAre(HasSubstr("a1 list_rejected"), HasSubstr("a2 list_rejected"),
                                       HasSubstr("a3 too_many_open_orders")));
    limit({.open_orders = 3});
    EXPECT_THAT(list("b"), ElementsAre(HasSubstr("b1 open"), HasSubstr("b2 open"), HasSubstr("b3 open")));
    EXPECT_THAT(venue.buy("ALICE", "c1", "1 @ 90"), ElementsAre("OrderRejected to ALICE: c1 too_many_open_orders"));
}

TEST_F(Operating, APriceFarBeyondTheLastTradesIsDeclinedInTheDirectionThatCosts) {
    limit({.fat_finger_bp = 500});
    EXPECT_THAT(venue.buy("ALICE", "a1", "1 @ 999"), ElementsAre(HasSubstr("a1 open")));
    venue.cancel("ALICE", "a2", "a1");
    trade_at_100();
    EXPECT_THAT(venue.buy("ALICE", "a3", "1 @ 106"), ElementsAre("OrderRejected to ALICE: a3 price_far_from_last"));
    EXPECT_THAT(venue.sell("BOB", "b3", "1 @ 94"), ElementsAre("OrderRejected to BOB: b3 price_far_from_last"));
    EXPECT_THAT(venue.sell("BOB", "b4", "1 @ 200"), ElementsAre(HasSubstr("b4 open")));
    EXPECT_THAT(venue.buy("ALICE", "a4", "1 @ 105"), ElementsAre(HasSubstr("a4 open")));
}

TEST_F(Operating, OfTwoLimitsTheTighterOneHolds) {
    limit({.quantity = Decimal{2, 0}, .open_orders = 1});
    EXPECT_THAT(venue.handle(LimitParticipant{"alice", "BTC-USD", {.quantity = Decimal{1, 0}, .open_orders = 5}}),
                ElementsAre("ParticipantChanged: alice"));
    EXPECT_THAT(venue.buy("ALICE", "a1", "1.5 @ 90"), ElementsAre("OrderRejected to ALICE: a1 quantity_above_limit"));
    EXPECT_THAT(venue.buy("BOB", "b1", "1.5 @ 90"), ElementsAre(HasSubstr("b1 open")));
    venue.buy("ALICE", "a2", "1 @ 90");
    EXPECT_THAT(venue.buy("ALICE", "a3", "1 @ 90"), ElementsAre("OrderRejected to ALICE: a3 too_many_open_orders"));
}

TEST_F(Operating, AZeroTakesALimitAwayAndWhatIsNotSaidStays) {
    limit({.quantity = Decimal{2, 0}, .open_orders = 1});
    limit({.quantity = Decimal{}});
    EXPECT_EQ(venue.engine.reference().instrument("BTC-USD")->limits, (model::Limits{.open_orders = 1}));
}

TEST_F(Operating, AskingForWhatIsAlreadySoHasNoEffect) {
    limit({.quantity = Decimal{2, 0}});
    EXPECT_THAT(limit({.quantity = Decimal{2, 0}}), IsEmpty());
    EXPECT_THAT(venue.handle(Suspend{"alice", "", false}), IsEmpty());
    venue.settle(Suspend{"alice"});
    EXPECT_THAT(venue.settle(Suspend{"alice"}), IsEmpty());
    model::ListInstrument listing{.symbol = "NEW", .base = "BTC", .quote = "USD", .tick = {5, 0}, .lot = {1, 1}};
    listing.reference_price = Decimal{100, 0};
    venue.handle(listing);
    venue.handle(model::ChangePhase{"NEW", model::Phase::halted});
    EXPECT_THAT(venue.handle(listing), IsEmpty());
    listing.taker_rate = 1;
    EXPECT_THAT(venue.handle(listing), ElementsAre(HasSubstr("NEW exists already")));
    venue.settle(model::DelistInstrument{"NEW"});
    EXPECT_THAT(venue.settle(model::DelistInstrument{"NEW"}), IsEmpty());
}

TEST_F(Operating, WhatCanNotBeIsDeclinedWithASentence) {
    EXPECT_THAT(limit({.quantity = Decimal{1, 3}}), ElementsAre(HasSubstr("max_quantity must be")));
    EXPECT_THAT(limit({.notional = Decimal{1, 9}}), ElementsAre(HasSubstr("max_notional must be")));
    EXPECT_THAT(limit({.open_orders = -1}), ElementsAre(HasSubstr("max_open_orders must be")));
    EXPECT_THAT(limit({.fat_finger_bp = 10'001}), ElementsAre(HasSubstr("fat_finger_bp must be")));
    EXPECT_THAT(venue.handle(ChangeInstrument{.symbol = "BTC-USD", .maker_rate = 1'000'001}),
                ElementsAre(HasSubstr("A fee rate must be")));
    EXPECT_THAT(venue.handle(ChangeInstrument{"NO-SUCH"}), ElementsAre(HasSubstr("NO-SUCH is not known")));
    EXPECT_THAT(venue.handle(LimitParticipant{"nobody", "BTC-USD"}), ElementsAre(HasSubstr("nobody is not known")));
    EXPECT_THAT(venue.handle(Suspend{"alice", "bob"}), ElementsAre(HasSubstr("not one of alice's")));
    EXPECT_THAT(venue.handle(model::DelistInstrument{"NO-SUCH"}), ElementsAre(HasSubstr("NO-SUCH is not known")));
}

TEST_F(Operating, AParticipantIsChangedInWhatIsSaidAlone) {
    using model::ChangeParticipant;
    using model::SelfTrade;
    EXPECT_THAT(venue.handle(ChangeParticipant{.name = "alice", .self_trade = SelfTrade::cancel_both}),
                ElementsAre("ParticipantChanged: alice"));
    EXPECT_THAT(venue.handle(ChangeParticipant{.name = "alice", .remembered_orders = 5, .remembered_seconds = 60}),
                ElementsAre("ParticipantChanged: alice"));
    EXPECT_THAT(venue.handle(ChangeParticipant{.name = "alice", .remembered_seconds = 0}),
                ElementsAre("ParticipantChanged: alice"));
    const auto& alice = *venue.engine.reference().participant("alice");
    EXPECT_EQ(alice.self_trade, SelfTrade::cancel_both);
    EXPECT_EQ(alice.remembered, (model::Remembered{5, model::Remembered::usual_seconds}));
    EXPECT_THAT(venue.handle(ChangeParticipant{"alice", SelfTrade::cancel_both, 5, 86'400}), IsEmpty());
    EXPECT_THAT(venue.handle(ChangeParticipant{"alice"}), IsEmpty());
    EXPECT_THAT(venue.handle(ChangeParticipant{"nobody"}), ElementsAre(HasSubstr("nobody is not known")));
    EXPECT_THAT(venue.handle(ChangeParticipant{"alice", SelfTrade{9}}), ElementsAre(HasSubstr("self_trade: ")));
}

TEST_F(Operating, RatesChangeForOrdersFromNowOn) {
    venue.sell("BOB", "s1", "1 @ 100");
    venue.handle(ChangeInstrument{.symbol = "BTC-USD", .maker_rate = 10'000, .taker_rate = 20'000});
    const auto lines = venue.buy("ALICE", "b1", "1 @ 100");
    EXPECT_THAT(lines, ElementsAre(HasSubstr("b1 open"), HasSubstr("fee 0.002 BTC"), testing::Not(HasSubstr("fee"))));
}

TEST_F(Operating, TheStaticBandMovesWithTheReferencePriceAtOnce) {
    venue.handle(ChangeInstrument{.symbol = "BTC-USD", .static_band_bp = 1'000, .reference_price = Decimal{100, 0}});
    EXPECT_THAT(venue.buy("ALICE", "a1", "1 @ 111"), ElementsAre("OrderRejected to ALICE: a1 price_outside_band"));
    EXPECT_THAT(venue.handle(ChangeInstrument{.symbol = "BTC-USD", .reference_price = Decimal{110, 0}}),
                ElementsAre("InstrumentChanged: BTC-USD"));
    EXPECT_THAT(venue.buy("ALICE", "a2", "1 @ 111"), ElementsAre(HasSubstr("a2 open")));
    EXPECT_THAT(venue.buy("ALICE", "a3", "1 @ 122"), ElementsAre("OrderRejected to ALICE: a3 price_outside_band"));
    EXPECT_THAT(venue.handle(ChangeInstrument{.symbol = "BTC-USD", .reference_price = Decimal{}}),
                ElementsAre(HasSubstr("reference price must be")));
}

/// In seconds.
model::Timestamp at(std::int64_t time) { return {time * 1'000'000'000}; }

TEST_F(Operating, APhaseEndsByTheNewDayWhenTheDayChanges) {
    using model::Phase;
    using Schedule = std::vector<model::ScheduledPhase>;
    const auto change = [&](Schedule schedule) {
        return venue.handle(ChangeInstrument{.symbol = "BTC-USD", .schedule = std::move(schedule)});
    };
    const auto now = [&] { return venue.engine.reference().instrument("BTC-USD")->phase; };
    EXPECT_THAT(change({{3'600, Phase::pre_open}, {7'200, Phase::continuous}}),
                ElementsAre("InstrumentChanged: BTC-USD"));
    EXPECT_EQ(now(), Phase::continuous);
    EXPECT_EQ(venue.engine.next_due(), at(3'600));
    venue.advance(at(3'600));
    EXPECT_EQ(now(), Phase::pre_open);
    change({{7'000, Phase::continuous}, {10'000, Phase::closed}});
    EXPECT_EQ(now(), Phase::pre_open);
    EXPECT_EQ(venue.engine.next_due(), at(7'000));
    venue.enter(Phase::halted);
    EXPECT_EQ(venue.engine.next_due(), std::nullopt);
    change({{8'000, Phase::closed}, {9'000, Phase::continuous}});
    EXPECT_EQ(venue.engine.next_due(), std::nullopt) << "a halt ends when the operator says so";
    venue.settle(model::ChangePhase{"BTC-USD"});
    EXPECT_EQ(now(), Phase::continuous);
    change({});
    EXPECT_EQ(venue.engine.next_due(), std::nullopt);
    EXPECT_THAT(change({{8'000, Phase::halted}}), ElementsAre(HasSubstr("ConfigurationRejected")));
}

TEST_F(Operating, AnInterruptionEndsNoLaterByANewDay) {
    venue.handle(ChangeInstrument{.symbol = "BTC-USD", .dynamic_band_bp = 100, .volatility_seconds = 60});
    trade_at_100();
    venue.sell("BOB", "s1", "1 @ 110");
    venue.buy("ALICE", "b1", "1 @ 110");
    const auto end = venue.engine.reference().instrument("BTC-USD")->phase_until;
    EXPECT_EQ(venue.engine.reference().instrument("BTC-USD")->phase, model::Phase::volatility_auction);
    const auto change = [&](std::int32_t second) {
        venue.handle(ChangeInstrument{.symbol = "BTC-USD",
                                      .schedule = std::vector<model::ScheduledPhase>{
                                          {second, model::Phase::pre_open}, {80'000, model::Phase::continuous}}});
        return venue.engine.reference().instrument("BTC-USD")->phase_until;
    };
    EXPECT_EQ(change(3'600), end);
    EXPECT_EQ(change(30), at(30));
}

TEST_F(Operating, AnotherEndOfTheDayHoldsForOrdersFromNowOn) {
    EXPECT_THAT(venue.handle(ChangeInstrument{.symbol = "BTC-USD", .day_end = 3'600}),
                ElementsAre("InstrumentChanged: BTC-USD"));
    venue.buy("ALICE", "a1", "1 @ 90", model::TimeInForce::day);
    EXPECT_EQ(venue.engine.next_due(), at(3'600));
    EXPECT_THAT(venue.handle(ChangeInstrument{.symbol = "BTC-USD", .day_end = 86'400}),
                ElementsAre(HasSubstr("day_end must be")));
}

TEST_F(Operating, ASnapshotAndTheFoldKeepAChangedDay) {
    venue.handle(ChangeInstrument{.symbol = "BTC-USD",
                                  .reference_price = Decimal{100, 0},
                                  .schedule = std::vector<model::ScheduledPhase>{{3'600, model::Phase::pre_open},
                                                                                 {7'200, model::Phase::continuous}},
                                  .day_end = 1'800});
    ASSERT_TRUE(venue.restart());
    EXPECT_EQ(venue.engine.next_due(), at(3'600));
}

TEST_F(Operating, WhoIsSuspendedLosesItsOrdersAndMayOnlyCancel) {
    venue.buy("ALICE", "a1", "1 @ 90");
    venue.buy("ALICE2", "a2", "1 @ 91");
    venue.buy("BOB", "b1", "1 @ 90");
    EXPECT_THAT(venue.settle(Suspend{"alice"}),
                ElementsAre("ParticipantChanged: alice suspended",
                            "OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, suspended_by_operator",
                            "OrderCancelled to ALICE2: a2 cancelled 0/1 holds 0, suspended_by_operator",
                            "MassCancelReported: 2"));
    EXPECT_THAT(venue.buy("ALICE2", "a3", "1 @ 90"), ElementsAre("OrderRejected to ALICE2: a3 participant_suspended"));
    EXPECT_THAT(venue.replace("ALICE", "a4", "a1", "1 @ 90"),
                ElementsAre("ChangeRejected to ALICE: a4 participant_suspended"));
    EXPECT_THAT(venue.cancel("ALICE", "a5", "a1"), ElementsAre("ChangeRejected to ALICE: a5 order_closed"));
    EXPECT_THAT(venue.settle(Suspend{"alice", "", false}), ElementsAre("ParticipantChanged: alice"));
    EXPECT_THAT(venue.buy("ALICE", "a6", "1 @ 90"), ElementsAre(HasSubstr("a6 open")));
}

TEST_F(Operating, AnAccountIsSuspendedByItself) {
    venue.handle(model::OpenAccount{"alice", "alice-2"});
    venue.deposit("alice-2", "USD", "1000");
    auto elsewhere = order("a1", Side::buy, "1 @ 90");
    elsewhere.account = "alice-2";
    venue.handle(elsewhere, "ALICE");
    venue.buy("ALICE", "a2", "1 @ 90");
    EXPECT_THAT(venue.settle(Suspend{"alice", "alice-2"}),
                ElementsAre("AccountChanged: alice-2 suspended",
                            "OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, suspended_by_operator",
                            "MassCancelReported: 1"));
    elsewhere.cl_ord_id = model::ClOrdId("a3");
    EXPECT_THAT(venue.handle(elsewhere, "ALICE"), ElementsAre("OrderRejected to ALICE: a3 account_suspended"));
    EXPECT_THAT(venue.buy("ALICE", "a4", "1 @ 90"), ElementsAre(HasSubstr("a4 open")));
}

TEST_F(Operating, ADelistedInstrumentsOrdersAreCancelledAndItsSymbolIsFree) {
    venue.buy("ALICE", "a1", "1 @ 90");
    EXPECT_THAT(
        venue.settle(model::DelistInstrument{"BTC-USD"}),
        ElementsAre("InstrumentDelisted: BTC-USD",
                    "OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, instrument_delisted", "MassCancelReported: 1"));
    EXPECT_THAT(venue.buy("ALICE", "a2", "1 @ 90"), ElementsAre("OrderRejected to ALICE: a2 unknown_symbol"));
    venue.handle(model::ListInstrument{"BTC-USD", "BTC", "USD", {5, 0}, {1, 1}});
    EXPECT_THAT(venue.buy("ALICE", "a3", "1 @ 90"), ElementsAre(HasSubstr("a3 open")));
    EXPECT_EQ(venue.engine.reference().instruments.size(), 2U);
    const auto answer = venue.engine.answer(model::InstrumentsQuestion{}, venue.session("ALICE"), venue.now);
    EXPECT_THAT(std::get<model::InstrumentsAnswer>(answer).instruments, ElementsAre(model::InstrumentId{2}));
}

TEST_F(Operating, ASnapshotKeepsLimitsAndSuspensions) {
    limit({.open_orders = 2});
    venue.handle(LimitParticipant{"bob", "BTC-USD", {.quantity = Decimal{1, 0}}});
    venue.buy("BOB", "b1", "1 @ 90");
    venue.settle(Suspend{"alice"});
    venue.settle(Suspend{"bob", "bob"});
    venue.settle(Suspend{"bob", "bob", false});
    venue.buy("BOB", "b2", "1 @ 90");
    ASSERT_TRUE(venue.restart());
    EXPECT_THAT(venue.buy("ALICE", "a3", "1 @ 90"), ElementsAre("OrderRejected to ALICE: a3 participant_suspended"));
    EXPECT_THAT(venue.buy("BOB", "b3", "1.01 @ 90"), ElementsAre("OrderRejected to BOB: b3 quantity_above_limit"));
    venue.buy("BOB", "b4", "1 @ 90");
    EXPECT_THAT(venue.buy("BOB", "b5", "1 @ 90"), ElementsAre("OrderRejected to BOB: b5 too_many_open_orders"));
}

}  // namespace
}  // namespace venue::test
