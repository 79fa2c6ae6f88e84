// Many orders cancelled together: which ones, in what order, who hears of it, and that it goes on where it stopped.
#include "venue/engine/mass_cancel.hpp"

#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/fold.hpp"

namespace venue::test {
namespace {

using model::ClOrdId;
using model::KillSwitch;
using model::MassCancel;
using model::Side;
using testing::ElementsAre;
using testing::HasSubstr;

class MassCancels : public testing::Test {
  protected:
    MassCancels() {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "USD", "100000");
            venue.deposit(name, "BTC", "100");
        }
        venue.handle(model::AddAsset{{{}, "ETH", 8, 8}});
        venue.handle(model::ListInstrument{"ETH-USD", "ETH", "USD", {1, 0}, {1, 2}});
        venue.handle(model::OpenAccount{"alice", "alice-2"});
        venue.deposit("alice-2", "USD", "1000");
    }
    void buy_eth(const std::string& session, const std::string& name) {
        auto asked = order(name, Side::buy, "1 @ 100");
        asked.symbol = "ETH-USD";
        venue.handle(asked, session);
    }
    std::vector<std::string> settle(MassCancel asked, const std::string& session = "ALICE") {
        asked.cl_ord_id = ClOrdId("m1");
        return venue.settle(asked, session);
    }
    void buy_many(int count) {
        for (int i = 0; i < count; ++i) venue.buy("ALICE", "n" + std::to_string(i), "0.01 @ 100");
    }

    SmallVenue venue;
};

TEST_F(MassCancels, TakesAllOfTheParticipantsOrdersInTheOrderOfTheirIds) {
    venue.buy("ALICE", "a1", "1 @ 100");
    venue.buy("BOB", "b1", "1 @ 100");
    venue.sell("ALICE2", "a2", "1 @ 120");
    buy_eth("ALICE", "a3");
    EXPECT_THAT(settle({}), ElementsAre("OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, mass_cancelled",
                                        "OrderCancelled to ALICE and ALICE2: a2 cancelled 0/1 holds 0, mass_cancelled",
                                        "OrderCancelled to ALICE: a3 cancelled 0/1 holds 0, mass_cancelled",
                                        "MassCancelReported to ALICE: m1 3"));
    EXPECT_EQ(venue.book(), "bids 100:1(1) offers");
    EXPECT_EQ(venue.funds("alice", "USD"), "100000+0");
}

TEST_F(MassCancels, AreNarrowedByInstrumentSideAndAccount) {
    venue.buy("ALICE", "a1", "1 @ 100");
    venue.sell("ALICE", "a2", "1 @ 120");
    buy_eth("ALICE", "a3");
    auto elsewhere = order("a4", Side::buy, "1 @ 90");
    elsewhere.account = "alice-2";
    venue.handle(elsewhere, "ALICE");
    EXPECT_THAT(settle({.symbol = "ETH-USD", .side = Side::sell}), ElementsAre("MassCancelReported to ALICE: m1 0"));
    EXPECT_THAT(settle({.symbol = "ETH-USD"}),
                ElementsAre(HasSubstr("a3 cancelled"), "MassCancelReported to ALICE: m1 1"));
    EXPECT_THAT(settle({.account = "alice-2"}),
                ElementsAre(HasSubstr("a4 cancelled"), "MassCancelReported to ALICE: m1 1"));
    EXPECT_THAT(settle({.side = Side::sell}),
                ElementsAre(HasSubstr("a2 cancelled"), "MassCancelReported to ALICE: m1 1"));
    EXPECT_EQ(venue.book(), "bids 100:1(1) offers");
}

TEST_F(MassCancels, TakeOrdersThatWaitForAPrice) {
    auto waiting = order("a1", Side::sell, "1");
    waiting.type = model::OrderType::trailing_stop;
    venue.handle(with({.trail = model::Decimal{5, 0}}, waiting), "ALICE");
    EXPECT_THAT(settle({}), ElementsAre(HasSubstr("a1 cancelled"), "MassCancelReported to ALICE: m1 1"));
    EXPECT_EQ(venue.funds("alice", "BTC"), "100+0");
}

TEST_F(MassCancels, AreDeclinedInAStatedOrder) {
    venue.buy("ALICE", "a1", "1 @ 100");
    MassCancel asked{ClOrdId("a1"), "bob", "NO-SUCH", Side::buy, KillSwitch::on};
    asked.flaw = {model::RejectReason::unsupported_characteristic, 530};
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("MassCancelReported to ALICE: a1 duplicate_cl_ord_id"));
    asked.cl_ord_id = ClOrdId("m1");
    EXPECT_THAT(venue.handle(asked, "ALICE"),
                ElementsAre("MassCancelReported to ALICE: m1 unsupported_characteristic"));
    asked.flaw = {};
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("MassCancelReported to ALICE: m1 terms_conflict"));
    asked.kill_switch = {};
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("MassCancelReported to ALICE: m1 unknown_symbol"));
    asked.symbol = "BTC-USD";
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("MassCancelReported to ALICE: m1 unknown_account"));
    EXPECT_EQ(venue.book(), "bids 100:1(1) offers");
}

TEST_F(MassCancels, GoOnInCommandsOfTheirOwnBeforeAnythingElse) {
    buy_many(2 * engine::mass_cancels_per_command_max + 1);
    const auto first = venue.handle(MassCancel{ClOrdId("m1")}, "ALICE");
    ASSERT_EQ(first.size(), engine::mass_cancels_per_command_max + 1U);
    EXPECT_THAT(first.back(), HasSubstr("MassCancelMarked: 1000 so far"));
    ASSERT_TRUE(std::holds_alternative<model::ContinueMassCancel>(venue.engine.follow_up().value()));
    EXPECT_EQ(venue.handle(*venue.engine.follow_up()).size(), engine::mass_cancels_per_command_max + 1U);
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()),
                ElementsAre("OrderCancelled to ALICE: n2000 cancelled 0/0.01 holds 0, mass_cancelled",
                            "MassCancelReported to ALICE: m1 2001"));
    EXPECT_FALSE(venue.engine.follow_up());
}

