// A start from snapshots: the newest good one and the events after it; whatever is wrong with one is told, and the next
// older one serves.
#include <gmock/gmock.h>

#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_snapshots.hpp"
#include "venue/pipeline.hpp"
#include "venue/recovery.hpp"

namespace venue {
namespace {

using namespace model;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SnapshotStart : public testing::Test {
  protected:
    SnapshotStart() {
        configure({AddAsset{{{}, "BTC", 8, 8}}, AddParticipant{"alice"}, OpenAccount{"alice", "alice"}});
        snapshots.store(pipeline.engine());
        configure({DepositFunds{"alice", "BTC", {1, 0}}});
        snapshots.store(pipeline.engine());
        configure({DepositFunds{"alice", "BTC", {2, 0}}});
    }
    void configure(const std::vector<CommandBody>& bodies) {
        for (const auto& body : bodies) pipeline.submit({{}, body});
        pipeline.step();
    }
    /// The state's hash after a start that reads the events from `first_read` on.
    std::uint64_t start() {
        told.clear();
        first_read = {};
        const auto read = [&](Sequence after, const std::function<void(const Event&)>& each) {
            first_read = Sequence{after.value + 1};
            journal.read(after, each);
        };
        return restore(snapshots, read, [&](const auto& sentence) { told.push_back(sentence); }).state_hash();
    }
    [[nodiscard]] std::uint64_t live() const { return pipeline.engine().state_hash(); }

    journal::MemoryJournal journal;
    journal::MemorySnapshots snapshots;
    sequencer::ManualClock clock{Timestamp{1}};
    FlightRecorder recorder;
    Pipeline pipeline{recover(journal), clock, journal, recorder};
    std::vector<std::string> told;
    Sequence first_read;
};

TEST_F(SnapshotStart, ReadsTheNewestAndWhatCameAfterIt) {
    EXPECT_EQ(start(), live());
    EXPECT_EQ(first_read, Sequence{5});
    EXPECT_THAT(told, IsEmpty());
    EXPECT_EQ(snapshots.opened_count, 1);
}

TEST_F(SnapshotStart, TakesTheNextOlderOneWhenTheBytesAreDamaged) {
    snapshots.bytes(1).resize(20);
    EXPECT_EQ(start(), live());
    EXPECT_EQ(first_read, Sequence{4});
    EXPECT_THAT(told, ElementsAre("the snapshot at event 4 is passed over: The snapshot is cut short."));
}

TEST_F(SnapshotStart, TakesTheNextOlderOneWhenTheStateIsAnother) {
    snapshots.bytes(1) = snapshots.bytes(0);
    EXPECT_EQ(start(), live());
    EXPECT_THAT(told, ElementsAre("the snapshot at event 4 is passed over: It is of another event."));

    ++snapshots.header(0).state.hash;
    EXPECT_EQ(start(), live());
    EXPECT_THAT(told.back(), HasSubstr("event 3 is passed over: It is of another state."));
}

// An order that comes next may wait for a price that was passed long ago.
TEST_F(SnapshotStart, PassesOverWhatKnowsNoLastPrices) {
    configure({AddAsset{{{}, "USD", 6, 2}}, ListInstrument{"BTC-USD", "BTC", "USD", {1, 0}, {1, 2}, 10'000, 20'000}});
    snapshots.store(pipeline.engine());
    snapshots.header(0).format = 1;
    snapshots.header(2).format = 1;
    EXPECT_EQ(start(), live());
    EXPECT_EQ(first_read, Sequence{5});
    EXPECT_THAT(told, ElementsAre("the snapshot at event 7 is passed over: It knows no last prices."));
}

TEST_F(SnapshotStart, FoldsTheWholeJournalWhenNoneIsGood) {
    snapshots.bytes(0).clear();
    snapshots.bytes(1)[8] = static_cast<char>(engine::snapshot_format + 1);
    EXPECT_EQ(start(), live());
    EXPECT_EQ(first_read, Sequence{1});
    EXPECT_THAT(told, ElementsAre(HasSubstr("of format"), HasSubstr("cut short")));
}

}  // namespace
}  // namespace venue
