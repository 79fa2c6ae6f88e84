#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using namespace model;
using testing::ElementsAre;
using testing::IsEmpty;

class Transfer : public testing::Test {
  protected:
    Transfer() {
        venue.handle(OpenAccount{"alice", "savings"});
        venue.deposit("alice", "USD", "100");
    }
    std::vector<std::string> transfer(std::string id, std::string amount = "30", std::string from = "alice",
                                      std::string to = "savings", std::string asset = "USD") {
        return venue.handle(TransferFunds{std::move(id), std::move(from), std::move(to), std::move(asset),
                                          parse_decimal(amount).value()});
    }
    void expect_rejected(const std::vector<std::string>& lines, const std::string& id_and_reason) {
        EXPECT_THAT(lines, ElementsAre("TransferRejected: " + id_and_reason));
        EXPECT_EQ(venue.funds("alice", "USD"), "100+0");
    }

    SmallVenue venue;
};

TEST_F(Transfer, MovesAvailableFunds) {
    EXPECT_THAT(transfer("t1"), ElementsAre("FundsTransferred: t1 alice to savings 30 USD"));
    EXPECT_EQ(venue.funds("alice", "USD"), "70+0");
    EXPECT_EQ(venue.funds("savings", "USD"), "30+0");
}

TEST_F(Transfer, NothingGoesOutOfASuspendedAccountUnlessTheOperatorSaysSo) {
    transfer("t0", "1");
    venue.settle(model::Suspend{"alice", "alice"});
    EXPECT_THAT(transfer("t0", "1"), IsEmpty()) << "it was done before";
    EXPECT_THAT(transfer("t1"), ElementsAre("TransferRejected: t1 account_suspended"));
    EXPECT_THAT(venue.handle(TransferFunds{"t2", "savings", "alice", "USD", {1, 0}}),
                ElementsAre("FundsTransferred: t2 savings to alice 1 USD"));
    EXPECT_THAT(venue.handle(TransferFunds{"t3", "alice", "savings", "USD", {30, 0}, true}),
                ElementsAre("FundsTransferred: t3 alice to savings 30 USD"));
    venue.settle(model::Suspend{"alice"});
    EXPECT_THAT(venue.handle(TransferFunds{"t4", "savings", "alice", "USD", {1, 0}}),
                ElementsAre("TransferRejected: t4 participant_suspended"));
}

TEST_F(Transfer, AskedForAgainUnderTheSameIdHasNoFurtherEffect) {
    transfer("t1");
    const Sequence done = venue.engine.transfer("alice", "t1");
    EXPECT_THAT(transfer("t1"), IsEmpty());
    EXPECT_THAT(transfer("t1", "30.000000"), IsEmpty());
    EXPECT_EQ(venue.funds("savings", "USD"), "30+0");
    EXPECT_EQ(done, venue.events().back().sequence);
    EXPECT_EQ(venue.engine.transfer("savings", "t1"), done);
}

TEST_F(Transfer, AskedForAgainIsDoneAlreadyAlsoWhenTheFundsAreGone) {
    transfer("t1", "100");
    EXPECT_THAT(transfer("t1", "100"), IsEmpty());
}

TEST_F(Transfer, AnIdNamesOneTransferOnly) {
    transfer("t1");
    EXPECT_THAT(transfer("t1", "31"), ElementsAre("TransferRejected: t1 transfer_id_used"));
    EXPECT_THAT(transfer("t1", "30", "savings", "alice"), ElementsAre("TransferRejected: t1 transfer_id_used"));
    EXPECT_EQ(venue.funds("savings", "USD"), "30+0");
}

TEST_F(Transfer, AnotherParticipantMayUseTheSameId) {
    transfer("t1");
    venue.handle(OpenAccount{"bob", "bob2"});
    venue.deposit("bob", "USD", "5");
    EXPECT_THAT(transfer("t1", "5", "bob", "bob2"), ElementsAre("FundsTransferred: t1 bob to bob2 5 USD"));
}

TEST_F(Transfer, WhatAnOrderHoldsStays) {
    venue.buy("ALICE", "a1", "1 @ 80");
    EXPECT_THAT(transfer("t1"), ElementsAre("TransferRejected: t1 transfer_not_covered"));
    EXPECT_THAT(transfer("t1", "20"), ElementsAre("FundsTransferred: t1 alice to savings 20 USD"));
    EXPECT_EQ(venue.funds("alice", "USD"), "0+80");
}

TEST_F(Transfer, ARejectedOneLeavesItsIdFree) {
    expect_rejected(transfer("t1", "101"), "t1 transfer_not_covered");
    EXPECT_EQ(venue.engine.transfer("alice", "t1"), Sequence{});
    EXPECT_THAT(transfer("t1"), ElementsAre("FundsTransferred: t1 alice to savings 30 USD"));
}

TEST_F(Transfer, IsDeclinedInTheOrderOfTheCatalogue) {
    expect_rejected(transfer("", "0", "nobody"), " transfer_id_invalid");
    expect_rejected(transfer("t 1"), "t 1 transfer_id_invalid");
    expect_rejected(transfer("t1", "0", "nobody", "nobody"), "t1 transfer_account_unknown");
    expect_rejected(transfer("t1", "0", "alice", "nobody"), "t1 transfer_account_unknown");
    expect_rejected(transfer("t1", "0", "alice", "alice"), "t1 transfer_to_itself");
    expect_rejected(transfer("t1", "0", "alice", "bob", "EUR"), "t1 transfer_between_participants");
    expect_rejected(transfer("t1", "0", "alice", "savings", "EUR"), "t1 transfer_asset_unknown");
    expect_rejected(transfer("t1", "0"), "t1 transfer_not_positive");
    expect_rejected(transfer("t1", "-1"), "t1 transfer_not_positive");
    expect_rejected(transfer("t1", "0.0000001"), "t1 transfer_too_precise");
    expect_rejected(transfer("t1", "100.000001"), "t1 transfer_not_covered");
}

TEST_F(Transfer, FoldingGivesTheLiveStateAndRemembersTheIds) {
    transfer("t1");
    transfer("t2", "1", "savings", "alice");
    engine::Engine folded;
    for (const Event& event : venue.events()) folded.fold(event);
    EXPECT_EQ(folded.state_hash(), venue.engine.state_hash());
    EXPECT_EQ(folded.transfer("alice", "t2"), venue.events().back().sequence);
}

}  // namespace
}  // namespace venue::test
