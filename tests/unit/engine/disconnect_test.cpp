// Orders that are cancelled because a session was disconnected and isn't back in time.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::CancelOnDisconnect;
using model::DisconnectReason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t millisecond = 1'000'000;

class Disconnects : public testing::Test {
  protected:
    Disconnects() {
        venue.deposit("alice", "USD", "1000");
        add("OWN", {CancelOnDisconnect::session, 5'000});
        add("ALL", {CancelOnDisconnect::participant, 0, true});
        for (const std::string name : {"OWN", "ALL", "ALICE"}) {
            log_on(name);
            venue.buy(name, "of-" + name, "1 @ 100");
            venue.buy(name, "day-" + name, "1 @ 90", model::TimeInForce::day);
        }
    }
    void add(const std::string& name, model::DisconnectRule rule) {
        venue.handle(model::AddSession{"alice", "alice", name, name, "", "", rule});
    }
    void log_on(const std::string& name) { venue.handle(model::LogOnSession{venue.session(name)}); }
    std::vector<std::string> lose(const std::string& name, DisconnectReason reason = DisconnectReason::dropped) {
        return venue.handle(model::DisconnectSession{venue.session(name), reason});
    }
    std::vector<std::string> wait(std::int64_t milliseconds) {
        venue.now.nanoseconds += milliseconds * millisecond;
        std::vector<std::string> lines;
        while (venue.engine.next_due() && *venue.engine.next_due() <= venue.now) {
            for (auto& line : venue.settle(model::AdvanceTime{venue.now})) lines.push_back(std::move(line));
        }
        return lines;
    }

    SmallVenue venue;
};

TEST_F(Disconnects, CancelTheSessionsOrdersWhenItsTimeIsOver) {
    EXPECT_THAT(lose("OWN"), ElementsAre("SessionDisconnected: OWN dropped, cancels at 5000000001"));
    EXPECT_THAT(wait(4'999), IsEmpty());
    EXPECT_THAT(wait(1), ElementsAre("OrderCancelled to OWN: of-OWN cancelled 0/1 holds 0, session_disconnected",
                                     "OrderCancelled to OWN: day-OWN cancelled 0/1 holds 0, session_disconnected",
                                     "MassCancelReported: 2"));
    EXPECT_THAT(wait(5'000), IsEmpty());
}

TEST_F(Disconnects, CancelAllOfTheParticipantsOrdersButThoseThatAreSpared) {
    lose("ALL", DisconnectReason::logout);
    EXPECT_THAT(wait(0), ElementsAre(HasSubstr("day-OWN cancelled"), HasSubstr("day-ALL cancelled"),
                                     HasSubstr("day-ALICE cancelled"), "MassCancelReported: 3"));
    EXPECT_EQ(venue.book(), "bids 100:3(3) offers");
}

TEST_F(Disconnects, CancelNothingWhereTheSessionSaysNothing) {
    EXPECT_THAT(lose("ALICE"), ElementsAre("SessionDisconnected: ALICE dropped"));
    EXPECT_THAT(wait(10'000), IsEmpty());
}

TEST_F(Disconnects, CancelNothingWhenTheSessionIsBackInTime) {
    lose("OWN");
    wait(4'999);
    log_on("OWN");
    EXPECT_THAT(wait(10'000), IsEmpty());
    EXPECT_THAT(lose("OWN"), ElementsAre("SessionDisconnected: OWN dropped, cancels at 19999000001"));
}

TEST_F(Disconnects, ARestartOfTheVenueGivesWhoeverWasLostTheTimeAnew) {
    lose("OWN");
    wait(1'000);
    EXPECT_THAT(lose("OWN", DisconnectReason::restart),
                ElementsAre("SessionDisconnected: OWN restart, cancels at 6000000001"));
    EXPECT_THAT(wait(4'999), IsEmpty());
    EXPECT_THAT(wait(1), testing::Contains("MassCancelReported: 2"));
    EXPECT_THAT(lose("OWN", DisconnectReason::restart), IsEmpty()) << "its orders are gone";
}

TEST_F(Disconnects, ALogonThatIsDeclinedChangesNothingAboutTheTimeThatRuns) {
    lose("OWN");
    wait(1'000);
    log_on("OWN");
    EXPECT_THAT(lose("OWN", DisconnectReason::declined),
                ElementsAre("SessionDisconnected: OWN declined, cancels at 5000000001"));
    EXPECT_THAT(wait(4'000).back(), "MassCancelReported: 2");
    log_on("OWN");
    EXPECT_THAT(lose("OWN", DisconnectReason::declined), ElementsAre("SessionDisconnected: OWN declined"));
}

TEST_F(Disconnects, OfOneMomentComeBehindOrdersThatExpireAndBySession) {
    venue.now = {model::nanoseconds_per_day - 5'000 * millisecond};
    lose("OWN");
    venue.now = {model::nanoseconds_per_day};
    lose("ALL");
    EXPECT_THAT(wait(0), ElementsAre(HasSubstr("OrderExpired to OWN"), HasSubstr("OrderExpired to ALL"),
                                     HasSubstr("OrderExpired to ALICE"), HasSubstr("of-OWN cancelled"),
                                     "MassCancelReported: 1", "MassCancelReported: 0"));
}

TEST_F(Disconnects, AreRememberedBySnapshots) {
    lose("OWN");
    ASSERT_TRUE(venue.restart());
    EXPECT_EQ(wait(5'000).back(), "MassCancelReported: 2");
}

TEST_F(Disconnects, AreConfiguredWithinLimits) {
    EXPECT_THAT(venue.handle(model::AddSession{"alice", "alice", "X", "x", "", "", {CancelOnDisconnect::session, -1}}),
                ElementsAre("ConfigurationRejected: cancel_grace_ms must be 0 to 86400000."));
}

TEST_F(Disconnects, GoByWhatTheLogonHasChosen) {
    venue.handle(model::LogOnSession{venue.session("ALICE"), false, CancelOnDisconnect::session});
    EXPECT_THAT(lose("ALICE"), ElementsAre(HasSubstr("dropped, cancels at")));
    EXPECT_THAT(wait(0), ElementsAre(HasSubstr("of-ALICE cancelled"), HasSubstr("day-ALICE cancelled"),
                                     "MassCancelReported: 2"));
    venue.handle(model::LogOnSession{venue.session("OWN"), false, CancelOnDisconnect::off});
    EXPECT_THAT(lose("OWN"), ElementsAre("SessionDisconnected: OWN dropped"));
    venue.handle(model::LogOnSession{venue.session("OWN"), false, CancelOnDisconnect::participant});
    EXPECT_THAT(lose("OWN"), ElementsAre(HasSubstr("OWN dropped, cancels at")));
    EXPECT_THAT(wait(5'000).back(), "MassCancelReported: 4") << "the grace time is the configured one";
}

TEST_F(Disconnects, GoByTheConfigurationAgainWhenTheNextLogonChoosesNothing) {
    venue.handle(model::LogOnSession{venue.session("OWN"), false, CancelOnDisconnect::off});
    lose("OWN");
    log_on("OWN");
    EXPECT_THAT(lose("OWN"), ElementsAre(HasSubstr("OWN dropped, cancels at")));
}

TEST_F(Disconnects, KeepTheChoiceOfTheLostLogonWhenALaterOneIsDeclined) {
    venue.handle(model::LogOnSession{venue.session("OWN"), false, CancelOnDisconnect::participant});
    lose("OWN");
    venue.handle(model::LogOnSession{venue.session("OWN"), false, CancelOnDisconnect::off});
    lose("OWN", DisconnectReason::declined);
    EXPECT_THAT(wait(5'000).back(), "MassCancelReported: 6");
}

TEST_F(Disconnects, GoByTheChoiceAfterARestartAndASnapshot) {
    venue.handle(model::LogOnSession{venue.session("ALICE"), false, CancelOnDisconnect::participant});
    ASSERT_TRUE(venue.restart());
    EXPECT_THAT(lose("ALICE", DisconnectReason::restart), ElementsAre(HasSubstr("ALICE restart, cancels at")));
    EXPECT_THAT(lose("ALICE", DisconnectReason::restart), ElementsAre(HasSubstr("ALICE restart, cancels at")));
    EXPECT_THAT(wait(0).back(), "MassCancelReported: 6");
}

TEST_F(Disconnects, SpareOrdersThatSaySo) {
    venue.handle(with({.outlives_session = true}, order("stays", model::Side::buy, "1 @ 80")), "OWN");
    lose("OWN");
    EXPECT_THAT(wait(5'000),
                ElementsAre(HasSubstr("of-OWN cancelled"), HasSubstr("day-OWN cancelled"), "MassCancelReported: 2"));
    EXPECT_THAT(venue.settle(model::MassCancel{model::ClOrdId("m1")}, "OWN"),
                testing::Contains(HasSubstr("stays cancelled")))
        << "anything else cancels it";
}

TEST_F(Disconnects, LeaveAReplacedOrderWhatItWas) {
    venue.handle(with({.outlives_session = true}, order("stays", model::Side::buy, "1 @ 80")), "OWN");
    venue.replace("OWN", "still", "stays", "1 @ 81");
    model::ReplaceOrder asked;
    asked.cl_ord_id = model::ClOrdId("r1");
    asked.orig_cl_ord_id = model::ClOrdId("of-OWN");
    asked.symbol = "BTC-USD";
    asked.quantity = {1, 0};
    asked.price = model::Decimal{100, 0};
    EXPECT_THAT(venue.handle(with({.outlives_session = true}, asked), "OWN"),
                ElementsAre("ChangeRejected to OWN: r1 type_mismatch"));
    lose("OWN");
    EXPECT_THAT(wait(5'000).back(), "MassCancelReported: 2");
}

}  // namespace
}  // namespace venue::test
