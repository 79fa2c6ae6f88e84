// New orders are judged in the catalogue's order: each case below fails its own check and those further down.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/book.hpp"

namespace venue::test {
namespace {

using model::ClOrdId;
using model::Decimal;
using model::parse_decimal;
using model::PlaceOrder;
using model::RejectReason;
using model::Side;

class Judge : public testing::Test {
  protected:
    Judge() {
        venue.deposit("alice", "USD", "100");
        venue.buy("ALICE", "used", "1 @ 1");
    }
    void expect(RejectReason reason, const PlaceOrder& asked) {
        const auto funds = venue.funds("alice", "USD");
        const auto lines = venue.handle(asked, "ALICE");
        ASSERT_EQ(lines.size(), 1U);
        const auto* rejected = std::get_if<model::OrderRejected>(&venue.events().back().body);
        ASSERT_NE(rejected, nullptr) << lines.front();
        EXPECT_EQ(name(rejected->flaw.reason), name(reason));
        EXPECT_EQ(venue.funds("alice", "USD"), funds);
    }

    SmallVenue venue;
};

TEST_F(Judge, TheFirstFailedCheckIsTheAnswer) {
    PlaceOrder asked = order("used", Side::buy, "0.001 @ 0.5");
    asked.type = model::OrderType::market;
    asked.symbol = "X-Y";
    asked.account = "bob";
    asked.flaw = {RejectReason::unsupported_characteristic, 18};
    expect(RejectReason::duplicate_cl_ord_id, asked);
    asked.cl_ord_id = ClOrdId("new");
    expect(RejectReason::unsupported_characteristic, asked);
    asked.flaw = {};
    expect(RejectReason::price_on_market_order, asked);
    asked.type = model::OrderType::limit;
    expect(RejectReason::unknown_symbol, asked);
    asked.symbol = "BTC-USD";
    expect(RejectReason::unknown_account, asked);
    asked.account = "nobody";
    expect(RejectReason::unknown_account, asked);
    asked.account = "alice";
    expect(RejectReason::quantity_too_precise, asked);
}

TEST_F(Judge, QuantitiesPricesAndFunds) {
    struct Case {
        const char* terms;
        RejectReason reason;
    };
    const Case cases[] = {
        {"0 @ 0", RejectReason::quantity_not_positive},
        {"-1 @ 1", RejectReason::quantity_not_positive},
        {"0.015 @ 0", RejectReason::quantity_too_precise},
        {"0.00000000000000000000000000001 @ 1", RejectReason::quantity_too_precise},
        {"100000000000.01 @ 0", RejectReason::quantity_too_large},
        {"999999999999999999999999999999 @ 1", RejectReason::quantity_too_large},
        {"1 @ 0", RejectReason::price_not_positive},
        {"1 @ -1", RejectReason::price_not_positive},
        {"1 @ 0.5", RejectReason::price_too_precise},
        {"1 @ 100000000000001", RejectReason::price_too_large},
        {"1 @ 999999999999999999999999999999", RejectReason::price_too_large},
        {"100000000000 @ 100000000000000", RejectReason::notional_too_large},
        {"100 @ 1", RejectReason::insufficient_funds},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.terms);
        expect(each.reason, order("new", Side::buy, each.terms));
    }
}

TEST_F(Judge, ARejectedNameIsFree) {
    expect(RejectReason::insufficient_funds, order("again", Side::buy, "100 @ 1"));
    EXPECT_EQ(venue.buy("ALICE", "again", "99 @ 1").size(), 1U);
    EXPECT_EQ(venue.funds("alice", "USD"), "0+100");
}

TEST_F(Judge, ALevelTakesNoMoreThanItsSizeCanCount) {
    const model::Sequence next{venue.engine.last_sequence().value + 1};
    model::Order whale = *venue.engine.order(model::OrderId{venue.engine.last_sequence().value});
    whale.id = model::OrderId{next.value};
    whale.cl_ord_id = ClOrdId("whale");
    whale.hold = {};
    whale.quantity = whale.leaves = engine::level_size_max - whale.leaves - model::Quantity{100};
    venue.engine.fold({next, next, true, venue.now, whale.session, {}, "", model::OrderAccepted{whale, true}});
    expect(RejectReason::quantity_too_large, order("a1", Side::buy, "1.01 @ 1"));
    EXPECT_EQ(venue.buy("ALICE", "a2", "1.01 @ 2").size(), 1U);
    EXPECT_EQ(venue.buy("ALICE", "a3", "1 @ 1").size(), 1U);
    EXPECT_THAT(venue.replace("ALICE", "a4", "a2", "1.01 @ 1"),
                testing::ElementsAre("ChangeRejected to ALICE: a4 quantity_too_large"));
}

TEST_F(Judge, TwoParticipantsMayUseTheSameName) {
    venue.deposit("bob", "USD", "1");
    EXPECT_THAT(venue.buy("BOB", "used", "1 @ 1"),
                testing::ElementsAre("OrderAccepted to BOB: used open 0/1 holds 1, rests"));
}

}  // namespace
}  // namespace venue::test
