// Trades that are taken back or corrected: value, fee and volume go back, quantity isn't put into the market again, and
// what an account no longer has it owes.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/revised_trades.hpp"

namespace venue::test {
namespace {

using model::Decimal;
using model::ReviseTrade;
using model::Side;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Revising : public testing::Test {
  protected:
    Revising() : Revising(SmallVenue::Fees{10'000, 20'000}) {}
    explicit Revising(SmallVenue::Fees fees) : venue(fees) {
        venue.handle(model::OpenAccount{"alice", "savings"});
        venue.deposit("alice", "USD", "1000");
        venue.deposit("bob", "BTC", "10");
    }
    /// The halves of the latest trade, as the journal has them, with their orders as they are by now.
    ReviseTrade revise(std::optional<Decimal> price = {}) {
        ReviseTrade asked = venue.latest_trade();
        asked.price = price;
        return asked;
    }
    ReviseTrade forced(std::int64_t price) {
        ReviseTrade asked = revise(Decimal{price, 0});
        asked.forced = true;
        return asked;
    }
    /// alice buys of bob 1 at 100; his order goes on.
    void trade() {
        venue.sell("BOB", "s1", "3 @ 100");
        venue.buy("ALICE", "b1", "1 @ 100");
    }
    std::vector<std::string> transfer(const std::string& id, const std::string& asset) {
        return venue.handle(model::TransferFunds{id, "alice", "savings", asset, {1, 2}});
    }

    SmallVenue venue;
};

TEST_F(Revising, ATradeThatIsTakenBackLeavesEverybodyWithWhatTheyHad) {
    trade();
    EXPECT_THAT(venue.handle(revise()),
                ElementsAre("TradeBusted to ALICE: b1 filled 0/0 holds 0, 1 @ 100, -100 USD, fee -0.002 BTC",
                            "TradeBusted to BOB: s1 open 0/2 holds 2, 1 @ 100, -100 USD, fee -0.1 USD"));
    EXPECT_EQ(venue.funds("alice", "USD"), "1000+0");
    EXPECT_EQ(venue.funds("alice", "BTC"), "0+0");
    EXPECT_EQ(venue.funds("bob", "BTC"), "8+2");
    EXPECT_EQ(venue.funds("bob", "USD"), "0+0");
    EXPECT_EQ(venue.book(), "bids offers 100:2(1)");
}

TEST_F(Revising, WhatOneHalfOfAnOwnTradeTakesTheOtherBrings) {
    venue.deposit("alice", "BTC", "1");
    venue.sell("ALICE", "s1", "1 @ 100");
    venue.buy("ALICE2", "b1", "1 @ 100");
    venue.sell("ALICE", "s2", "0.99 @ 120");
    EXPECT_THAT(venue.handle(revise()),
                ElementsAre(HasSubstr("b1 filled 0/0"), HasSubstr("s1 filled 0/0"), HasSubstr("ReceivableSettled")));
    EXPECT_EQ(venue.funds("alice", "BTC"), "0.01+0.99");
    EXPECT_THAT(transfer("t1", "BTC"), ElementsAre(HasSubstr("FundsTransferred"))) << "she owes nothing";
}

TEST_F(Revising, AnOrderOfWhichATradeWasTakenBackTradesOn) {
    trade();
    venue.handle(revise());
    EXPECT_THAT(venue.buy("ALICE", "b2", "2 @ 100"),
                ElementsAre(HasSubstr("b2 open"), HasSubstr("b2 filled 2/2"), HasSubstr("s1 filled 2/2")));
    EXPECT_EQ(venue.funds("bob", "USD"), "199.8+0");
}

TEST_F(Revising, ATradeIsTakenBackOnceAndNotCorrectedAfterwards) {
    trade();
    venue.handle(revise());
    EXPECT_THAT(venue.handle(revise()), IsEmpty());
    EXPECT_THAT(venue.handle(revise(Decimal{90, 0})), ElementsAre(HasSubstr("was taken back")));
}

TEST_F(Revising, ACorrectedPriceMovesTheDifferenceAndItsFee) {
    trade();
    EXPECT_THAT(venue.handle(forced(90)),
                ElementsAre("TradeCorrected to ALICE: b1 filled 1/1 holds 0, 1 @ 90, -10 USD",
                            "TradeCorrected to BOB: s1 open 1/3 holds 2, 1 @ 90, -10 USD, fee -0.01 USD"));
    EXPECT_EQ(venue.funds("alice", "USD"), "910+0");
    EXPECT_EQ(venue.funds("bob", "USD"), "89.91+0");
    EXPECT_THAT(venue.handle(revise(Decimal{90, 0})), IsEmpty());
    EXPECT_THAT(venue.handle(revise()), ElementsAre(HasSubstr("1 @ 90, -90 USD"), HasSubstr("1 @ 90, -90 USD")));
    EXPECT_EQ(venue.funds("alice", "USD"), "1000+0");
    EXPECT_EQ(venue.funds("bob", "USD"), "0+0");
}

TEST_F(Revising, OnlyByForceIsATradeCorrectedBeyondTheLimitOfOneOfItsOrders) {
    venue.sell("BOB", "s1", "3 @ 98");
    venue.buy("ALICE", "b1", "1 @ 101");
    const auto bought = venue.latest_trade().halves[0].order.id.value;
    EXPECT_THAT(venue.handle(revise(Decimal{102, 0})),
                ElementsAre("ConfigurationRejected: The order " + std::to_string(bought) +
                            " (b1) buys at most at 101: only by force is its trade corrected beyond."));
    EXPECT_THAT(venue.handle(revise(Decimal{97, 0})), ElementsAre(HasSubstr("(s1) sells at least at 98")));
    EXPECT_THAT(venue.handle(revise(Decimal{101, 0})),
                ElementsAre(HasSubstr("1 @ 101, 3 USD"), HasSubstr("1 @ 101, 3 USD")));
    EXPECT_THAT(venue.handle(forced(102)), ElementsAre(HasSubstr("1 @ 102, 1 USD"), HasSubstr("1 @ 102, 1 USD")));
    EXPECT_THAT(venue.handle(revise(Decimal{102, 0})), IsEmpty()) << "it has that price, and nothing is asked for";
}

TEST_F(Revising, TheLimitIsTheOneThatTheOrderHadWhenItTraded) {
    trade();
    venue.replace("BOB", "s2", "s1", "3 @ 90");
    EXPECT_THAT(venue.handle(revise(Decimal{99, 0})), ElementsAre(HasSubstr("(s1) sells at least at 100")));
}

TEST_F(Revising, AnOrderAtTheMarketHasNoLimit) {
    venue.sell("BOB", "s1", "1 @ 100");
    venue.buy("ALICE", "b1", "1");
    EXPECT_THAT(venue.handle(revise(Decimal{150, 0})), ElementsAre(HasSubstr("1 @ 150"), HasSubstr("1 @ 150")));
}

TEST_F(Revising, TheLimitOfAPeggedOrderIsNotWhereItStands) {
    venue.deposit("bob", "USD", "1000");
    venue.buy("BOB", "b0", "1 @ 99");
    auto pegged = order("b1", Side::buy, "1 @ 120");
    pegged.type = model::OrderType::pegged;
    venue.settle(with({.trail = Decimal{1, 0}, .peg = model::Peg::primary}, pegged), "ALICE");
    venue.sell("BOB", "s1", "1 @ 100");
    EXPECT_THAT(venue.handle(revise(Decimal{121, 0})), ElementsAre(HasSubstr("(b1) buys at most at 120")));
    EXPECT_THAT(venue.handle(revise(Decimal{120, 0})), ElementsAre(HasSubstr("1 @ 120"), HasSubstr("1 @ 120")));
}

TEST_F(Revising, WhatAnAccountNoLongerHasItOwes) {
    trade();
    transfer("t1", "BTC");
    EXPECT_THAT(venue.settle(revise()), ElementsAre(HasSubstr("owes 0.01 BTC"), testing::Not(HasSubstr("owes"))));
    EXPECT_EQ(venue.funds("alice", "BTC"), "0+0");
    EXPECT_EQ(venue.engine.balance(model::receivable_account, venue.engine.reference().asset("BTC")->id).available,
              model::Amount{-1'000'000});
    EXPECT_THAT(transfer("t2", "USD"), ElementsAre("TransferRejected: t2 transfer_account_owes"));
    EXPECT_THAT(venue.settle(model::SettleReceivable{"alice", "BTC"}), IsEmpty());
    // Whatever comes pays first.
    EXPECT_THAT(venue.settle(model::DepositFunds{"alice", "BTC", {1, 0}}),
                ElementsAre(testing::_, "ReceivableSettled: alice 0.01 BTC"));
    EXPECT_EQ(venue.funds("alice", "BTC"), "0.99+0");
    EXPECT_THAT(transfer("t3", "USD"), ElementsAre(HasSubstr("FundsTransferred")));
}

TEST_F(Revising, NobodyTradesWithWhatIsOwed) {
    trade();
    venue.sell("ALICE", "s2", "0.25 @ 200");
    venue.sell("ALICE", "s3", "0.5 @ 201");
    venue.buy("ALICE", "b2", "1 @ 50");
    transfer("t1", "BTC");
    venue.deposit("alice", "BTC", "0.02");
    venue.sell("ALICE", "s4", "0.01 @ 202");
    // 0.248 of the 0.998 that are taken are available; the two oldest orders hold the others.
    EXPECT_THAT(venue.settle(revise()),
                ElementsAre(HasSubstr("owes 0.75 BTC"), testing::_,
                            "OrderCancelled to ALICE: s2 cancelled 0/0.25 holds 0, insufficient_funds",
                            "OrderCancelled to ALICE: s3 cancelled 0/0.5 holds 0, insufficient_funds",
                            "ReceivableSettled: alice 0.75 BTC"));
    EXPECT_EQ(venue.funds("alice", "BTC"), "0+0.01");
    EXPECT_EQ(venue.book(), "bids 50:1(1) offers 100:2(1) 202:0.01(1)") << "what holds something else stays";
}

TEST_F(Revising, HowManyOrdersOneCommandCancelsForADebtIsLimited) {
    trade();
    venue.engine.limit({.mass_cancels = 2});
    for (const std::string name : {"s2", "s3", "s4"}) venue.sell("ALICE", name, "0.3 @ 200");
    const auto asked = revise();
    venue.handle(asked);
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()),
                ElementsAre(HasSubstr("s2 cancelled"), HasSubstr("s3 cancelled"), "ReceivableSettled: alice 0.6 BTC"));
    EXPECT_THAT(venue.handle(*venue.engine.follow_up()),
                ElementsAre(HasSubstr("s4 cancelled"), HasSubstr("ReceivableSettled: alice 0.3")));
    EXPECT_FALSE(venue.engine.follow_up());
}

