// docs/trading-phases.md, cell by cell, and how one phase follows another.
#include <gmock/gmock.h>

#include <functional>

#include "tests/unit/engine/documented_rows.hpp"
#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::Decimal;
using model::OrderType;
using model::Phase;
using model::PostOnly;
using model::Side;
using model::TimeInForce;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Lines = std::vector<std::string>;

/// Orders can be at the market while they gather.
struct BandedVenue : SmallVenue {
    BandedVenue() : SmallVenue({.static_band_bp = 5'000, .reference_price = Decimal{100, 0}}) {
        for (const std::string name : {"alice", "bob"}) {
            deposit(name, "BTC", "100");
            deposit(name, "USD", "10000");
        }
    }
};

model::PlaceOrder stop() {
    auto asked = order("b1", Side::sell, "1");
    asked.type = OrderType::stop;
    return with({.trigger = Decimal{80, 0}}, asked);
}

model::PlaceOrder post_only() { return with({.post_only = PostOnly::reject}, order("b1", Side::buy, "1 @ 100")); }

model::PlaceOrder pegged() {
    auto asked = order("b1", Side::buy, "1 @ 130");
    asked.type = OrderType::pegged;
    return with({.trail = Decimal{-1, 0}, .peg = model::Peg::market}, asked);
}

model::ReplaceOrder replacing(OrderType type, Side side = Side::buy) {
    model::ReplaceOrder asked{model::ClOrdId("b2"), model::ClOrdId("b1"), {}, "BTC-USD", side, type, {2, 0}, {}, {}};
    if (type == OrderType::limit) asked.price = Decimal{99, 0};
    if (type == OrderType::pegged) asked.price = Decimal{130, 0};
    return asked;
}

/// The columns.
constexpr Phase columns[] = {Phase::closed,     Phase::pre_open,           Phase::opening_auction,
                             Phase::continuous, Phase::volatility_auction, Phase::closing_auction,
                             Phase::halted,     Phase::post_only};

struct Row {
    const char* what;
    std::function<Lines(SmallVenue&)> ask;
    std::function<void(SmallVenue&)> before = [](SmallVenue&) {};
};

const std::vector<Row> rows = {
    {"limit order", [](auto& v) { return v.buy("BOB", "b1", "1 @ 100"); }},
    {"market order", [](auto& v) { return v.buy("BOB", "b1", "1"); }},
    {"market order by cash",
     [](auto& v) {
         return v.settle(with({.cash = Decimal{200, 0}}, order("b1", Side::buy, "0")), "BOB");
     },
     [](auto& v) { v.sell("ALICE", "a1", "1 @ 120"); }},
    {"immediate or cancel", [](auto& v) { return v.buy("BOB", "b1", "1 @ 100", TimeInForce::ioc); }},
    {"fill or kill", [](auto& v) { return v.buy("BOB", "b1", "1 @ 100", TimeInForce::fok); }},
    {"with a minimum quantity",
     [](auto& v) {
         return v.settle(with({.min_quantity = Decimal{1, 0}}, order("b1", Side::buy, "1 @ 100")), "BOB");
     }},
    {"post-only", [](auto& v) { return v.settle(post_only(), "BOB"); }},
    {"stop and others that wait for a price", [](auto& v) { return v.settle(stop(), "BOB"); }},
    {"pegged order", [](auto& v) { return v.settle(pegged(), "BOB"); },
     [](auto& v) { v.sell("ALICE", "a1", "1 @ 120"); }},
    {"at the open", [](auto& v) { return v.buy("BOB", "b1", "1 @ 100", TimeInForce::at_open); }},
    {"market order at the open", [](auto& v) { return v.buy("BOB", "b1", "1", TimeInForce::at_open); }},
    {"at the close", [](auto& v) { return v.buy("BOB", "b1", "1 @ 100", TimeInForce::at_close); }},
    {"cancel", [](auto& v) { return v.cancel("BOB", "c1", "b1"); }, [](auto& v) { v.buy("BOB", "b1", "1 @ 100"); }},
    {"replace of a limit order", [](auto& v) { return v.settle(replacing(OrderType::limit), "BOB"); },
     [](auto& v) { v.buy("BOB", "b1", "1 @ 100"); }},
    {"replace of a post-only order", [](auto& v) { return v.settle(replacing(OrderType::limit), "BOB"); },
     [](auto& v) { v.settle(post_only(), "BOB"); }},
    {"replace of a stop", [](auto& v) { return v.settle(replacing(OrderType::stop, Side::sell), "BOB"); },
     [](auto& v) { v.settle(stop(), "BOB"); }},
    {"replace of a pegged order", [](auto& v) { return v.settle(replacing(OrderType::pegged), "BOB"); },
     [](auto& v) {
         v.sell("ALICE", "a1", "1 @ 120");
         v.settle(pegged(), "BOB");
     }},
    {"replace of an order at the close", [](auto& v) { return v.settle(replacing(OrderType::limit), "BOB"); },
     [](auto& v) { v.buy("BOB", "b1", "1 @ 100", TimeInForce::at_close); }},
    {"replace of a market order that gathers", [](auto& v) { return v.settle(replacing(OrderType::market), "BOB"); },
     [](auto& v) {
         v.enter(Phase::pre_open);
         v.buy("BOB", "b1", "1");
     }},
};

/// The document's word for what happened.
std::string word_for(const Lines& lines, Phase phase) {
    const std::string& first = lines.at(0);
    if (first.starts_with("OrderRejected") || first.starts_with("ChangeRejected")) return "refused";
    if (!first.starts_with("OrderAccepted")) return "taken";
    if (lines.size() == 1 && !first.ends_with(", rests")) return "waits";
    return gathers(phase) ? "gathers" : "trades";
}

TEST(PhasesDocument, HasTheseRowsAndNoOthers) {
    std::set<std::string> played;
    for (const Row& row : rows) played.insert(row.what);
    EXPECT_EQ(documented_rows("trading-phases.md"), played);
}

TEST(PhasesDocument, SaysOfEachRequestWhatBecomesOfIt) {
    const auto documented = documented_cells("trading-phases.md");
    for (const Row& row : rows) {
        Lines words;
        for (const Phase phase : columns) {
            BandedVenue venue;
            row.before(venue);
            venue.enter(phase);
            const Lines lines = row.ask(venue);
            words.push_back(word_for(lines, phase));
            const bool is_new = lines.at(0).starts_with("OrderRejected");
            EXPECT_TRUE(!is_new || lines.at(0).ends_with(" phase_refuses")) << row.what << ": " << lines.at(0);
        }
        EXPECT_EQ(words, documented.at(row.what)) << row.what;
    }
}

TEST(Phases, AreToldWhenTheyChangeAndNotWhenTheyAreAskedForAgain) {
    SmallVenue venue;
    EXPECT_THAT(venue.enter(Phase::halted), ElementsAre("PhaseChanged: BTC-USD halted"));
    EXPECT_THAT(venue.enter(Phase::halted), IsEmpty());
    EXPECT_THAT(venue.settle(model::ChangePhase{"BTC-USD"}), ElementsAre("PhaseChanged: BTC-USD continuous"));
    EXPECT_THAT(venue.settle(model::ChangePhase{"BTC-USD"}), IsEmpty());
    EXPECT_THAT(venue.settle(model::ChangePhase{"ETH-USD", Phase::halted}),
                ElementsAre("ConfigurationRejected: The instrument ETH-USD is not known."));
}

TEST(Phases, AnInstrumentCanBeginInAnotherThanTheContinuousOne) {
    SmallVenue venue;
    venue.handle(model::ListInstrument{
        .symbol = "X", .base = "BTC", .quote = "USD", .tick = {1, 0}, .lot = {1, 2}, .phase = Phase::closed});
    EXPECT_EQ(venue.engine.reference().instrument("X")->phase, Phase::closed);
    auto asked = order("a1", Side::buy, "1 @ 1");
    asked.symbol = "X";
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("OrderRejected to ALICE: a1 phase_refuses"));
}

