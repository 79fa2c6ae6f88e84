// An instrument's day.
#include "venue/engine/calendar.hpp"

#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::Decimal;
using model::Phase;
using model::TimeInForce;
using model::Timestamp;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Timestamp at(std::int64_t hour, std::int64_t minute = 0) {
    return {(hour * 3'600 + minute * 60) * 1'000'000'000};
}

const std::vector<model::ScheduledPhase> day = {{1 * 3'600, Phase::pre_open},
                                                {2 * 3'600, Phase::continuous},
                                                {3 * 3'600, Phase::closing_auction},
                                                {4 * 3'600, Phase::closed}};

TEST(Calendar, SaysPhasesChangesAndEnds) {
    model::Instrument instrument;
    instrument.schedule = day;
    instrument.day_end = 4 * 3'600;
    EXPECT_EQ(engine::scheduled_phase(instrument, at(0, 30)), Phase::closed) << "as the day before ended";
    EXPECT_EQ(engine::scheduled_phase(instrument, at(1)), Phase::pre_open);
    EXPECT_EQ(engine::scheduled_phase(instrument, at(24 + 3, 59)), Phase::closing_auction);
    EXPECT_EQ(engine::next_change(instrument, at(1)), at(2));
    EXPECT_EQ(engine::next_change(instrument, at(4)), at(24 + 1));
    EXPECT_EQ(engine::next_day_end(instrument, at(3, 59)), at(4));
    EXPECT_EQ(engine::next_day_end(instrument, at(4)), at(24 + 4));
    EXPECT_EQ(engine::next_change({}, at(4)), Timestamp{});
    EXPECT_EQ(engine::next_day_end({}, at(4)), at(24));
}

TEST(Calendar, IsReadAsItIsWritten) {
    const auto schedule = model::parse_schedule("07:00 pre_open, 08:00:30 continuous");
    ASSERT_TRUE(schedule);
    EXPECT_EQ(to_text(*schedule), "07:00:00 pre_open, 08:00:30 continuous");
    for (const char* wrong :
         {"7:00 pre_open", "07:00 asleep", "24:00 closed", "07.00 closed", "07:00", "07:00 closed,"}) {
        EXPECT_FALSE(model::parse_schedule(wrong)) << wrong;
    }
}

class Day : public testing::Test {
  protected:
    Day() {
        for (const std::string name : {"alice", "bob"}) {
            venue.deposit(name, "BTC", "100");
            venue.deposit(name, "USD", "10000");
        }
    }
    SmallVenue venue{{.schedule = day, .day_end = 4 * 3'600}};
};

TEST_F(Day, LeadsThroughItsPhasesAndTheNextDaysToo) {
    EXPECT_EQ(venue.engine.reference().instrument("BTC-USD")->phase, Phase::closed);
    EXPECT_THAT(venue.advance(at(2)), ElementsAre("PhaseChanged: BTC-USD pre_open until 7200",
                                                  "PhaseChanged: BTC-USD continuous until 10800"));
    EXPECT_THAT(venue.advance(at(24 + 1)),
                ElementsAre("PhaseChanged: BTC-USD closing_auction until 14400",
                            "PhaseChanged: BTC-USD closed until 90000", "PhaseChanged: BTC-USD pre_open until 93600"));
}

TEST_F(Day, EndsBehindTheAuctionThatEndsAtThatMoment) {
    venue.advance(at(2, 30));
    venue.buy("BOB", "b1", "2 @ 100", TimeInForce::day);
    venue.sell("ALICE", "a1", "1 @ 100", TimeInForce::at_close);
    venue.advance(at(3, 30));
    EXPECT_THAT(venue.advance(at(5)),
                ElementsAre("UncrossBegun: BTC-USD 1 @ 100, then closed", HasSubstr("OrderTraded to BOB: b1 open 1/2"),
                            HasSubstr("OrderTraded to ALICE: a1 filled"), "PhaseChanged: BTC-USD closed until 90000",
                            "OrderExpired to BOB: b1 expired 1/2 holds 0"));
}

TEST_F(Day, DoesntEndAHaltAndGoesOnWhereItIsBehindOne) {
    venue.advance(at(2, 30));
    EXPECT_THAT(venue.enter(Phase::halted), ElementsAre("PhaseChanged: BTC-USD halted"));
    EXPECT_THAT(venue.advance(at(3, 30)), IsEmpty());
    EXPECT_THAT(venue.settle(model::ChangePhase{"BTC-USD"}),
                ElementsAre("PhaseChanged: BTC-USD closing_auction until 14400"));
}

TEST_F(Day, GoesOnBehindWhatTheOperatorChose) {
    venue.advance(at(2, 30));
    EXPECT_THAT(venue.enter(Phase::post_only), ElementsAre("PhaseChanged: BTC-USD post_only until 10800"));
    EXPECT_THAT(venue.advance(at(3)), ElementsAre("PhaseChanged: BTC-USD closing_auction until 14400"));
}

TEST(CalendarRules, ASchedulesTimesRise) {
    SmallVenue venue;
    model::ListInstrument listed{.symbol = "X", .base = "BTC", .quote = "USD", .tick = {1, 0}, .lot = {1, 2}};
    listed.schedule = {{60, Phase::closed}, {60, Phase::continuous}};
    EXPECT_THAT(venue.handle(listed),
                ElementsAre("ConfigurationRejected: A schedule's times must rise within the day."));
    listed.schedule = {{60, Phase::volatility_auction}};
    EXPECT_THAT(venue.handle(listed), ElementsAre("ConfigurationRejected: No day has that phase."));
    listed.schedule = {{60, Phase::halted}};
    EXPECT_THAT(venue.handle(listed), ElementsAre("ConfigurationRejected: No day has that phase."))
        << "nothing but an operator would end it";
    listed.schedule = {};
    listed.day_end = 86'400;
    EXPECT_THAT(venue.handle(listed), ElementsAre("ConfigurationRejected: day_end must be a second of the day."));
}

TEST(CalendarRules, ADayDoesNotPassOverAnUncross) {
    for (const auto next : {Phase::pre_open, Phase::opening_auction}) {
        const std::vector<model::ScheduledPhase> behind = {{60, Phase::closing_auction}, {120, next}};
        EXPECT_THAT(model::objection_to(behind), HasSubstr("Behind an auction"));
        // The next day's first phase is behind this one's last.
        EXPECT_THAT(model::objection_to({{60, next}, {120, Phase::closing_auction}}), HasSubstr("Behind an auction"));
    }
    for (const auto next : {Phase::closed, Phase::continuous, Phase::post_only}) {
        EXPECT_THAT(model::objection_to({{60, Phase::closing_auction}, {120, next}}), IsEmpty());
    }
}

}  // namespace
}  // namespace venue::test
