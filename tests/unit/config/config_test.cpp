#include <gmock/gmock.h>

#include <fstream>

#include "tests/unit/config/file_of_its_own.hpp"
#include "venue/config/reference_file.hpp"
#include "venue/config/settings.hpp"

namespace venue::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

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

using Config = FileOfItsOwn;

TEST_F(Config, reads_every_setting) {
    const auto settings = load_settings(file_with(good_settings), {});
    EXPECT_EQ(settings.fix.port, 9878);
    EXPECT_EQ(settings.fix.prelogon_bytes_max, 4096U);
    EXPECT_EQ(settings.fix.pending_logons_max, 256U);
    EXPECT_EQ(settings.journal.connect_wait_ms, 1000);
    EXPECT_EQ(settings.journal.durability, model::Durability::replicated);
    EXPECT_EQ(settings.reference.credentials_file, "credentials");
    EXPECT_EQ(settings.telemetry.address, "127.0.0.1");
    EXPECT_EQ(settings.telemetry.port, 9880);
    EXPECT_EQ(settings.control_socket, "var/control.sock");
    EXPECT_EQ(settings.log_level, "info");
    EXPECT_EQ(settings.log_format, "text");
}

TEST_F(Config, a_socket_whose_path_is_longer_than_an_address_has_room_for_is_refused) {
    const std::string longest(107, 's');
    EXPECT_EQ(load_settings(file_with(good_settings), {"control.socket=" + longest}).control_socket, longest);
    EXPECT_THAT(error_of([&] { load_settings(path_, {"control.socket=" + longest + "s"}); }),
                HasSubstr("control.socket: is too long; expected a path of at most 107 characters"));
}

TEST_F(Config, an_override_wins_over_the_file) {
    const auto settings = load_settings(file_with(good_settings), {"fix.port=1234", "journal.url=postgresql:///other"});
    EXPECT_EQ(settings.fix.port, 1234);
    EXPECT_EQ(settings.journal.url, "postgresql:///other");
}

TEST_F(Config, a_misspelt_key_is_named_with_its_file_and_line_and_what_was_expected) {
    const auto& file = file_with(good_settings, "connect_wait_ms", "conect_wait_ms");
    EXPECT_EQ(error_of([&] { load_settings(file, {}); }),
              at("conect_wait_ms") +
                  ": journal.conect_wait_ms: is no key; expected one of connect_wait_ms, durability, partition_events, "
                  "sql_dir, url");
}

TEST_F(Config, a_missing_key_is_named_with_its_table_and_what_was_expected) {
    const auto& file = file_with(good_settings, "connect_wait_ms = 1000\n", "");
    EXPECT_EQ(error_of([&] { load_settings(file, {}); }),
              at("[journal]") + ": journal.connect_wait_ms: is missing; expected a whole number from 0 to 3600000");
}

TEST_F(Config, an_unknown_key_is_named_with_those_that_are_known) {
    const auto& file = file_with(std::string(good_settings) + "levle = \"info\"\n");
    EXPECT_EQ(error_of([&] { load_settings(file, {}); }),
              at("levle") + ": log.levle: is no key; expected one of format, level");
}

TEST_F(Config, a_misspelt_table_is_named_as_itself) {
    const auto& file = file_with(good_settings, "[log]", "[lug]");
    EXPECT_THAT(error_of([&] { load_settings(file, {}); }),
                StartsWith(at("[lug]") + ": lug: is no key; expected one of control, fix, journal, log, reference"));
}

TEST_F(Config, a_folder_that_is_not_there_is_named_with_its_key) {
    const auto& file = file_with(good_settings, "\"/dev\"", "\"/nowhere\"");
    EXPECT_EQ(error_of([&] { load_settings(file, {}); }),
              at("dictionaries") + ": fix.dictionaries: is \"/nowhere\"; expected a folder that is there");
}

TEST_F(Config, a_session_may_have_a_dictionary_of_its_own) {
    const auto& file = file_with(good_settings, "port", "session_dictionaries.ALICE = \"/nowhere.xml\"\nport");
    EXPECT_THAT(error_of([&] { load_settings(file, {}); }), testing::HasSubstr("fix.session_dictionaries.ALICE: is "));
}

