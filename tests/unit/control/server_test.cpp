// The socket from both ends.
#include "venue/control/server.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <semaphore>
#include <thread>

#include "venue/control/client.hpp"

namespace venue::control {
namespace {

Status some_status() {
    Status status;
    status.version = "1.2.3";
    status.ready = true;
    status.last_sequence = 42;
    status.fence_owner = "process 1 on here";
    status.sessions = {{"ALICE", "alice", true, 2, 3, 4, 5}};
    return status;
}

struct ServerTest : ::testing::Test {
    ServerTest() {
        wiring.status = some_status;
        wiring.set_log_level = [](const std::string& level, const std::string&) {
            return level == "debug" ? "" : "There is no log level " + level + ".";
        };
        // A venue that answers at once: the question is what it releases.
        wiring.submit = [this](model::Request request) {
            if (const auto* const command = std::get_if<model::CommandBody>(&request.body)) {
                asked = model::describe({{}, *command});
                if (const auto* const revise = std::get_if<model::ReviseTrade>(command))
                    half_count = revise->halves.size();
            }
            if (!answers || !std::holds_alternative<model::QuestionBody>(request.body)) return;
            model::Group group;
            const auto& question = std::get<model::QuestionBody>(request.body);
            if (const auto* const phase = std::get_if<model::PhaseQuestion>(&question)) {
                const bool is_listed = phase->symbol == "BTC-USD";
                const auto now = is_listed ? std::optional(model::Phase::halted) : std::nullopt;
                group.answers = {{.body = model::PhaseAnswer{phase->call, phase->symbol, now}}};
            } else if (const auto* const outcome = std::get_if<model::OutcomeQuestion>(&question)) {
                if (!objection.empty()) {
                    group.events.emplace_back().body = model::ConfigurationRejected{objection, outcome->call};
                }
                group.answers = {{.body = model::OutcomeAnswer{outcome->call}}};
            } else if (const auto* const cancels = std::get_if<model::CancelledQuestion>(&question)) {
                group.answers = {{.body = model::CancelledAnswer{cancels->call,
                                                                 cancels->symbol.empty() ? "Nothing is named." : ""}}};
            } else {
                group.answers = {{.body = model::TransferAnswer{"t1", model::Sequence{9}}}};
            }
            server->released(group);
        };
        wiring.look_up_trade = [this](model::MatchId match, const TradeFound& found) {
            if (match == model::MatchId{404})
                return found(OperatorRefusal{OperatorRefusal::Kind::declined, "It is archived."});
            found(std::vector<model::TradeHalf>(2));
        };
        wiring.closed_because = [this] { return closed_because; };
        wiring.absent_because = [this] { return absent_because; };
        server = std::make_unique<Server>(path, wiring);
    }