TEST(Phases, OrdersStayWhileTheInstrumentIsHaltedAndTradeAfterwards) {
    BandedVenue venue;
    venue.sell("ALICE", "a1", "1 @ 100");
    venue.enter(Phase::halted);
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 100"), ElementsAre("OrderRejected to BOB: b1 phase_refuses"));
    venue.settle(model::ChangePhase{"BTC-USD"});
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 100").back(), HasSubstr("OrderTraded to ALICE: a1 filled"));
}

TEST(Phases, AHaltCanCancelAllOrdersThoseThatWaitIncludedInPieces) {
    BandedVenue venue;
    const int orders = engine::mass_cancels_per_command_max;
    for (int i = 0; i < orders; ++i) venue.buy("BOB", "b" + std::to_string(i), "0.01 @ 90");
    venue.sell("ALICE", "a1", "1 @ 110");
    venue.sell("ALICE", "a2", "1 @ 120", TimeInForce::at_close);
    auto waiting = stop();
    waiting.cl_ord_id = model::ClOrdId("a3");
    venue.settle(waiting, "ALICE");
    const Lines first = venue.handle(model::ChangePhase{"BTC-USD", Phase::halted, true});
    EXPECT_EQ(first.front(), "PhaseChanged: BTC-USD halted");
    EXPECT_EQ(first.size(), static_cast<std::size_t>(orders) + 2);
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()),
                ElementsAre(HasSubstr("OrderCancelled to ALICE: a1"), HasSubstr("OrderCancelled to ALICE: a3"),
                            "OrderCancelled to ALICE: a2 cancelled 0/1 holds 0, cancelled_by_operator",
                            HasSubstr("MassCancelReported")));
    EXPECT_EQ(venue.funds("bob", "USD"), "10000+0");
    EXPECT_THAT(venue.settle(model::ChangePhase{"BTC-USD", Phase::closed, true}),
                ElementsAre("ConfigurationRejected: Only a halt cancels orders."));
}