TEST_F(Config, a_value_of_the_wrong_kind_or_range_is_named) {
    const auto& file = file_with(good_settings, "port = 9878", "port = 98780");
    EXPECT_EQ(error_of([&] { load_settings(file, {}); }),
              at("port") + ": fix.port: is 98780; expected a whole number from 1 to 65535");
}

TEST_F(Config, an_address_is_a_number_and_no_name) {
    const auto& file = file_with(good_settings, "127.0.0.1", "localhost");
    EXPECT_EQ(error_of([&] { load_settings(file, {}); }),
              at("address") + ": fix.address: is \"localhost\"; expected an IP address, like 127.0.0.1 or ::1");
    EXPECT_EQ(load_settings(file_with(good_settings, "127.0.0.1", "::1"), {}).fix.address, "::1");
}

TEST_F(Config, what_an_override_gets_wrong_is_no_fault_of_the_file) {
    const auto& file = file_with(good_settings);
    const auto error = [&](const std::string& text) { return error_of([&] { load_settings(file, {text}); }); };
    EXPECT_EQ(error("fix.port=98780"),
              "--set fix.port=98780: fix.port: is 98780; expected a whole number from 1 to 65535");
    EXPECT_EQ(error("fix.port=many"),
              "--set fix.port=many: fix.port: is \"many\"; expected a whole number from 1 to 65535");
    EXPECT_EQ(error("log.levle=info"), "--set log.levle=info: log.levle: is no key; expected one of format, level");
    EXPECT_EQ(error("lug.level=info"), "--set lug.level=info: lug: is no table; expected one that is in " + file);
    EXPECT_EQ(error("port"), "--set port: is no setting; expected table.key=value");
}

TEST_F(Config, broken_toml_and_missing_files_are_told_with_their_place) {
    EXPECT_THAT(error_of([&] { load_settings(file_with("[fix\n"), {}); }), HasSubstr(path_ + ":1: "));
    EXPECT_EQ(error_of([&] { load_settings("/nowhere/venue.toml", {}); }),
              "/nowhere/venue.toml: is missing; expected a file that can be read");
}

TEST_F(Config, what_names_a_file_is_kept_with_its_place) {
    const auto& file = file_with(good_settings);
    EXPECT_EQ(load_settings(file, {}).reference.file_place, at("file = \"reference.toml\"") + ": reference.file");
    EXPECT_EQ(load_settings(file, {"reference.file=other.toml"}).reference.file_place,
              "--set reference.file=other.toml: reference.file");
}

