// How many requests a participant's sessions may send, as the operator asks for it.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::LimitRate;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(LimitedRates, HowManyRequestsComeIsLimitedForAParticipantAndForEachOfItsSessions) {
    SmallVenue venue;
    const auto alice = [&]() -> const model::Participant& { return *venue.engine.reference().participant("alice"); };
    EXPECT_THAT(venue.handle(LimitRate{"alice", "", {.requests = 100, .logout_at = 400}}),
                ElementsAre("ParticipantChanged: alice"));
    EXPECT_EQ(alice().rate, (model::RateLimit{100, 400, 0}));
    EXPECT_THAT(venue.handle(LimitRate{"alice", "ALICE2", {.requests = 5, .window_ms = 2'000}}),
                ElementsAre("ParticipantChanged: alice"));
    EXPECT_THAT(alice().session_rates,
                ElementsAre(testing::Pair(venue.session("ALICE2"), model::RateLimit{5, 0, 2'000})));
    EXPECT_THAT(venue.handle(LimitRate{"alice", "ALICE2", {.requests = 5}}), IsEmpty()) << "it is so already";
    venue.handle(LimitRate{"alice", "ALICE2", {.requests = 0, .window_ms = 0}});
    EXPECT_THAT(alice().session_rates, IsEmpty());
    EXPECT_EQ(alice().rate, (model::RateLimit{100, 400, 0})) << "what isn't said stays";
}

TEST(LimitedRates, ARateThatMakesNoSenseIsDeclined) {
    SmallVenue venue;
    const auto declined = [&](LimitRate asked, const char* why) {
        EXPECT_THAT(venue.handle(std::move(asked)), ElementsAre(HasSubstr(why)));
    };
    declined({"nobody"}, "nobody is not known");
    declined({"alice", "NOBODY"}, "NOBODY is not known");
    declined({"alice", "BOB"}, "not one of alice's");
    declined({"alice", "", {.requests = -1}}, "at most 1000000000 requests");
    declined({"alice", "", {.logout_at = 1'000'000'001}}, "at most 1000000000 requests");
    declined({"alice", "", {.window_ms = 3'600'001}}, "at most 3600000 milliseconds");
    declined({"alice", "ALICE", {.requests = 5, .logout_at = 4}}, "logout_at is below requests");
    EXPECT_EQ(venue.engine.reference().participant("alice")->rate, model::RateLimit{});
}

}  // namespace
}  // namespace venue::test
