// From a file to commands and back: an engine carries them out, and what it comes to is held against the file.
#include "venue/config/plan.hpp"

#include <gmock/gmock.h>

#include "tests/unit/config/file_of_its_own.hpp"
#include "venue/engine/engine.hpp"

namespace venue::config {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* whole = R"([[asset]]
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
auction_fee = 5000
display_min_bp = 100
phase = "pre_open"
schedule = "07:00 pre_open, 08:00 continuous"
day_end = "16:30"
static_band_bp = 500
dynamic_band_bp = 200
volatility_seconds = 30
protection_bp = 300
max_quantity = "2.5"
max_notional = "1000.5"
max_open_orders = 7
fat_finger_bp = 400
[[participant]]
name = "alice"
self_trade = "cancel_both"
remembered_orders = 5000
rate_requests = 100
  [[participant.account]]
  name = "alice"
  balances = { BTC = "10" }
  [[participant.account]]
  name = "savings"
  balances = {}
  [[participant.limits]]
  symbol = "BTC-USD"
  max_quantity = "1"
  [[participant.session]]
  sender = "ALICE"
  username = "alice"
  account = "alice"
  cancel_on_disconnect = "session"
  cancel_grace_ms = 1500
  cancel_spares = "good_till"
  replace_quantity = "open"
  version = "4.2"
  extensions = "yes"
  rate_logout_at = 40
  rate_window_ms = 500
[[participant]]
name = "bob"
  [[participant.account]]
  name = "bob"
  balances = {}
[fees]
currency = "USD"
  [[fees.tier]]
  volume = "1000"
  maker_fee = -5
  taker_fee = 15000
  [[fees.priced_by]]
  symbol = "BTC-USD"
)";

class Plan : public FileOfItsOwn {
  protected:
    ReferenceFile loaded(const std::string& text = whole, const std::string& what = "",
                         const std::string& instead = "") {
        return load_reference(file_with(text, what, instead), "VENUE");
    }
    /// What changes something, in words; what is declined, in the engine's.
    std::vector<std::string> carry_out(const std::vector<model::CommandBody>& commands) {
        std::vector<std::string> lines;
        for (const auto& command : commands) {
            std::vector<model::Event> events;
            engine_.handle({{}, command}, {}, events);
            if (events.empty()) continue;
            const auto* const rejected = std::get_if<model::ConfigurationRejected>(&events.front().body);
            lines.push_back(rejected == nullptr ? model::describe({{}, command}) : rejected->sentence);
        }
        return lines;
    }
    void begin_with(const ReferenceFile& file) { carry_out(commands(file)); }
    const model::Reference& reference() { return engine_.reference(); }

    engine::Engine engine_;
};

TEST_F(Plan, a_configuration_becomes_commands_that_make_it_once_more) {
    const auto file = loaded();
    begin_with(file);
    carry_out({model::Suspend{"bob"}, model::Suspend{"alice", "savings"}});
    const auto commands = commands_for(reference());
    const auto before = reference();
    engine_ = {};
    carry_out(commands);
    auto after = reference();
    // It begins with this, and trading leads away from there.
    after.instruments.begin()->second.phase_until = before.instruments.begin()->second.phase_until;
    EXPECT_EQ(after, before);
    EXPECT_THAT(commands_for(before), testing::SizeIs(commands.size()));
}

TEST_F(Plan, what_is_journaled_needs_no_step) {
    begin_with(loaded());
    EXPECT_THAT(carry_out(steps_towards(loaded(), reference(), true)), IsEmpty());
}

TEST_F(Plan, an_empty_venue_needs_them_all_but_its_deposits) {
    const auto file = loaded();
    carry_out(steps_towards(file, reference(), true));
    EXPECT_THAT(differences(file, reference()), IsEmpty());
}

TEST_F(Plan, what_changed_becomes_a_command_and_nothing_else_does) {
    const auto changes = [this](const std::string& what, const std::string& instead) {
        engine_ = {};
        begin_with(loaded());
        const auto file = loaded(whole, what, instead);
        auto lines = carry_out(steps_towards(file, reference(), false));
        EXPECT_THAT(differences(file, reference()), IsEmpty());
        return lines;
    };
    EXPECT_THAT(changes("taker_fee = 20000", "taker_fee = 25000"),
                ElementsAre(testing::StartsWith("ChangeInstrument symbol=BTC-USD maker_rate=10000 taker_rate=25000")));
    EXPECT_THAT(changes("max_open_orders = 7\n", ""), testing::SizeIs(1));
    EXPECT_THAT(changes("self_trade = \"cancel_both\"\n", ""),
                ElementsAre("ChangeParticipant name=alice self_trade=allowed remembered_orders=5000 "
                            "remembered_seconds=86400"));
    EXPECT_THAT(changes("remembered_orders = 5000\n", "remembered_seconds = 60\n"),
                ElementsAre("ChangeParticipant name=alice self_trade=cancel_both remembered_orders=1000000 "
                            "remembered_seconds=60"));
    EXPECT_THAT(changes("max_quantity = \"1\"\n", "max_quantity = \"2\"\n"), testing::SizeIs(1));
    EXPECT_THAT(changes("volume = \"1000\"", "volume = \"2000\""), testing::SizeIs(1));
    EXPECT_THAT(changes("rate_logout_at = 40\n", "rate_logout_at = 50\n"), testing::SizeIs(1));
    EXPECT_THAT(changes("rate_requests = 100\n", ""), ElementsAre(testing::StartsWith("LimitRate participant=alice")));
}

