#include <gmock/gmock.h>

#include <limits>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using namespace model;
using testing::ElementsAre;

class Configure : public testing::Test {
  protected:
    void expect_declined(CommandBody body, const std::string& sentence) {
        const std::uint64_t accounts = venue.engine.reference().accounts.size();
        EXPECT_THAT(venue.handle(std::move(body)), ElementsAre("ConfigurationRejected: " + sentence));
        EXPECT_EQ(venue.engine.reference().accounts.size(), accounts);
    }
    ListInstrument listing(Decimal tick, Decimal lot) { return {"BTC-USD2", "BTC", "USD", tick, lot}; }

    SmallVenue venue;
};

TEST_F(Configure, IdsAreGivenInOrderAndAccountsOfParticipantsStartAt101) {
    const Reference& reference = venue.engine.reference();
    EXPECT_EQ(reference.asset("USD")->id.value, 2);
    EXPECT_EQ(reference.account("alice")->id, first_participant_account);
    EXPECT_EQ(reference.account("bob")->id.value, 102);
    EXPECT_EQ(reference.session("BOB")->id.value, 3);
}

TEST_F(Configure, AnInstrumentsUnitsAreDerived) {
    const Instrument& listed = *venue.engine.reference().instrument("BTC-USD");
    EXPECT_EQ(to_text(listed.base_per_lot.units), "1000000");
    EXPECT_EQ(to_text(listed.quote_per_tick_lot.units), "10000");
}

TEST_F(Configure, ZerosBehindThePointDoNotMakeAStepTooPrecise) {
    EXPECT_THAT(venue.handle(listing({5, 1}, {2, 6})), ElementsAre("InstrumentListed: BTC-USD2"));
}

TEST_F(Configure, DeclinesAnInstrumentThatWouldRound) {
    expect_declined(listing({1, 2}, {1, 6}), "Tick times lot is not a whole number of ledger units of USD.");
    expect_declined(listing({1, 0}, {1, 9}), "The lot is not a whole number of ledger units of BTC.");
    expect_declined(listing({0, 0}, {1, 2}), "The tick must be above zero.");
    auto with_price = listing({0, 0}, {1, 2});
    with_price.reference_price = Decimal{100, 0};
    expect_declined(with_price, "The tick must be above zero.");
    with_price.tick = {-1, 0};
    with_price.reference_price = Decimal{std::numeric_limits<std::int64_t>::min(), 0};
    expect_declined(with_price, "The tick must be above zero.");
    expect_declined(listing({1, 0}, {-1, 2}), "The lot must be above zero.");
}

TEST_F(Configure, StepsAreBoundedSoThatNothingReckonedWithThemOverflows) {
    expect_declined(listing({1, 19}, {1, 2}), "The tick has more than 18 digits behind the point.");
    expect_declined(listing({1'000'001, 0}, {1, 2}), "The tick without its point must be at most 1000000.");
    expect_declined(listing({1, 0}, {1'000'001, 6}), "The lot without its point must be at most 1000000.");
    EXPECT_THAT(venue.handle(listing({1'000'000, 0}, {1, 2})), ElementsAre("InstrumentListed: BTC-USD2"));
}

TEST_F(Configure, DeclinesWhatExistsOrIsUnknown) {
    expect_declined(AddAsset{{{}, "BTC", 8, 8}}, "The asset BTC exists already.");
    expect_declined(AddParticipant{"alice"}, "The participant alice exists already.");
    expect_declined(OpenAccount{"bob", "alice"}, "The account alice exists already.");
    expect_declined(OpenAccount{"carol", "carol"}, "The participant carol is not known.");
    expect_declined(AddSession{"bob", "bob", "BOB", "bob", "", ""}, "The session BOB exists already.");
    expect_declined(AddSession{"bob", "alice", "BOB2", "bob", "", ""}, "The account alice is not one of bob's.");
    expect_declined(AddSession{"bob", "bob", "BOB2", "b ob", "", ""},
                    "The session's username must be 1 to 64 printable characters without spaces.");
    expect_declined(ListInstrument{"BTC-USD", "BTC", "USD", {2, 0}, {1, 2}}, "The instrument BTC-USD exists already.");
    expect_declined(ListInstrument{"BTC-EUR", "BTC", "EUR", {1, 0}, {1, 2}}, "The asset EUR is not known.");
    expect_declined(ListInstrument{"BTC-BTC", "BTC", "BTC", {1, 0}, {1, 2}},
                    "An instrument's base and quote must be two assets.");
}

TEST_F(Configure, DeclinesDigitsRatesAndNamesOutOfRange) {
    expect_declined(AddAsset{{{}, "ETH", 19, 18}}, "ledger_digits must be 0 to 18.");
    expect_declined(AddAsset{{{}, "ETH", 8, 9}},
                    "chain_digits must be 0 to ledger_digits: the ledger is never coarser than the chain.");
    expect_declined(AddAsset{{{}, "E H", 8, 8}}, "An asset's code must be 1 to 12 printable characters.");
    expect_declined(ListInstrument{"X", "BTC", "USD", {1, 0}, {1, 2}, fee_rate_max + 1},
                    "A fee rate must be within 1000000 thousandths of a basis point.");
    expect_declined(AddParticipant{""}, "The participant's name must be 1 to 64 printable characters without spaces.");
}

TEST_F(Configure, DeclinesADepositThatIsNoWholeAmountAboveZero) {
    expect_declined(DepositFunds{"bob", "USD", {0, 0}}, "A deposit must be above zero.");
    expect_declined(DepositFunds{"bob", "USD", {1, 7}}, "The deposit is not a whole number of ledger units of USD.");
    expect_declined(DepositFunds{"carol", "USD", {1, 0}}, "The account carol is not known.");
    expect_declined(DepositFunds{"bob", "EUR", {1, 0}}, "The asset EUR is not known.");
}

TEST_F(Configure, AnAssetsSupplyHasALimit) {
    const Decimal most{Int128{1'000'000'000'000} * 1'000'000'000'000, 0};  // 10^24 USD are 10^30 ledger units.
    EXPECT_THAT(venue.handle(DepositFunds{"bob", "USD", most}),
                ElementsAre("FundsDeposited: bob 1000000000000000000000000 USD"));
    expect_declined(DepositFunds{"alice", "USD", {1, 6}}, "The venue can't keep that much of USD.");
}

}  // namespace
}  // namespace venue::test