TEST_F(Config, what_may_be_left_out_of_a_reference_file_can_stand_there) {
    std::string text = good_reference;
    text.replace(text.find("fee_in"), 0,
                 "display_min_bp = 500\nphase = \"pre_open\"\nauction_fee = -7\nstatic_band_bp = 1000\n"
                 "schedule = \"07:00 pre_open, 08:00:30 continuous\"\nday_end = \"16:30\"\n"
                 "dynamic_band_bp = 300\nvolatility_seconds = 120\nprotection_bp = 200\n"
                 "reference_price = \"20000.01\"\n"
                 "max_quantity = \"2.5\"\nmax_notional = \"100000\"\nmax_open_orders = 100\nfat_finger_bp = 500\n");
    text.replace(text.find("  [[participant.account]]"), 0, "self_trade = \"decrement\"\n");
    text +=
        "cancel_on_disconnect = \"participant\"\ncancel_grace_ms = 5000\ncancel_spares = \"good_till\"\n"
        "replace_quantity = \"open\"\nversion = \"4.2\"\nextensions = \"yes\"\n";
    const auto file = load_reference(file_with(text), "VENUE");
    EXPECT_EQ(file.sessions.at(0).on_disconnect,
              (model::DisconnectRule{model::CancelOnDisconnect::participant, 5'000, true}));
    EXPECT_EQ(file.sessions.at(0).replace_quantity, model::ReplaceQuantity::open);
    EXPECT_EQ(file.sessions.at(0).version, model::FixVersion::fix42);
    EXPECT_TRUE(file.sessions.at(0).extensions);
    EXPECT_EQ(file.instruments.at(0).display_min_bp, 500);
    EXPECT_EQ(file.instruments.at(0).phase, model::Phase::pre_open);
    EXPECT_EQ(file.instruments.at(0).auction_rate, -7);
    EXPECT_EQ(file.instruments.at(0).static_band_bp, 1'000);
    EXPECT_EQ(to_text(file.instruments.at(0).schedule), "07:00:00 pre_open, 08:00:30 continuous");
    EXPECT_EQ(file.instruments.at(0).day_end, 16 * 3'600 + 30 * 60);
    EXPECT_EQ(file.instruments.at(0).dynamic_band_bp, 300);
    EXPECT_EQ(file.instruments.at(0).volatility_seconds, 120);
    EXPECT_EQ(file.instruments.at(0).protection_bp, 200);
    EXPECT_EQ(file.instruments.at(0).reference_price, (model::Decimal{2'000'001, 2}));
    EXPECT_EQ(file.participants.at(0).self_trade, model::SelfTrade::decrement);
    EXPECT_EQ(file.instruments.at(0).limits,
              (model::AskedLimits{model::Decimal{25, 1}, model::Decimal{100'000, 0}, 100, 500}));
}

TEST_F(Config, a_participant_may_have_limits_of_its_own) {
    const std::string limits = "  [[participant.limits]]\n  symbol = \"BTC-USD\"\n  max_quantity = \"0.5\"\n";
    const auto file = load_reference(file_with(std::string(good_reference) + limits), "VENUE");
    ASSERT_EQ(file.limits.size(), 1U);
    EXPECT_EQ(file.limits.at(0).participant, "alice");
    EXPECT_EQ(file.limits.at(0).limits.quantity, (model::Decimal{5, 1}));
    EXPECT_THAT(error_of([&] { load_reference(file_with(std::string(good_reference) + limits + limits), "VENUE"); }),
                HasSubstr("symbol: is given a second time"));
}

TEST_F(Config, a_reference_file_becomes_commands_in_an_order_that_can_be_applied) {
    std::vector<std::string> lines;
    for (const auto& body : commands(load_reference(file_with(good_reference), "VENUE"))) {
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

/// What is wrong with the good reference file when one passage of it is another.
struct ReferenceFault {
    const char* name;
    const char* old_part;
    const char* new_part;
    const char* error;  ///< Behind the file's name.
};

class ReferenceFaults : public Config, public testing::WithParamInterface<ReferenceFault> {
  protected:
    void SetUp() override { path_ = testing::TempDir() + "config_test_" + GetParam().name + ".toml"; }
};

TEST_P(ReferenceFaults, are_named_with_file_line_and_key) {
    const auto& file = file_with(good_reference, GetParam().old_part, GetParam().new_part);
    EXPECT_EQ(error_of([&] { load_reference(file, "VENUE"); }), file + GetParam().error);
}

constexpr const char* second_participant = R"([[participant]]
name = "bob"
  [[participant.account]]
  name = "alice"
  balances = {}
[[participant]]
name = "alice")";

INSTANTIATE_TEST_SUITE_P(
    Config, ReferenceFaults,
    testing::Values(
        // Names, and what they name.
        ReferenceFault{"no_name", "code = \"USD\"", "code = \"US D\"",
                       ":6: asset.code: is \"US D\"; expected 1 to 12 printable characters without spaces"},
        ReferenceFault{"asset_twice", "code = \"USD\"", "code = \"BTC\"",
                       ":6: asset.code: is given a second time; expected a name that nothing else of its kind has"},
        ReferenceFault{"base_unknown", "base = \"BTC\"", "base = \"XBT\"",
                       ":11: instrument.base: no asset has the code XBT; expected the code of an [[asset]]"},
        ReferenceFault{"quote_unknown", "quote = \"USD\"", "quote = \"EUR\"",
                       ":12: instrument.quote: no asset has the code EUR; expected the code of an [[asset]]"},
        ReferenceFault{"quote_is_base", "quote = \"USD\"", "quote = \"BTC\"",
                       ":12: instrument.quote: is the base as well; expected another asset"},
        ReferenceFault{"instrument_twice", "[[participant]]",
                       "[[instrument]]\nsymbol = \"BTC-USD\"\nbase = \"BTC\"\nquote = \"USD\"\ntick = \"1\"\nlot = "
                       "\"1\"\nmaker_fee = 0\ntaker_fee = 0\nfee_in = \"quote\"\n[[participant]]",
                       ":19: instrument.symbol: is given a second time; expected a name that nothing else of its kind "
                       "has"},
        ReferenceFault{"account_twice", "[[participant]]\nname = \"alice\"", second_participant,
                       ":26: participant.account.name: is given a second time; expected a name that nothing else of "
                       "its kind has"},
        ReferenceFault{"participant_twice", "[[participant]]", "[[participant]]\nname = \"alice\"\n[[participant]]",
                       ":21: participant.name: is given a second time; expected a name that nothing else of its kind "
                       "has"},
        ReferenceFault{"session_twice", "  [[participant.session]]",
                       "  [[participant.session]]\n  sender = \"ALICE\"\n  username = \"alice\"\n  account = "
                       "\"alice\"\n  [[participant.session]]",
                       ":28: participant.session.sender: is given a second time; expected a name that nothing else of "
                       "its kind has"},
        ReferenceFault{"sender_is_venue", "sender = \"ALICE\"", "sender = \"VENUE\"",
                       ":24: participant.session.sender: VENUE is the venue's own CompID; expected another one than "
                       "fix.comp_id"},
        ReferenceFault{"account_unknown", "account = \"alice\"", "account = \"bob\"",
                       ":26: participant.session.account: alice has no account bob; expected the name of an account of "
                       "alice"},
        // Numbers.
        ReferenceFault{"digits", "chain_digits = 2", "chain_digits = 11",
                       ":8: asset.chain_digits: is above ledger_digits; expected a ledger that is never coarser than "
                       "the chain"},
        ReferenceFault{"no_decimal", "tick = \"0.01\"", "tick = \"0,01\"",
                       ":13: instrument.tick: is \"0,01\"; expected a positive decimal number between quotes, like "
                       "\"0.01\""},
        ReferenceFault{"tick_too_large", "tick = \"0.01\"", "tick = \"1000001\"",
                       ":13: instrument.tick: is too large or too precise; expected at most 1000000 without the point, "
                       "and at most 18 digits behind it"},
        ReferenceFault{"lot_too_precise", "lot = \"0.00000001\"", "lot = \"0.0000000000001\"",
                       ":14: instrument.lot: is no whole number of ledger units of BTC; expected at most its "
                       "ledger_digits behind the point"},
        ReferenceFault{"tick_times_lot", "tick = \"0.01\"", "tick = \"0.001\"",
                       ":13: instrument.tick: tick times lot is no whole number of ledger units of USD; expected a "
                       "product with at most its ledger_digits behind the point"},
        // Balances.
        ReferenceFault{"balance_of_unknown", "BTC = \"10\"", "EUR = \"10\"",
                       ":22: participant.account.balances.EUR: no asset has the code EUR; expected the code of an "
                       "[[asset]]"},
        ReferenceFault{"balance_negative", "BTC = \"10\"", "BTC = \"-10\"",
                       ":22: participant.account.balances.BTC: is \"-10\"; expected a positive decimal number between "
                       "quotes, like \"0.01\""},
        ReferenceFault{"balance_too_precise", "BTC = \"10\"", "BTC = \"0.0000000000001\"",
                       ":22: participant.account.balances.BTC: is no whole number of ledger units of BTC; expected at "
                       "most 12 digits behind the point"},
        ReferenceFault{"balance_too_large", "BTC = \"10\"", "BTC = \"999999999999999999999999999999\"",
                       ":22: participant.account.balances.BTC: all balances of BTC come to more than the venue can "
                       "keep; expected at most 10^30 ledger units in all"}),
    [](const auto& param) { return std::string(param.param.name); });

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
    EXPECT_THAT(differences(load_reference(file_with(good_reference), "VENUE"), journaled()), IsEmpty());
}

TEST_F(Config, each_difference_from_the_journal_is_one_sentence) {
    auto reference = journaled();
    reference.participants[model::ParticipantId{2}] = {model::ParticipantId{2}, "bob"};
    reference.sessions.clear();
    const auto& file = file_with(good_reference, "taker_fee = 20000", "taker_fee = 30000");
    EXPECT_THAT(differences(load_reference(file, "VENUE"), reference),
                ElementsAre("instrument BTC-USD: taker_fee is 30000 in the file and 20000 in the journal",
                            "session ALICE: in the file, but not journaled",
                            "participant bob: journaled, but not in the file"));
}

}  // namespace
}  // namespace venue::config