TEST_F(Plan, every_key_of_a_session_but_its_names_is_changed_by_a_command) {
    const auto change = [this](const std::string& what, const std::string& instead) {
        engine_ = {};
        begin_with(loaded());
        const auto file = loaded(whole, what, instead);
        EXPECT_THAT(differences(file, reference()), testing::SizeIs(1)) << instead;
        EXPECT_THAT(carry_out(steps_towards(file, reference(), false)),
                    ElementsAre(testing::StartsWith("ChangeSession comp_id=ALICE account=")));
        EXPECT_THAT(differences(file, reference()), IsEmpty()) << instead;
    };
    change("  account = \"alice\"", "  account = \"savings\"");
    change("cancel_on_disconnect = \"session\"", "cancel_on_disconnect = \"participant\"");
    change("cancel_grace_ms = 1500\n", "");
    change("cancel_spares = \"good_till\"", "cancel_spares = \"nothing\"");
    change("replace_quantity = \"open\"", "replace_quantity = \"total\"");
    change("version = \"4.2\"", "version = \"4.4\"");
    change("extensions = \"yes\"", "extensions = \"no\"");
}

TEST_F(Plan, limits_and_fees_that_the_file_has_no_more_are_taken_away) {
    begin_with(loaded());
    const std::string text = whole;
    const auto without_fees = text.substr(0, text.find("[fees]"));
    const auto file =
        loaded(without_fees, "  [[participant.limits]]\n  symbol = \"BTC-USD\"\n  max_quantity = \"1\"\n", "");
    EXPECT_THAT(carry_out(steps_towards(file, reference(), false)),
                ElementsAre(testing::StartsWith("LimitParticipant participant=alice symbol=BTC-USD"), "SetFees"));
    EXPECT_THAT(differences(file, reference()), IsEmpty());
}

TEST_F(Plan, what_is_new_is_added_in_an_order_that_can_be_carried_out) {
    begin_with(loaded());
    const auto file =
        loaded(std::string(whole) +
               "[[asset]]\ncode = \"EUR\"\nledger_digits = 10\nchain_digits = 2\n"
               "[[participant]]\nname = \"carol\"\n[[participant.account]]\nname = \"carol\"\nbalances = {}\n"
               "[[participant.session]]\nsender = \"CAROL\"\nusername = \"carol\"\naccount = \"carol\"\n");
    EXPECT_THAT(carry_out(steps_towards(file, reference(), false)),
                ElementsAre("AddAsset code=EUR ledger_digits=10 chain_digits=2", "AddParticipant name=carol",
                            "OpenAccount participant=carol name=carol",
                            "AddSession participant=carol account=carol comp_id=CAROL username=carol"));
}

TEST_F(Plan, what_no_command_can_change_stays_and_it_is_said_why) {
    begin_with(loaded());
    const auto reason = [this](const std::string& what, const std::string& instead) {
        const auto file = loaded(whole, what, instead);
        carry_out(steps_towards(file, reference(), false));
        const auto found = compare(file, reference());
        EXPECT_THAT(found, testing::SizeIs(1));
        return found.empty() ? "" : to_text(found.front()) + "; " + why_it_stays(found.front());
    };
    EXPECT_EQ(reason("chain_digits = 8", "chain_digits = 7"),
              "asset BTC: chain_digits is 7 in the file and 8 in the journal; balances are kept in it for ever");
    EXPECT_THAT(reason("tick = \"0.01\"", "tick = \"0.02\""), HasSubstr("delist the instrument, and list it anew"));
    EXPECT_THAT(reason("lot = \"0.00000001\"", "lot = \"0.0000001\""), HasSubstr("list it anew"));
    EXPECT_THAT(reason("fee_in = \"received\"", "fee_in = \"quote\""), HasSubstr("list it anew"));
    EXPECT_THAT(reason("username = \"alice\"", "username = \"anne\""), HasSubstr("add another session"));
    EXPECT_THAT(reason("auction_fee = 5000\n", ""), HasSubstr("not taken away"));
}

TEST_F(Plan, what_the_file_has_no_more_stays_unless_it_is_to_go) {
    begin_with(loaded());
    const std::string text = whole;
    const auto bob = text.find("[[participant]]\nname = \"bob\"");
    auto file = loaded(text.substr(0, bob));
    file.instruments.clear();
    file.limits.clear();
    std::erase_if(file.accounts, [](const auto& account) { return account.name == "savings"; });
    file.sessions.clear();
    EXPECT_THAT(carry_out(steps_towards(file, reference(), false)), Not(Contains(HasSubstr("Suspend"))));
    EXPECT_THAT(differences(file, reference()), ElementsAre("instrument BTC-USD: journaled, but not in the file",
                                                            "participant bob: journaled, but not in the file",
                                                            "account savings: journaled, but not in the file",
                                                            "account bob: journaled, but not in the file",
                                                            "session ALICE: journaled, but not in the file"));
    EXPECT_THAT(carry_out(steps_towards(file, reference(), true)),
                ElementsAre("DelistInstrument symbol=BTC-USD", "Suspend participant=bob suspended=yes",
                            "Suspend participant=alice account=savings suspended=yes",
                            "ChangeSession comp_id=ALICE disabled=yes"));
    EXPECT_THAT(differences(file, reference()), IsEmpty());
    EXPECT_THAT(carry_out(steps_towards(loaded(), reference(), false)), Not(Contains(HasSubstr("disabled"))))
        << "no file lets somebody on whom the operator disabled";
}

}  // namespace
}  // namespace venue::config