TEST_F(Revising, AnOrderThatTheEngineForgotIsToldAsTheJournalHasItButNeverAsOpen) {
    trade();
    ReviseTrade asked = revise();
    for (model::TradeHalf& half : asked.halves) half.order.id = model::OrderId{1'000'000};
    EXPECT_THAT(venue.handle(asked), ElementsAre(HasSubstr("orders have changed just now: ask again")));
    asked.halves[1].order.state = model::OrderState::cancelled;
    asked.halves[1].order.leaves = {};
    asked.halves[1].order.hold = {};
    EXPECT_THAT(venue.handle(asked), ElementsAre(HasSubstr("b1 filled 0/0"), HasSubstr("s1 cancelled 0/2")));
}

TEST_F(Revising, WhatCanNotBeIsDeclinedWithASentence) {
    trade();
    EXPECT_THAT(venue.handle(ReviseTrade{model::MatchId{7}}), ElementsAre(HasSubstr("The trade 7 is not known")));
    EXPECT_THAT(venue.handle(revise(Decimal{5, 1})), ElementsAre(HasSubstr("of whole ticks")));
    EXPECT_THAT(venue.handle(revise(Decimal{})), ElementsAre(HasSubstr("above zero")));
    EXPECT_THAT(venue.handle(model::SettleReceivable{"nobody", "BTC"}), ElementsAre(HasSubstr("nobody is not known")));
    EXPECT_THAT(venue.handle(model::SettleReceivable{"alice", "DOGE"}), ElementsAre(HasSubstr("DOGE is not known")));
}

