#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using testing::ElementsAre;

class Cancel : public testing::Test {
  protected:
    Cancel() {
        venue.deposit("alice", "USD", "1000");
        venue.deposit("bob", "USD", "1000");
        venue.buy("ALICE", "a1", "1 @ 100");
    }
    model::OrderId last_order() const { return order_of(venue.events().back().body)->id; }

    SmallVenue venue;
};

TEST_F(Cancel, ReleasesTheHold) {
    EXPECT_THAT(venue.cancel("ALICE", "c1", "a1"),
                ElementsAre("OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, by_request c1"));
    EXPECT_EQ(venue.funds("alice", "USD"), "1000+0");
    EXPECT_EQ(venue.book(), "bids offers");
}

TEST_F(Cancel, ByAnotherSessionOfTheParticipantTellsBoth) {
    EXPECT_THAT(venue.cancel("ALICE2", "c1", "a1"),
                ElementsAre("OrderCancelled to ALICE2 and ALICE: a1 cancelled 0/1 holds 0, by_request c1"));
}

TEST_F(Cancel, AnotherParticipantsOrderIsUnknown) {
    const model::OrderId of_alice = last_order();
    EXPECT_THAT(venue.cancel("BOB", "c1", "a1"), ElementsAre("ChangeRejected to BOB: c1 unknown_order"));
    EXPECT_THAT(venue.handle(model::CancelOrder{model::ClOrdId("c2"), {}, of_alice, "BTC-USD"}, "BOB"),
                ElementsAre("ChangeRejected to BOB: c2 unknown_order"));
}

TEST_F(Cancel, FindsTheOrderByItsId) {
    EXPECT_THAT(venue.handle(model::CancelOrder{model::ClOrdId("c1"), {}, last_order(), "BTC-USD"}, "ALICE"),
                ElementsAre("OrderCancelled to ALICE: a1 cancelled 0/1 holds 0, by_request c1"));
}

TEST_F(Cancel, AnIdAndANameThatDisagreeNameNoOrder) {
    const model::OrderId first = last_order();
    venue.buy("ALICE", "a2", "1 @ 100");
    const model::CancelOrder asked{model::ClOrdId("c1"), model::ClOrdId("a2"), first, "BTC-USD"};
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("ChangeRejected to ALICE: c1 unknown_order"));
}

TEST_F(Cancel, IsDeclinedInAStatedOrder) {
    venue.cancel("ALICE", "c0", "a1");
    venue.buy("ALICE", "a2", "1 @ 100");
    model::CancelOrder asked{model::ClOrdId("a2"), model::ClOrdId("none"), {}, "ETH-USD", model::Side::sell};
    asked.flaw = {model::RejectReason::stale_resend, 122};
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("ChangeRejected to ALICE: a2 duplicate_cl_ord_id"));
    asked.cl_ord_id = model::ClOrdId("c1");
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("ChangeRejected to ALICE: c1 stale_resend"));
    asked.flaw = {};
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("ChangeRejected to ALICE: c1 unknown_order"));
    asked.orig_cl_ord_id = model::ClOrdId("a1");
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("ChangeRejected to ALICE: c1 order_closed"));
    asked.orig_cl_ord_id = model::ClOrdId("a2");
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("ChangeRejected to ALICE: c1 symbol_mismatch"));
    asked.symbol = "BTC-USD";
    EXPECT_THAT(venue.handle(asked, "ALICE"), ElementsAre("ChangeRejected to ALICE: c1 side_mismatch"));
}

TEST_F(Cancel, ADeclinedOneTellsTheOrdersState) {
    venue.cancel("ALICE", "c1", "a1");
    venue.cancel("ALICE", "c2", "a1");
    const auto& rejected = std::get<model::ChangeRejected>(venue.events().back().body);
    EXPECT_EQ(rejected.state, model::OrderState::cancelled);
    EXPECT_TRUE(rejected.order);
    EXPECT_FALSE(rejected.is_replace);
}

}  // namespace
}  // namespace venue::test
