// Lists of orders to which their participants gave names.
#include "venue/engine/named_lists.hpp"

#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/engine.hpp"

namespace venue::test {
namespace {

using model::ClOrdId;
using model::ListKind;
using model::ListQuestion;
using model::PlaceList;
using model::PlaceOrder;
using model::Side;
using testing::ElementsAre;
using testing::HasSubstr;

class ListsWithNames : public testing::Test {
  protected:
    ListsWithNames() {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "USD", "1000");
            venue.deposit(name, "BTC", "10");
        }
    }
    std::vector<std::string> enter(const std::string& name, std::vector<PlaceOrder> orders,
                                   ListKind kind = ListKind::one_cancels_others, const std::string& session = "ALICE") {
        return venue.settle(PlaceList{ClOrdId(name), kind, std::move(orders)}, session);
    }
    std::vector<std::string> pair(const std::string& name, const std::string& first,
                                  const std::string& session = "ALICE") {
        return enter(name, {order(first, Side::sell, "1 @ 110"), order(first + "2", Side::sell, "2 @ 120")},
                     ListKind::one_cancels_others, session);
    }
    /// "a1 open, a2 cancelled", or why there is no answer.
    [[nodiscard]] std::string asked(const std::string& name, const std::string& session = "ALICE") const {
        const auto answer = venue.engine.answer(ListQuestion{ClOrdId(name)}, venue.session(session), venue.now);
        if (const auto* const refusal = std::get_if<model::Refusal>(&answer)) {
            return std::string(model::name(refusal->reason)) + " " + refusal->message_type + " " +
                   refusal->reference_id;
        }
        std::string text;
        for (const auto& one : std::get<model::ListAnswer>(answer).orders) {
            text += (text.empty() ? "" : ", ") + std::string(one.cl_ord_id.view()) + " " +
                    std::string(model::name(one.state));
        }
        return text;
    }

    SmallVenue venue;
};

TEST_F(ListsWithNames, AreReportedBehindTheirOrders) {
    EXPECT_THAT(pair("l1", "a"), ElementsAre(HasSubstr("OrderAccepted to ALICE: a open"), HasSubstr("a2 open"),
                                             "ListReported to ALICE: l1 a 100 lots a2 200 lots"));
}

TEST_F(ListsWithNames, AreReportedWithEachOrdersReasonWhenTheyAreDeclined) {
    EXPECT_THAT(enter("l1", {order("a", Side::sell, "1 @ 110"), order("b", Side::sell, "99 @ 120")}),
                ElementsAre("OrderRejected to ALICE: a list_rejected", "OrderRejected to ALICE: b insufficient_funds",
                            "ListReported to ALICE: l1 a list_rejected b insufficient_funds"));
    EXPECT_EQ(asked("l1"), "unknown_list M l1") << "the name of what was declined is free";
}

TEST_F(ListsWithNames, HaveTheirNamesForThemselvesAlone) {
    pair("l1", "a");
    EXPECT_THAT(
        pair("l1", "b", "ALICE2"),
        ElementsAre("OrderRejected to ALICE2: b duplicate_list_id", "OrderRejected to ALICE2: b2 duplicate_list_id",
                    "ListReported to ALICE2: l1 b duplicate_list_id b2 duplicate_list_id"));
    EXPECT_THAT(pair("l1", "b", "BOB").back(), "ListReported to BOB: l1 b 100 lots b2 200 lots");
    venue.cancel("ALICE", "c", "a", Side::sell);
    EXPECT_THAT(pair("l1", "b").back(), HasSubstr("duplicate_list_id")) << "its orders are closed, and remembered";
}

TEST_F(ListsWithNames, AreAskedForByAnySessionOfTheirParticipant) {
    pair("l1", "a");
    EXPECT_EQ(asked("l1"), "a open, a2 open");
    venue.replace("ALICE", "r", "a2", "1 @ 120", Side::sell);
    EXPECT_EQ(asked("l1", "ALICE2"), "a open, r open");
    EXPECT_EQ(asked("l1", "BOB"), "unknown_list M l1");
    venue.buy("BOB", "b", "1 @ 110");
    EXPECT_EQ(asked("l1"), "a filled, r cancelled");
}