TEST(Phases, TheOperatorCancelsAParticipantsOrders) {
    BandedVenue venue;
    venue.buy("BOB", "b1", "1 @ 90");
    venue.sell("ALICE", "a1", "1 @ 110");
    EXPECT_THAT(venue.settle(model::CancelOrders{"BTC-USD", "bob"}),
                ElementsAre(HasSubstr("OrderCancelled to BOB: b1 cancelled 0/1 holds 0, cancelled_by_operator"),
                            HasSubstr("MassCancelReported")));
    EXPECT_EQ(venue.book(), "bids offers 110:1(1)");
    EXPECT_THAT(venue.settle(model::CancelOrders{"", "nobody"}),
                ElementsAre("ConfigurationRejected: The participant nobody is not known."));
    EXPECT_THAT(venue.settle(model::CancelOrders{"", ""}),
                ElementsAre("ConfigurationRejected: An instrument or a participant must be named."));
}

TEST(Phases, AStopThatWasReachedWaitsForTheContinuousPhase) {
    BandedVenue venue;
    venue.settle(stop(), "BOB");
    venue.enter(Phase::opening_auction);
    venue.buy("ALICE", "a1", "1 @ 70");
    venue.sell("ALICE", "a2", "1 @ 70");
    venue.buy("ALICE", "a3", "1 @ 60");
    EXPECT_THAT(venue.enter(Phase::closed).back(), HasSubstr("PhaseChanged: BTC-USD closed"));
    const Lines lines = venue.enter(Phase::continuous);
    EXPECT_THAT(lines,
                ElementsAre("PhaseChanged: BTC-USD continuous", HasSubstr("OrderTriggered to BOB: b1"),
                            HasSubstr("OrderTraded to BOB: b1 filled"), HasSubstr("OrderTraded to ALICE: a3 filled")));
}

}  // namespace
}  // namespace venue::test
