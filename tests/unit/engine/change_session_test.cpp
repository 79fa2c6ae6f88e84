// A session that is changed while the venue runs: what holds from then on, and what stays as it began.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/snapshot.hpp"

namespace venue::test {
namespace {

using model::CancelOnDisconnect;
using model::ChangeSession;
using model::DisconnectReason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t millisecond = 1'000'000;

class ChangedSessions : public testing::Test {
  protected:
    ChangedSessions() {
        venue.handle(model::OpenAccount{"alice", "savings"});
        venue.deposit("alice", "USD", "1000");
        venue.deposit("savings", "USD", "1000");
        venue.handle(model::AddSession{"alice", "alice", "OWN", "own", "", "", waits_five_seconds});
        log_on("OWN");
    }
    void log_on(const std::string& name, std::optional<CancelOnDisconnect> chosen = {}) {
        venue.handle(model::LogOnSession{venue.session(name), false, chosen});
    }
    std::vector<std::string> lose(const std::string& name, DisconnectReason reason = DisconnectReason::dropped) {
        return venue.handle(model::DisconnectSession{venue.session(name), reason});
    }
    std::vector<std::string> wait(std::int64_t milliseconds) {
        venue.now.nanoseconds += milliseconds * millisecond;
        return venue.advance(venue.now);
    }
    /// Of a snapshot that is taken now, and read.
    std::uint64_t hash_of_snapshot() {
        std::string bytes;
        engine::write_snapshot(venue.engine, [&](std::string_view piece) { bytes.append(piece); });
        std::string_view rest = bytes;
        return engine::read_snapshot([&] { return std::exchange(rest, {}); }).state_hash();
    }