TEST_F(ListsWithNames, KeepOrdersThatHaveComeAlive) {
    enter("l1", {order("in", Side::buy, "1 @ 99"), order("out", Side::sell, "1 @ 110")}, ListKind::one_triggers_others);
    venue.settle(order("b", Side::sell, "1 @ 99"), "BOB");
    EXPECT_EQ(asked("l1"), "in filled, out open");
    EXPECT_THAT(venue.settle(model::CancelList{ClOrdId("l1")}, "ALICE"),
                ElementsAre("OrderCancelled to ALICE: out cancelled 0/1 holds 0, list_cancelled"));
}

TEST_F(ListsWithNames, AreCancelledWholeAndBothSessionsHear) {
    pair("l1", "a");
    EXPECT_THAT(venue.settle(model::CancelList{ClOrdId("l1")}, "ALICE2"),
                ElementsAre("OrderCancelled to ALICE2 and ALICE: a cancelled 0/1 holds 0, list_cancelled",
                            "OrderCancelled to ALICE2 and ALICE: a2 cancelled 0/2 holds 0, list_cancelled"));
    EXPECT_EQ(venue.funds("alice", "BTC"), "10+0");
    EXPECT_THAT(venue.settle(model::CancelList{ClOrdId("l1")}, "ALICE"), ElementsAre()) << "nothing is open";
    EXPECT_THAT(venue.settle(model::CancelList{ClOrdId("l2")}, "ALICE"), ElementsAre()) << "there is no such list";
}

TEST_F(ListsWithNames, OutliveSnapshotsAndFolds) {
    pair("l1", "a");
    venue.cancel("ALICE", "c", "a", Side::sell);
    ASSERT_TRUE(venue.restart());
    EXPECT_EQ(asked("l1"), "a cancelled, a2 cancelled");
}

TEST(NamedLists, ForgetANameWithTheLastOrderOfIt) {
    engine::NamedLists lists;
    model::Order one;
    one.id = model::OrderId(2);
    one.participant = model::ParticipantId(1);
    one.special.emplace().list_name = ClOrdId("l1");
    model::Order other = one;
    other.id = model::OrderId(1);
    lists.add(one);
    lists.add(other);
    EXPECT_THAT(lists.find(one.participant, ClOrdId("l1")), ElementsAre(other.id, one.id));
    lists.remove(other);
    EXPECT_THAT(lists.find(one.participant, ClOrdId("l1")), ElementsAre(one.id));
    lists.remove(one);
    EXPECT_THAT(lists.find(one.participant, ClOrdId("l1")), ElementsAre());
}

TEST_F(ListsWithNames, TellWhatIsKnownOfWhatMayBeSentAgain) {
    const auto asks = [&](const model::CommandBody& body) -> std::string {
        const auto question = venue.engine.known(body, venue.session("ALICE2"));
        if (!question) return "nothing";
        return std::holds_alternative<ListQuestion>(*question) ? "for a list" : "for an order";
    };
    pair("l1", "a");
    EXPECT_EQ(asks(PlaceList{ClOrdId("l1")}), "for a list");
    EXPECT_EQ(asks(PlaceList{ClOrdId("l2")}), "nothing");
    EXPECT_EQ(asks(order("a", Side::sell, "1 @ 110")), "for an order");
    EXPECT_EQ(asks(order("b", Side::sell, "1 @ 110")), "nothing");
    model::ReplaceOrder replace;
    replace.cl_ord_id = ClOrdId("a2");
    EXPECT_EQ(asks(replace), "for an order");
    EXPECT_EQ(asks(model::CancelOrder{ClOrdId("a")}), "nothing");
}

}  // namespace
}  // namespace venue::test
