#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>

#include "venue/config/reference_file.hpp"
#include "venue/config/settings.hpp"

namespace venue::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* good_settings = R"([fix]
address = "127.0.0.1"
port = 9878
comp_id = "VENUE"
dictionary = "/dev/null"
logon_timeout_ms = 10000
prelogon_bytes_max = 4096
output_queue_bytes_max = 4194304
[journal]
url = "postgresql:///venue"
connect_wait_ms = 1000
sql_dir = "sql"
[reference]
file = "reference.toml"
credentials_file = "credentials"
[log]
level = "info"
)";

constexpr const char* good_reference = R"([[asset]]
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
[[participant]]
name = "alice"
  [[participant.account]]
  name = "alice"
  balances = { BTC = "10" }
  [[participant.session]]
  sender = "ALICE"
  username = "alice"
  account = "alice"
)";

/// A file of the test's own, gone when the test ends.
class Config : public testing::Test {
  protected:
    const std::string& file_with(const std::string& text) {
        std::ofstream(path_) << text;
        return path_;
    }
    const std::string& file_with(std::string text, const std::string& old_part, const std::string& new_part) {
        const auto at = text.find(old_part);
        EXPECT_NE(at, std::string::npos);
        return file_with(text.replace(at, old_part.size(), new_part));
    }
    template <class Load>
    std::string error_of(Load load) {
        try {
            load();
        } catch (const ConfigError& error) {
            return error.what();
        }
        return "no error";
    }
    void TearDown() override { std::remove(path_.c_str()); }

    std::string path_ =
        testing::TempDir() + "config_test_" + testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml";
};

TEST_F(Config, reads_every_setting) {
    const auto settings = load_settings(file_with(good_settings), {});
    EXPECT_EQ(settings.fix.port, 9878);
    EXPECT_EQ(settings.fix.prelogon_bytes_max, 4096U);
    EXPECT_EQ(settings.journal.connect_wait_ms, 1000);
    EXPECT_EQ(settings.reference.credentials_file, "credentials");
    EXPECT_EQ(settings.log_level, "info");
}

TEST_F(Config, an_override_wins_over_the_file) {
    const auto settings = load_settings(file_with(good_settings), {"fix.port=1234", "journal.url=postgresql:///other"});
    EXPECT_EQ(settings.fix.port, 1234);
    EXPECT_EQ(settings.journal.url, "postgresql:///other");
}

TEST_F(Config, a_misspelt_key_is_named_with_its_file_and_line_and_what_was_expected) {
    const auto& file = file_with(good_settings, "connect_wait_ms", "conect_wait_ms");
    EXPECT_THAT(error_of([&] { load_settings(file, {}); }),
                testing::AllOf(HasSubstr(file + ":11:1"), HasSubstr("[journal] has no key \"conect_wait_ms\""),
                               HasSubstr("expected one of connect_wait_ms, sql_dir, url")));
}

TEST_F(Config, a_missing_key_is_named_with_its_table_and_what_was_expected) {
    const auto& file = file_with(good_settings, "connect_wait_ms = 1000\n", "");
    EXPECT_THAT(error_of([&] { load_settings(file, {}); }),
                testing::AllOf(HasSubstr(file + ":9"), HasSubstr("[journal] connect_wait_ms"), HasSubstr("missing"),
                               HasSubstr("a whole number from 0 to 3600000")));
}

TEST_F(Config, an_unknown_key_is_named_with_those_that_are_known) {
    const auto& file = file_with(std::string(good_settings) + "levle = \"info\"\n");
    EXPECT_THAT(error_of([&] { load_settings(file, {}); }),
                testing::AllOf(HasSubstr(file + ":18:1"), HasSubstr("[log] has no key \"levle\""), HasSubstr("level")));
}

TEST_F(Config, a_misspelt_table_is_named_as_itself) {
    const auto& file = file_with(good_settings, "[log]", "[lug]");
    EXPECT_THAT(error_of([&] { load_settings(file, {}); }), HasSubstr("[top level] has no key \"lug\""));
}