    static constexpr model::DisconnectRule waits_five_seconds{CancelOnDisconnect::session, 5'000, true};
    const ChangeSession to_nothing{
        .comp_id = "OWN", .cancels = CancelOnDisconnect::off, .grace_ms = 0, .spares_good_till = false};
    SmallVenue venue;
};

TEST_F(ChangedSessions, TradeForAnotherAccountFromNowOnAndOpenOrdersStayInTheirs) {
    venue.buy("OWN", "before", "1 @ 100");
    EXPECT_THAT(venue.handle(ChangeSession{.comp_id = "OWN", .account = "savings"}),
                ElementsAre("SessionChanged: OWN incarnation 1"));
    venue.buy("OWN", "after", "2 @ 100");
    EXPECT_EQ(venue.funds("alice", "USD"), "900+100");
    EXPECT_EQ(venue.funds("savings", "USD"), "800+200");
    venue.replace("OWN", "again", "before", "3 @ 100");
    EXPECT_EQ(venue.funds("alice", "USD"), "700+300");
}

TEST_F(ChangedSessions, MeanTheQuantityOfAReplaceAsTheyAreChanged) {
    venue.handle(ChangeSession{.comp_id = "OWN", .replace_quantity = model::ReplaceQuantity::open});
    venue.deposit("bob", "BTC", "10");
    venue.buy("OWN", "a1", "3 @ 100");
    venue.sell("BOB", "b1", "1 @ 100");
    EXPECT_THAT(venue.replace("OWN", "a2", "a1", "3 @ 100"), ElementsAre(HasSubstr("a2 open 1/4")));
}

TEST_F(ChangedSessions, ThatSpeakOtherwiseBeginTheirNumbersAnewWithTheVeryEvent) {
    EXPECT_THAT(venue.handle(ChangeSession{.comp_id = "OWN", .version = model::FixVersion::fix42}),
                ElementsAre("SessionChanged: OWN incarnation 2"));
    EXPECT_THAT(venue.handle(ChangeSession{.comp_id = "OWN", .extensions = true}),
                ElementsAre("SessionChanged: OWN incarnation 3"));
    EXPECT_THAT(venue.handle(to_nothing), ElementsAre("SessionChanged: OWN incarnation 3"));
    EXPECT_THAT(venue.handle(model::LogOnSession{venue.session("OWN"), true}),
                ElementsAre("SessionLoggedOn: OWN incarnation 4"));
}

TEST_F(ChangedSessions, AreAsTheyWereWhereWhatIsAskedForIsSo) {
    EXPECT_THAT(venue.handle(ChangeSession{.comp_id = "OWN"}), IsEmpty());
    EXPECT_THAT(venue.handle(ChangeSession{"OWN", "alice", CancelOnDisconnect::session, 5'000, true,
                                           model::ReplaceQuantity::total, model::FixVersion::fix44, false}),
                IsEmpty());
}

TEST_F(ChangedSessions, AreDeclinedByTheNameOfTheFieldThatCanNotBe) {
    const auto expect_declined = [&](const ChangeSession& asked, const std::string& why) {
        EXPECT_THAT(venue.handle(asked), ElementsAre(HasSubstr("ConfigurationRejected: " + why)));
    };
    expect_declined({.comp_id = "NOBODY"}, "The session NOBODY is not known.");
    expect_declined({.comp_id = "OWN", .account = "nothing"}, "The account nothing is not known.");
    expect_declined({.comp_id = "OWN", .account = "bob"}, "The account bob is not one of alice's.");
    expect_declined({.comp_id = "OWN", .grace_ms = -1}, "cancel_grace_ms must be 0 to 86400000.");
    expect_declined({.comp_id = "OWN", .cancels = CancelOnDisconnect{9}}, "cancel_on_disconnect: ");
    expect_declined({.comp_id = "OWN", .replace_quantity = model::ReplaceQuantity{9}}, "replace_quantity: ");
    expect_declined({.comp_id = "OWN", .version = model::FixVersion{9}}, "version: ");
}

TEST_F(ChangedSessions, GoByTheNewRuleWhenTheyAreLostUnlessTheLogonHasChosen) {
    venue.handle(to_nothing);
    EXPECT_THAT(lose("OWN"), ElementsAre("SessionDisconnected: OWN dropped"));
    log_on("OWN", CancelOnDisconnect::participant);
    venue.handle(ChangeSession{.comp_id = "OWN", .cancels = CancelOnDisconnect::session, .grace_ms = 1'000});
    venue.buy("ALICE", "of-alice", "1 @ 100");
    EXPECT_THAT(lose("OWN"), ElementsAre("SessionDisconnected: OWN dropped, cancels at 1000000001"));
    EXPECT_THAT(wait(1'000), ElementsAre(HasSubstr("of-alice cancelled"), "MassCancelReported: 1"))
        << "whose orders is the logon's choice, the time is the operator's";
}

TEST_F(ChangedSessions, ThatAreLostWaitAsTheyBegan) {
    venue.buy("OWN", "good-till", "1 @ 100");
    venue.buy("OWN", "day", "1 @ 90", model::TimeInForce::day);
    lose("OWN");
    venue.handle(to_nothing);
    EXPECT_THAT(wait(4'999), IsEmpty());
    EXPECT_THAT(wait(1), ElementsAre(HasSubstr("day cancelled"), "MassCancelReported: 1"));
    log_on("OWN");
    EXPECT_THAT(lose("OWN"), ElementsAre("SessionDisconnected: OWN dropped"));
}

TEST_F(ChangedSessions, ThatAreLostWaitForTheSameOrdersAfterARestartAndADeclinedLogon) {
    venue.buy("OWN", "good-till", "1 @ 100");
    venue.buy("OWN", "day", "1 @ 90", model::TimeInForce::day);
    lose("OWN");
    venue.handle(ChangeSession{
        .comp_id = "OWN", .cancels = CancelOnDisconnect::off, .grace_ms = 7'000, .spares_good_till = false});
    log_on("OWN");
    lose("OWN", DisconnectReason::declined);
    EXPECT_THAT(lose("OWN", DisconnectReason::restart),
                ElementsAre("SessionDisconnected: OWN restart, cancels at 7000000001"))
        << "a time that begins anew is as long as it is now";
    EXPECT_EQ(hash_of_snapshot(), venue.engine.state_hash());
    EXPECT_THAT(wait(7'000), ElementsAre(HasSubstr("day cancelled"), "MassCancelReported: 1"));
}

TEST_F(ChangedSessions, FoldToTheSameStateAlsoWhereTheJournalDoesNotSayHowTheyWereLost) {
    lose("OWN");
    venue.handle(to_nothing);
    venue.handle(ChangeSession{.comp_id = "OWN", .account = "savings", .version = model::FixVersion::fix50sp2});
    engine::Engine folded;
    for (model::Event event : venue.events()) {
        if (auto* const lost = std::get_if<model::SessionDisconnected>(&event.body)) {
            lost->cancels = CancelOnDisconnect::off;
            lost->spares_good_till.reset();
        }
        folded.fold(event);
    }
    EXPECT_EQ(folded.state_hash(), venue.engine.state_hash());
    EXPECT_EQ(folded.incarnation(venue.session("OWN")), model::Incarnation{2});
    EXPECT_EQ(hash_of_snapshot(), venue.engine.state_hash());
}

TEST_F(ChangedSessions, AreDisabledInTheSameIncarnationAndKeptSoInASnapshot) {
    venue.buy("OWN", "a1", "1 @ 100");
    EXPECT_THAT(venue.handle(ChangeSession{.comp_id = "OWN", .disabled = true}),
                ElementsAre("SessionChanged: OWN incarnation 1 disabled"));
    EXPECT_THAT(venue.handle(ChangeSession{.comp_id = "OWN", .disabled = true}), IsEmpty());
    EXPECT_EQ(hash_of_snapshot(), venue.engine.state_hash());
    EXPECT_THAT(venue.handle(ChangeSession{.comp_id = "OWN", .disabled = false}),
                ElementsAre("SessionChanged: OWN incarnation 1"));
    EXPECT_EQ(venue.funds("alice", "USD"), "900+100") << "its orders stay";
}

}  // namespace
}  // namespace venue::test
