// Fees by volume in a reference file.
#include <gmock/gmock.h>

#include "tests/unit/config/file_of_its_own.hpp"
#include "venue/config/reference_file.hpp"

namespace venue::config {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* assets = R"([[asset]]
code = "BTC"
ledger_digits = 12
chain_digits = 8
[[asset]]
code = "USD"
ledger_digits = 10
chain_digits = 2
[[instrument]]
symbol = "BTC-USD"
base = "BTC"
quote = "USD"
tick = "0.01"
lot = "0.00000001"
maker_fee = 10000
taker_fee = 20000
fee_in = "received"
)";
constexpr const char* fees = R"([fees]
currency = "USD"
[[fees.tier]]
volume = "1000"
maker_fee = -5
taker_fee = 15000
[[fees.priced_by]]
symbol = "BTC-USD"
)";

class Fees : public FileOfItsOwn {
  protected:
    ReferenceFile loaded(const std::string& text) { return load_reference(file_with(text), "VENUE"); }
    std::string fault_in(const std::string& text) {
        return error_of([&] { loaded(text); });
    }
};

TEST_F(Fees, become_a_command) {
    const auto file = loaded(std::string(assets) + fees);
    EXPECT_EQ(model::describe({{}, file.fees.at(0)}),
              "SetFees currency=USD volume=1000 maker_rate=-5 taker_rate=15000 priced_by=BTC-USD");
    EXPECT_THAT(loaded(assets).fees, IsEmpty());
}

TEST_F(Fees, that_are_others_than_those_of_the_journal_are_told) {
    model::Reference journaled;
    const model::AssetId usd{2};
    journaled.assets[usd] = {usd, "USD", 10, 2};
    journaled.instruments[model::InstrumentId{1}].symbol = "BTC-USD";
    journaled.instruments[model::InstrumentId{1}].quote = journaled.instruments[model::InstrumentId{1}].base = usd;
    const auto file = loaded(std::string(assets) + fees);
    EXPECT_THAT(differences(file, journaled),
                testing::Contains("fees: the schedule is by USD, 1000:-5:15000, priced by BTC-USD in the file and none "
                                  "in the journal"));
    journaled.fees = {usd, {{*model::amount_of({1'000, 0}, 10), -5, 15'000}}, {model::InstrumentId{1}}};
    EXPECT_THAT(differences(file, journaled), testing::Not(testing::Contains(HasSubstr("fees"))));
}

TEST_F(Fees, that_can_not_be_are_told_with_their_line) {
    const auto with = [](const std::string& more) { return std::string(assets) + fees + more; };
    EXPECT_THAT(fault_in(with("[[fees.priced_by]]\nsymbol = \"NO-SUCH\"\n")), HasSubstr("prices in USD"));
    EXPECT_THAT(fault_in(std::string(assets) + "[fees]\ncurrency = \"EUR\"\n"), HasSubstr("EUR"));
}

}  // namespace
}  // namespace venue::config