TEST_F(Config, a_file_that_is_not_there_is_named_with_its_key) {
    const auto& file = file_with(good_settings, "/dev/null", "/nowhere/FIX44.xml");
    EXPECT_THAT(error_of([&] { load_settings(file, {}); }),
                testing::AllOf(HasSubstr(file + ":5"), HasSubstr("[fix] dictionary"), HasSubstr("/nowhere/FIX44.xml")));
}

TEST_F(Config, a_value_of_the_wrong_kind_or_range_is_named) {
    const auto& file = file_with(good_settings, "port = 9878", "port = 98780");
    EXPECT_THAT(error_of([&] { load_settings(file, {}); }),
                testing::AllOf(HasSubstr(file + ":3"), HasSubstr("[fix] port"), HasSubstr("from 1 to 65535")));
}

TEST_F(Config, broken_toml_and_missing_files_are_told_with_their_place) {
    EXPECT_THAT(error_of([&] { load_settings(file_with("[fix\n"), {}); }), HasSubstr(path_ + ":1"));
    EXPECT_THAT(error_of([&] { load_settings("/nowhere/venue.toml", {}); }), HasSubstr("/nowhere/venue.toml"));
}

TEST_F(Config, a_reference_file_becomes_commands_in_an_order_that_can_be_applied) {
    std::vector<std::string> lines;
    for (const auto& body : commands(load_reference(file_with(good_reference)))) {
        lines.push_back(model::describe({{}, body}));
    }
    EXPECT_THAT(lines, ElementsAre("AddAsset code=BTC ledger_digits=12 chain_digits=8",
                                   "AddAsset code=USD ledger_digits=10 chain_digits=2",
                                   "ListInstrument symbol=BTC-USD base=BTC quote=USD tick=0.01 lot=0.00000001 "
                                   "maker_rate=10000 taker_rate=20000 fee_source=received",
                                   "AddParticipant name=alice", "OpenAccount participant=alice name=alice",
                                   "DepositFunds account=alice asset=BTC amount=10",
                                   "AddSession participant=alice account=alice comp_id=ALICE username=alice"));
}

TEST_F(Config, a_decimal_that_is_none_is_refused_where_it_stands) {
    const auto& file = file_with(good_reference, "tick = \"0.01\"", "tick = \"0,01\"");
    EXPECT_THAT(error_of([&] { load_reference(file); }),
                testing::AllOf(HasSubstr(file + ":13"), HasSubstr("tick"), HasSubstr("decimal")));
}

model::Reference journaled() {
    model::Reference reference;
    const model::AssetId btc{1};
    const model::AssetId usd{2};
    reference.assets[btc] = {btc, "BTC", 12, 8};
    reference.assets[usd] = {usd, "USD", 10, 2};
    reference.instruments[model::InstrumentId{1}] = {
        model::InstrumentId{1},    "BTC-USD", btc, usd, {1, 2}, {1, 8}, {}, {}, 10'000, 20'000,
        model::FeeSource::received};
    reference.participants[model::ParticipantId{1}] = {model::ParticipantId{1}, "alice"};
    reference.accounts[model::first_participant_account] = {model::first_participant_account, model::ParticipantId{1},
                                                            "alice"};
    reference.sessions[model::SessionId{1}] = {
        model::SessionId{1}, model::ParticipantId{1}, model::first_participant_account, "ALICE", "alice", "", ""};
    return reference;
}

TEST_F(Config, a_file_that_says_what_is_journaled_differs_in_nothing) {
    EXPECT_THAT(differences(load_reference(file_with(good_reference)), journaled()), IsEmpty());
}

TEST_F(Config, each_difference_from_the_journal_is_one_sentence) {
    auto reference = journaled();
    reference.participants[model::ParticipantId{2}] = {model::ParticipantId{2}, "bob"};
    reference.sessions.clear();
    const auto& file = file_with(good_reference, "taker_fee = 20000", "taker_fee = 30000");
    EXPECT_THAT(differences(load_reference(file), reference),
                ElementsAre("instrument BTC-USD: taker_fee is 30000 in the file and 20000 in the journal",
                            "session ALICE: in the file, but not journaled",
                            "participant bob: journaled, but not in the file"));
}

}  // namespace
}  // namespace venue::config