TEST_F(Revising, ASnapshotKeepsWhatWasTakenBackAndWhatIsOwed) {
    trade();
    transfer("t1", "BTC");
    const ReviseTrade asked = revise();
    venue.handle(asked);
    ASSERT_TRUE(venue.restart());
    EXPECT_THAT(venue.handle(asked), IsEmpty());
    EXPECT_THAT(transfer("t2", "USD"), ElementsAre("TransferRejected: t2 transfer_account_owes"));
}

class RevisingWithRebates : public Revising {
  protected:
    RevisingWithRebates() : Revising(SmallVenue::Fees{-10'000, 20'000, model::FeeSource::quote}) {}
};

TEST_F(RevisingWithRebates, FeesAndRebatesInQuoteFollowThePrice) {
    trade();
    EXPECT_EQ(venue.funds("alice", "USD"), "899.8+0");
    EXPECT_EQ(venue.funds("bob", "USD"), "100.1+0");
    venue.handle(forced(200));
    EXPECT_EQ(venue.funds("alice", "USD"), "799.6+0");
    EXPECT_EQ(venue.funds("bob", "USD"), "200.2+0");
    venue.handle(revise());
    EXPECT_EQ(venue.funds("alice", "USD"), "1000+0");
    EXPECT_EQ(venue.funds("bob", "USD"), "0+0");
}

TEST(RevisedTrades, TheOldestIsForgottenAndStaysAsItIs) {
    engine::RevisedTrades trades;
    for (std::int64_t i = 1; i <= static_cast<std::int64_t>(engine::revised_trades_max) + 1; ++i) {
        trades.remember(model::MatchId{10 * i}, {});
    }
    EXPECT_EQ(trades.prices().size(), engine::revised_trades_max);
    EXPECT_TRUE(trades.is_too_old(model::MatchId{5}));
    EXPECT_TRUE(trades.is_too_old(model::MatchId{10}));
    EXPECT_FALSE(trades.is_too_old(model::MatchId{11}));
    EXPECT_NE(trades.find(model::MatchId{20}), nullptr);
}

}  // namespace
}  // namespace venue::test
