#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::BookAnswer;
using model::BookQuestion;
using model::ClOrdId;
using model::InstrumentsAnswer;
using model::InstrumentsQuestion;
using model::MassStatusAnswer;
using model::MassStatusQuestion;
using model::OrderStatusAnswer;
using model::OrderStatusQuestion;
using model::Refusal;
using model::RejectReason;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Question : public testing::Test {
  protected:
    Question() {
        venue.deposit("alice", "USD", "1000");
        venue.buy("ALICE", "a1", "1 @ 100");
        venue.buy("ALICE", "a2", "1 @ 99");
    }
    template <class Answer>
    Answer ask(const std::string& session, const model::QuestionBody& question) const {
        return std::get<Answer>(venue.engine.answer(question, venue.session(session), venue.now));
    }
    SmallVenue venue;
};

TEST_F(Question, AnySessionOfTheParticipantMayAskForAnOrder) {
    EXPECT_EQ(ask<OrderStatusAnswer>("ALICE2", OrderStatusQuestion{ClOrdId("a1")}).order.price.ticks, 100);
    EXPECT_FALSE(ask<OrderStatusAnswer>("BOB", OrderStatusQuestion{ClOrdId("a1")}).order.id);
    EXPECT_FALSE(ask<OrderStatusAnswer>("ALICE", OrderStatusQuestion{ClOrdId("a3")}).order.id);
}

TEST_F(Question, AClosedOrderIsRemembered) {
    venue.cancel("ALICE", "c1", "a1");
    EXPECT_EQ(ask<OrderStatusAnswer>("ALICE", OrderStatusQuestion{ClOrdId("a1")}).order.state,
              model::OrderState::cancelled);
}

std::vector<std::string> names(const model::MassStatusAnswer& answer) {
    std::vector<std::string> found;
    for (const auto& order : *answer.orders) found.emplace_back(order.cl_ord_id.view());
    return found;
}

TEST_F(Question, ParticipantsAreToldOfTheirOpenOrdersAlone) {
    venue.deposit("bob", "USD", "1000");
    venue.buy("BOB", "b1", "1 @ 100");
    venue.buy("ALICE2", "a3", "1 @ 101");
    venue.cancel("ALICE", "c1", "a1");
    venue.replace("ALICE", "a4", "a2", "1 @ 98");
    EXPECT_THAT(names(ask<MassStatusAnswer>("ALICE", MassStatusQuestion{"m1"})), ElementsAre("a4", "a3"));
    EXPECT_THAT(names(ask<MassStatusAnswer>("ALICE2", MassStatusQuestion{"m1"})), ElementsAre("a4", "a3"));
    EXPECT_THAT(names(ask<MassStatusAnswer>("BOB", MassStatusQuestion{"m1"})), ElementsAre("b1"));
}

TEST_F(Question, OpenOrdersAreThoseOfAllThatIsNamed) {
    venue.deposit("alice", "BTC", "1");
    venue.sell("ALICE", "a3", "1 @ 200");
    const auto told = [&](const MassStatusQuestion& question) {
        return names(ask<MassStatusAnswer>("ALICE", question));
    };
    EXPECT_THAT(told({"m1", "alice", "BTC-USD", {}}), ElementsAre("a1", "a2", "a3"));
    EXPECT_THAT(told({"m1", "", "", model::Side::sell}), ElementsAre("a3"));
    EXPECT_EQ(ask<Refusal>("ALICE", MassStatusQuestion{"m1", "", "X-Y"}).reason, RejectReason::unknown_symbol);
    const auto refused = ask<Refusal>("ALICE", MassStatusQuestion{"m1", "bob"});
    EXPECT_EQ(refused.reason, RejectReason::unknown_account);
    EXPECT_EQ(refused.message_type, "AF");
    EXPECT_EQ(refused.reference_id, "m1");
}

TEST_F(Question, MoreOpenOrdersThanOneAnswerTellsAreRefused) {
    venue.deposit("bob", "USD", "1000000");
    for (std::size_t i = 0; i < engine::mass_status_orders_max; ++i) {
        venue.buy("BOB", "b" + std::to_string(i), "0.01 @ 10");
    }
    EXPECT_EQ(ask<MassStatusAnswer>("BOB", MassStatusQuestion{"m1"}).orders->size(), engine::mass_status_orders_max);
    venue.buy("BOB", "last", "0.01 @ 10");
    EXPECT_EQ(ask<Refusal>("BOB", MassStatusQuestion{"m1"}).reason, RejectReason::too_many_orders_meant);
    EXPECT_TRUE(ask<MassStatusAnswer>("BOB", MassStatusQuestion{"m1", "", "", model::Side::sell}).orders->empty());
}

TEST_F(Question, TheBookIsCutAtTheDepthAskedForAndToTheSidesAskedFor) {
    EXPECT_THAT(ask<BookAnswer>("BOB", BookQuestion{"1", "BTC-USD", 0}).bids, SizeIs(2));
    const auto top = ask<BookAnswer>("BOB", BookQuestion{"1", "BTC-USD", 1});
    ASSERT_THAT(top.bids, SizeIs(1));
    EXPECT_EQ(top.bids.front().price.ticks, 100);
    EXPECT_THAT(ask<BookAnswer>("BOB", BookQuestion{"1", "BTC-USD", 0, false, true}).bids, IsEmpty());
}

TEST_F(Question, AnUnknownSymbolHasNoBook) {
    EXPECT_EQ(ask<model::MarketDataRefusal>("BOB", BookQuestion{"1", "X-Y", 0}).code, '0');
}

TEST_F(Question, InstrumentsAreListedAllOrByName) {
    EXPECT_THAT(ask<InstrumentsAnswer>("BOB", InstrumentsQuestion{"1", ""}).instruments, SizeIs(1));
    EXPECT_THAT(ask<InstrumentsAnswer>("BOB", InstrumentsQuestion{"1", "BTC-USD"}).instruments, SizeIs(1));
    EXPECT_FALSE(ask<InstrumentsAnswer>("BOB", InstrumentsQuestion{"1", "X-Y"}).known);
}

}  // namespace
}  // namespace venue::test
