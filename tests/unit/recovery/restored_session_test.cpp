// Which numbers a session goes on with after a crash.
#include <gtest/gtest.h>

#include "tests/support/memory_journal.hpp"
#include "venue/pipeline.hpp"
#include "venue/recovery.hpp"

namespace venue {
namespace {

using namespace model;

const SessionId alice{1};

class RestoredSession : public testing::Test {
  protected:
    RestoredSession() {
        const std::vector<CommandBody> reference_data = {AddParticipant{"alice"}, OpenAccount{"alice", "alice"},
                                                         AddSession{"alice", "alice", "ALICE", "alice", "00", "00"}};
        for (const auto& body : reference_data) pipeline.submit({{}, body});
        pipeline.step();
    }
    void log_on(bool reset) {
        pipeline.submit({{}, LogOnSession{alice, reset}});
        pipeline.step();
    }
    /// As a venue finds it that starts now.
    fix::RestoredSession restored() { return sessions_to_restore(recover(journal), journal).at(0); }

    journal::MemoryJournal journal;
    sequencer::ManualClock clock{Timestamp{1}};
    FlightRecorder recorder;
    Pipeline pipeline{recover(journal), clock, journal, recorder};
};

TEST_F(RestoredSession, GoesOnWithItsDurableNumbers) {
    log_on(false);
    pipeline.record({alice, Incarnation{1}, {{2, Sequence{4}, {}, false}}});
    pipeline.note({alice, Incarnation{1}, 5, 10'000, Sequence{4}});
    pipeline.step();
    EXPECT_EQ(restored().numbers, (SessionNumbers{alice, Incarnation{1}, 5, 10'000, Sequence{4}}));
    EXPECT_EQ(restored().last_numbered, Sequence{4});
}

TEST_F(RestoredSession, WhoseResetWasTheLastThingStoredStartsTheNewIncarnationWithNoNumbers) {
    pipeline.record({alice, Incarnation{1}, {{2, Sequence{3}, {}, false}}});
    pipeline.note({alice, Incarnation{1}, 5, 10'000, Sequence{3}});
    log_on(true);
    EXPECT_EQ(restored().numbers, (SessionNumbers{alice, Incarnation{2}, 0, 0, Sequence{3}}))
        << "what was written before the reset is not sent again";
    EXPECT_EQ(restored().last_numbered, Sequence{});
}

TEST_F(RestoredSession, ThatWasResetOftenAndNeverHadNumbersIsInItsLastIncarnation) {
    log_on(true);
    log_on(true);
    EXPECT_EQ(restored().numbers, (SessionNumbers{alice, Incarnation{3}, 0, 0, {}}));
}

TEST_F(RestoredSession, ThatSpeaksOtherwiseSinceAMomentAgoStartsWithNoNumbers) {
    pipeline.note({alice, Incarnation{1}, 5, 10'000, Sequence{3}});
    pipeline.submit({{}, ChangeSession{.comp_id = "ALICE", .version = FixVersion::fix42}});
    pipeline.step();
    EXPECT_EQ(restored().numbers, (SessionNumbers{alice, Incarnation{2}, 0, 0, Sequence{3}}))
        << "the change and the reset are one event";
}

}  // namespace
}  // namespace venue