TEST_F(MassCancels, GoOnBehindOrdersThatEndedWithTheListOfOneBefore) {
    venue.engine.limit({.mass_cancels = 2});
    venue.buy("ALICE", "n1", "1 @ 90");
    venue.handle(model::PlaceList{model::ClOrdId("l1"),
                                  model::ListKind::one_cancels_others,
                                  {order("leg1", Side::buy, "1 @ 91"), order("leg2", Side::buy, "1 @ 92"),
                                   order("leg3", Side::buy, "1 @ 93")}},
                 "ALICE");
    for (const std::string name : {"n2", "n3", "n4"}) venue.buy("ALICE", name, "1 @ 90");
    const auto lines = settle({});
    EXPECT_THAT(lines, ElementsAre(HasSubstr("n1 cancelled"), HasSubstr("leg1 cancelled"), HasSubstr("list_ended"),
                                   HasSubstr("list_ended"), HasSubstr("2 so far"), HasSubstr("n2 cancelled"),
                                   HasSubstr("n3 cancelled"), HasSubstr("4 so far"), HasSubstr("n4 cancelled"),
                                   "MassCancelReported to ALICE: m1 5"));
}

TEST_F(MassCancels, GoOnAfterARestart) {
    buy_many(engine::mass_cancels_per_command_max + 1);
    venue.handle(MassCancel{ClOrdId("m1"), "", "BTC-USD", Side::buy}, "ALICE");
    ASSERT_TRUE(venue.restart());
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()),
                ElementsAre("OrderCancelled to ALICE: n1000 cancelled 0/0.01 holds 0, mass_cancelled",
                            "MassCancelReported to ALICE: m1 1001"));
}

/// Who asks for others, and names no participant.
class MassCancelsOfAnInstrument : public MassCancels {
  protected:
    std::vector<std::string> settle_instrument(std::optional<Side> side = {}) {
        auto state = std::make_unique<engine::State>();
        for (const model::Event& event : venue.events()) engine::fold(*state, event);
        std::vector<model::Event> events;
        const model::Command command;
        const auto btc_usd = venue.engine.reference().instrument("BTC-USD")->id;
        engine::Recorder out(*state, command, venue.now, {}, events);
        engine::mass_cancel(out, {.scope = {.instrument = btc_usd, .side = side},
                                  .reason = model::RejectReason::cancelled_by_operator});
        out.finish();
        engine::Engine engine(std::move(state));
        while (const auto next = engine.follow_up()) engine.handle({{}, *next}, venue.now, events);
        std::vector<std::string> lines;
        for (const auto& event : events) lines.push_back(line(event, engine.reference()));
        return lines;
    }
};

TEST_F(MassCancelsOfAnInstrument, TakeBidsThenOffersThenWhatWaits) {
    auto waiting = order("a3", Side::sell, "1");
    waiting.type = model::OrderType::trailing_stop;
    venue.handle(with({.trail = model::Decimal{5, 0}}, waiting), "ALICE");
    venue.sell("ALICE", "a2", "1 @ 120");
    venue.buy("BOB", "b1", "1 @ 100");
    venue.buy("ALICE", "a1", "1 @ 110");
    buy_eth("ALICE", "e1");
    EXPECT_THAT(settle_instrument(),
                ElementsAre("OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, cancelled_by_operator",
                            "OrderCancelled to BOB: b1 cancelled 0/1 holds 0, cancelled_by_operator",
                            HasSubstr("a2 cancelled"), HasSubstr("a3 cancelled"), "MassCancelReported: 4"));
    EXPECT_THAT(settle_instrument(Side::sell),
                ElementsAre(HasSubstr("a2 cancelled"), HasSubstr("a3 cancelled"), "MassCancelReported: 2"));
}

TEST_F(MassCancelsOfAnInstrument, GoOnAtTheFront) {
    buy_many(2 * engine::mass_cancels_per_command_max);
    const auto lines = settle_instrument();
    EXPECT_EQ(lines.size(), 2 * engine::mass_cancels_per_command_max + 3U);
    EXPECT_EQ(lines.back(), "MassCancelReported: 2000");
}

TEST_F(MassCancels, WithTheKillSwitchNoNewOrderIsTakenUntilItIsTurnedOff) {
    venue.buy("ALICE", "a1", "1 @ 100");
    EXPECT_THAT(settle({.kill_switch = KillSwitch::on}),
                ElementsAre("KillSwitchTurned: alice on",
                            "OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, kill_switch_turned_on",
                            "MassCancelReported to ALICE: m1 1"));
    EXPECT_THAT(venue.buy("ALICE2", "a2", "1 @ 100"), ElementsAre("OrderRejected to ALICE2: a2 kill_switch_on"));
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 100"), ElementsAre(HasSubstr("OrderAccepted")));
    EXPECT_THAT(settle({.kill_switch = KillSwitch::on}), ElementsAre("MassCancelReported to ALICE: m1 0"));
    EXPECT_THAT(settle({.kill_switch = KillSwitch::off}, "ALICE2"),
                ElementsAre("KillSwitchTurned: alice off", "MassCancelReported to ALICE2: m1 0"));
    EXPECT_THAT(venue.buy("ALICE", "a2", "1 @ 100"), ElementsAre(HasSubstr("OrderAccepted")));
}

}  // namespace
}  // namespace venue::test
