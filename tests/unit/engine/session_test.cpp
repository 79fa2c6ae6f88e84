#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::DisconnectReason;
using model::DisconnectSession;
using model::LogOnSession;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Session, LogsOnAndOff) {
    SmallVenue venue;
    const model::SessionId bob = venue.session("BOB");
    EXPECT_THAT(venue.handle(LogOnSession{bob}), ElementsAre("SessionLoggedOn: BOB incarnation 1"));
    EXPECT_THAT(venue.engine.sessions_on(), ElementsAre(bob));
    EXPECT_THAT(venue.handle(DisconnectSession{bob, DisconnectReason::logout}),
                ElementsAre("SessionDisconnected: BOB logout"));
    EXPECT_THAT(venue.engine.sessions_on(), IsEmpty());
}

TEST(Session, AResetBeginsANewIncarnationAndAPlainLogonGoesOnWithIt) {
    SmallVenue venue;
    const model::SessionId bob = venue.session("BOB");
    EXPECT_THAT(venue.handle(LogOnSession{bob, true}), ElementsAre("SessionLoggedOn: BOB incarnation 2"));
    EXPECT_THAT(venue.handle(LogOnSession{bob}), ElementsAre("SessionLoggedOn: BOB incarnation 2"));
}

TEST(Session, ADisconnectOfOneThatIsOffChangesNothing) {
    SmallVenue venue;
    EXPECT_THAT(venue.handle(DisconnectSession{venue.session("BOB")}), IsEmpty());
}

}  // namespace
}  // namespace venue::test
