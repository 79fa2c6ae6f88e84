#include "venue/ledger/postings.hpp"

#include <gmock/gmock.h>

namespace venue::ledger {
namespace {

using namespace model;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr AssetId btc{1};
constexpr AssetId usd{2};
constexpr AccountId alice{101};
constexpr AccountId savings{103};
constexpr Sequence event{9};

Reference reference() {
    Reference reference;
    reference.instruments[InstrumentId{1}] = {.id = InstrumentId{1}, .base = btc, .quote = usd};
    return reference;
}

OrderTraded half(Side side, AssetId fee_asset, Int128 fee) {
    OrderTraded traded;
    traded.order.account = alice;
    traded.order.instrument = InstrumentId{1};
    traded.order.side = side;
    traded.last_base = {5};
    traded.last_quote = {700};
    traded.fee_asset = fee_asset;
    traded.fee = {fee};
    return traded;
}

std::vector<Posting> postings(EventBody body) {
    std::vector<Posting> lines;
    append_postings({.sequence = event, .body = std::move(body)}, reference(), lines);
    return lines;
}

TEST(Postings, ABuyGetsBaseAndGivesQuoteAgainstTheClearingAccount) {
    EXPECT_THAT(postings(half(Side::buy, btc, 1)),
                ElementsAre(Posting{event, clearing_account, btc, {-5}}, Posting{event, alice, btc, {5}},
                            Posting{event, alice, usd, {-700}}, Posting{event, clearing_account, usd, {700}},
                            Posting{event, alice, btc, {-1}}, Posting{event, fee_account, btc, {1}}));
}

TEST(Postings, ASellGivesBaseAndGetsQuote) {
    EXPECT_THAT(postings(half(Side::sell, usd, 2)),
                ElementsAre(Posting{event, alice, btc, {-5}}, Posting{event, clearing_account, btc, {5}},
                            Posting{event, clearing_account, usd, {-700}}, Posting{event, alice, usd, {700}},
                            Posting{event, alice, usd, {-2}}, Posting{event, fee_account, usd, {2}}));
}

TEST(Postings, ARebateIsPaidByTheFeeAccountAndNoFeeGivesNoLine) {
    EXPECT_EQ(postings(half(Side::sell, usd, -2)).back(), (Posting{event, fee_account, usd, {-2}}));
    EXPECT_EQ(postings(half(Side::sell, usd, 0)).size(), 4U);
}

TEST(Postings, ATradeThatIsTakenBackGoesTheOtherWayAndWhatIsMissingIsOwed) {
    TradeBusted busted;
    busted.order.account = alice;
    busted.order.instrument = InstrumentId{1};
    busted.order.side = Side::buy;
    busted.last_base = {-5};
    busted.last_quote = {-700};
    busted.fee_asset = btc;
    busted.fee = {-1};
    busted.owed = {3};
    EXPECT_THAT(postings(busted),
                ElementsAre(Posting{event, clearing_account, btc, {5}}, Posting{event, alice, btc, {-5}},
                            Posting{event, alice, usd, {700}}, Posting{event, clearing_account, usd, {-700}},
                            Posting{event, alice, btc, {1}}, Posting{event, fee_account, btc, {-1}},
                            Posting{event, receivable_account, btc, {-3}}, Posting{event, alice, btc, {3}}));
    EXPECT_THAT(postings(ReceivableSettled{alice, btc, {3}}),
                ElementsAre(Posting{event, alice, btc, {-3}}, Posting{event, receivable_account, btc, {3}}));
}

TEST(Postings, ADepositComesFromOutside) {
    EXPECT_THAT(postings(FundsDeposited{alice, usd, {100}}),
                ElementsAre(Posting{event, external_account, usd, {-100}}, Posting{event, alice, usd, {100}}));
}

TEST(Postings, ATransferGivesToOneAccountWhatItTakesFromAnother) {
    EXPECT_THAT(postings(FundsTransferred{ParticipantId{1}, "t1", alice, savings, usd, {100}}),
                ElementsAre(Posting{event, alice, usd, {-100}}, Posting{event, savings, usd, {100}}));
    EXPECT_THAT(postings(TransferRejected{"t1", RejectReason::transfer_not_covered}), IsEmpty());
}

TEST(Postings, AHoldIsNoPosting) {
    OrderAccepted accepted;
    accepted.order.hold = {100};
    EXPECT_THAT(postings(accepted), IsEmpty());
}

}  // namespace
}  // namespace venue::ledger