    std::string path = ::testing::TempDir() + "control_test.sock";
    bool answers = true;
    std::string asked;
    std::size_t half_count = 0;
    std::string objection;
    std::string closed_because;
    std::string absent_because;
    Wiring wiring;
    std::unique_ptr<Server> server;
    Client client{path};
    std::counting_semaphore<> submitted{0};
};

TEST_F(ServerTest, the_status_arrives_as_it_was_sent) { EXPECT_EQ(client.status(), some_status()); }

TEST_F(ServerTest, only_the_owner_may_open_the_socket) {
    struct stat file {};
    ASSERT_EQ(::stat(path.c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777U, 0600U);
}

TEST_F(ServerTest, what_is_wrong_with_a_level_is_said) {
    client.set_log_level("debug", "");
    EXPECT_THROW(client.set_log_level("loud", ""), Declined);
}

TEST_F(ServerTest, a_transfer_is_answered_with_its_event) {
    const auto outcome = client.transfer({"t1", "alice", "alice-2", "USD", "1"});
    EXPECT_EQ(outcome.event, 9);
    EXPECT_TRUE(outcome.repeated) << "no event of this call's own was released";
    EXPECT_THROW(client.transfer({"t1", "alice", "alice-2", "USD", "many"}), Declined);
    client.transfer({"t1", "alice", "alice-2", "USD", "1", true});
    EXPECT_EQ(asked, "TransferFunds id=t1 from=alice to=alice-2 asset=USD amount=1 even_suspended=yes");
}

TEST_F(ServerTest, a_venue_that_takes_no_transfer_says_why_and_that_nothing_was_done) {
    closed_because = "The venue is recovering from its journal.";
    try {
        client.transfer({"t1", "alice", "alice-2", "USD", "1"});
        FAIL() << "the transfer was taken";
    } catch (const NotNow& error) {
        EXPECT_EQ(error.what(), closed_because + " Nothing was done.");
    }
}

TEST_F(ServerTest, a_transfer_that_nobody_answers_is_in_doubt) {
    answers = false;
    Client impatient(path, 1);
    EXPECT_THROW(impatient.transfer({"t1", "alice", "alice-2", "USD", "1"}), OutcomeUnknown);
    EXPECT_THROW(client.transfer({"t1", "alice", "alice-2", "USD", "1"}), OutcomeUnknown)
        << "the first call still waits";
}

TEST_F(ServerTest, a_transfer_is_in_doubt_when_the_venue_stops_before_its_outcome) {
    wiring.submit = [this](const model::Request&) { submitted.release(); };
    server.reset();
    server = std::make_unique<Server>(path, wiring);
    std::thread stopping([this] {
        submitted.acquire();
        server->stop();
    });
    EXPECT_THROW(client.transfer({"t1", "alice", "alice-2", "USD", "1"}), OutcomeUnknown);
    stopping.join();
}

TEST_F(ServerTest, a_change_of_phase_is_answered_with_the_phase_that_is_then) {
    EXPECT_EQ(client.change_phase({"BTC-USD", "halted"}), "halted");
    EXPECT_THROW(client.change_phase({"BTC-USD", "asleep"}), Declined);
    EXPECT_THROW(client.change_phase({"ETH-USD", ""}), Declined);
    EXPECT_EQ(client.change_phase({"BTC-USD", "halted", true}), "halted");
    EXPECT_THROW(client.change_phase({"BTC-USD", "continuous", true}), Declined) << "only a halt cancels orders";
}

TEST_F(ServerTest, orders_are_cancelled_or_it_is_said_why_not) {
    EXPECT_NO_THROW(client.cancel_orders({"BTC-USD", ""}));
    EXPECT_THROW(client.cancel_orders({"", ""}), Declined);
}

TEST_F(ServerTest, a_busy_venue_can_be_halted_and_one_that_recovers_can_not) {
    closed_because = "The venue is busy.";
    EXPECT_EQ(client.change_phase({"BTC-USD", "halted"}), "halted");
    absent_because = "The venue is stopping.";
    EXPECT_THROW(client.change_phase({"BTC-USD", "halted"}), NotNow);
}

TEST_F(ServerTest, a_change_that_nobody_answers_is_in_doubt) {
    answers = false;
    Client impatient(path, 1);
    EXPECT_THROW(impatient.change_phase({"BTC-USD", "halted"}), OutcomeUnknown);
}

TEST_F(ServerTest, what_the_operator_asks_arrives_as_it_was_asked) {
    const model::AskedLimits limits{model::Decimal{25, 1}, model::Decimal{}, 0, 500};
    model::ListInstrument listed{"BTC-EUR", "BTC", "EUR", {1, 2}, {1, 8}, -5, 7, model::FeeSource::quote};
    listed.phase = model::Phase::pre_open;
    listed.auction_rate = 0;
    listed.reference_price = model::Decimal{1, 0};
    listed.dynamic_band_bp = 3;
    listed.volatility_seconds = 4;
    listed.protection_bp = 5;
    listed.schedule = {{25'200, model::Phase::pre_open}, {28'800, model::Phase::continuous}};
    listed.day_end = 60;
    listed.limits = limits;
    const std::vector<OperatorCommand> commands = {
        listed,
        model::ChangeInstrument{"BTC-USD", 1, 0, -3, 0, 9, 8, 7, 6, model::Decimal{105, 1},
                                std::vector<model::ScheduledPhase>{{3'600, model::Phase::closed}}, 7'200, limits},
        model::ChangeInstrument{.symbol = "BTC-USD", .schedule = std::vector<model::ScheduledPhase>{}},
        model::ChangeInstrument{"BTC-USD"},
        model::DelistInstrument{"BTC-USD"},
        model::LimitParticipant{"alice", "BTC-USD", limits},
        model::Suspend{"alice", "alice-2", true},
        model::Suspend{"alice", "", false},
        model::SetFees{"USD", {{{1, 0}, -5, 7}, {{25, 1}, 0, 0}}, {"BTC-USD"}},
        model::SetFees{},
        model::AddAsset{{{}, "EUR", 10, 2}},
        model::AddParticipant{"carol", model::SelfTrade::decrement, {5'000, 3'600}},
        model::ChangeParticipant{"carol", model::SelfTrade::cancel_both, 0, 3'600},
        model::ChangeParticipant{"carol"},
        model::OpenAccount{"carol", "carol-2"},
        model::AddSession{"carol",
                          "carol-2",
                          "CAROL",
                          "carol",
                          "5a17",
                          "4a54",
                          {model::CancelOnDisconnect::participant, 1'500, true},
                          model::ReplaceQuantity::open,
                          model::FixVersion::fix42,
                          true,
                          true},
        model::ChangeSession{"CAROL", "carol", model::CancelOnDisconnect::off, 0, false, model::ReplaceQuantity::total,
                             model::FixVersion::fix50sp2, true},
        model::ChangeSession{.comp_id = "CAROL", .extensions = false, .disabled = true},
        model::LimitRate{"alice", "ALICE", {100, 400, 2'000}},
        model::LimitRate{"alice", "", {.requests = 0}},
    };
    for (const auto& command : commands) {
        client.operate(command);
        EXPECT_EQ(asked, std::visit([](const auto& body) { return model::describe({{}, body}); }, command));
    }
}

TEST_F(ServerTest, the_configuration_arrives_as_commands_in_their_order) {
    wiring.configuration = [] {
        return std::vector<OperatorCommand>{model::AddAsset{{{}, "EUR", 10, 2}}, model::AddParticipant{"carol"}};
    };
    server.reset();
    server = std::make_unique<Server>(path, wiring);
    const auto told = client.configuration();
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(std::get<model::AddAsset>(told[0]).asset.ledger_digits, 10);
    EXPECT_EQ(std::get<model::AddParticipant>(told[1]).name, "carol");
    absent_because = "The venue is stopping.";
    EXPECT_THROW(static_cast<void>(client.configuration()), Declined);
}

TEST_F(ServerTest, a_session_with_words_or_secrets_that_are_none_is_declined) {
    model::AddSession session{"carol", "carol", "CAROL", "carol", "5a17", "4a54"};
    session.salt = "no hex";
    EXPECT_THROW(client.operate(session), Declined);
    session.salt = std::string(200, 'a');
    EXPECT_THROW(client.operate(session), Declined);
}

TEST_F(ServerTest, a_trade_that_is_revised_comes_with_the_command) {
    client.operate(model::ReviseTrade{model::MatchId{9}, model::Decimal{5, 1}});
    EXPECT_EQ(asked, "ReviseTrade match=9 price=0.5");
    EXPECT_EQ(half_count, 2U);
    client.operate(model::ReviseTrade{.match = model::MatchId{9}, .price = model::Decimal{5, 1}, .forced = true});
    EXPECT_EQ(asked, "ReviseTrade match=9 price=0.5 forced=yes");
    client.operate(model::ReviseTrade{model::MatchId{9}});
    EXPECT_EQ(asked, "ReviseTrade match=9");
    client.operate(model::SettleReceivable{"alice", "USD"});
    EXPECT_EQ(asked, "SettleReceivable account=alice asset=USD");
    EXPECT_THROW(client.operate(model::ReviseTrade{model::MatchId{404}}), Declined);
}

// What the journal tells of an order that the engine has forgotten lacks a revision that is on its way there.
TEST_F(ServerTest, no_other_trade_is_looked_up_until_the_first_revision_is_durable) {
    answers = false;
    Client impatient(path, 1);
    EXPECT_THROW(impatient.operate(model::ReviseTrade{model::MatchId{9}}), OutcomeUnknown);
    EXPECT_THROW(client.operate(model::ReviseTrade{model::MatchId{10}}), NotNow);
    EXPECT_EQ(asked, "ReviseTrade match=9");
    model::Group group;
    group.answers = {{.body = model::OutcomeAnswer{1}}};
    server->released(group);
    answers = true;
    client.operate(model::ReviseTrade{model::MatchId{10}});
    EXPECT_EQ(asked, "ReviseTrade match=10");
}

TEST_F(ServerTest, what_the_venue_declines_of_the_operators_is_told_with_its_sentence) {
    objection = "The instrument BTC-USD is not known.";
    EXPECT_THROW(client.operate(model::DelistInstrument{"BTC-USD"}), Declined);
    absent_because = "The venue is stopping.";
    EXPECT_THROW(client.operate(model::DelistInstrument{"BTC-USD"}), NotNow);
    absent_because.clear();
    answers = false;
    Client impatient(path, 1);
    EXPECT_THROW(impatient.operate(model::DelistInstrument{"BTC-USD"}), OutcomeUnknown);
}

TEST_F(ServerTest, a_message_beyond_the_limit_is_declined) {
    EXPECT_THROW(client.set_log_level(std::string(Server::message_bytes_max, 'x'), ""), Declined);
}

TEST_F(ServerTest, nobody_answers_once_it_stopped) {
    server.reset();
    EXPECT_THROW(static_cast<void>(client.status()), NobodyThere);
    EXPECT_THROW(client.transfer({"t1", "alice", "alice-2", "USD", "1"}), NobodyThere) << "nothing was asked";
}

TEST(Server, a_socket_that_can_not_be_made_is_said) {
    EXPECT_THROW(Server("/nowhere/control.sock", Wiring{}), CannotListen);
}

}  // namespace
}  // namespace venue::control
