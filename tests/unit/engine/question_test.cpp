#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::BookAnswer;
using model::BookQuestion;
using model::ClOrdId;
using model::InstrumentsAnswer;
using model::InstrumentsQuestion;
using model::OrderStatusAnswer;
using model::OrderStatusQuestion;
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
