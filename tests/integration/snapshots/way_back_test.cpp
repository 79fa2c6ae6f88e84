// When every snapshot is damaged, what is archived is still in files: they lead back to a venue that starts.
#include "tests/integration/snapshots/archiving.hpp"
#include "venue/commands/replay.hpp"
#include "venue/journal/archived_events.hpp"

namespace venue::journal {
namespace {

using model::Sequence;
using testing::HasSubstr;

class WayBack : public Archiving {
  protected:
    /// Two ranges are in files, and no snapshot is good.
    void lose_every_snapshot() {
        live();
        archive();
        database.force("update venue.snapshot_pieces set bytes = set_byte(bytes, 200, 255 - get_byte(bytes, 200))");
    }
    engine::Engine start() {
        SnapshotStore snapshots(database.url(), wait_ms);
        return recover(venue.journal(), snapshots, [](const auto&) {});
    }
    std::string verified_with_files() {
        testing::internal::CaptureStdout();
        const int code = commands::verify(settings(), {folder.string()});
        return testing::internal::GetCapturedStdout() + "exit code " + std::to_string(code);
    }
    std::string replayed(std::int64_t to) const {
        testing::internal::CaptureStdout();
        const int code = commands::replay(settings(), {to, "", folder.string()});
        return testing::internal::GetCapturedStdout() + "exit code " + std::to_string(code);
    }
    void read_all() const {
        const ArchivedEvents archived(database.url(), folder);
        archived.read({}, archived.until(), [](const auto&) {});
        archived.require_postings();
    }
};

TEST_F(WayBack, LeadsThroughTheFilesToASnapshotThatStarts) {
    lose_every_snapshot();
    EXPECT_THROW(start(), JournalUnreadable);
    EXPECT_THROW(commands::snapshot(settings(), {}), JournalUnreadable);
    EXPECT_EQ(commands::snapshot(settings(), {false, folder.string()}), commands::ok);
    auto recovered = start();
    EXPECT_EQ(recovered.state_hash(), venue.engine().state_hash());
    kill();
    SmallJournal second(database.url(), std::move(recovered));
    second.trade(1);
    EXPECT_EQ(second.engine().last_sequence().value, venue.engine().last_sequence().value + 5);
    EXPECT_THAT(verified_with_files(), HasSubstr("exit code 0"));
}

TEST_F(WayBack, IsVerifiedFromTheFirstEventOn) {
    live();
    archive();
    const auto told = verified_with_files();
    const auto last = std::to_string(venue.engine().last_sequence().value);
    EXPECT_THAT(told, HasSubstr("ok     " + last + " events fold without a gap, up to 200 from the archive's files"));
    EXPECT_THAT(told, HasSubstr("ok     postings, events and the engine's balances agree"));
    EXPECT_THAT(told, HasSubstr("exit code 0"));
}

TEST_F(WayBack, TellsTheStateInsideOfWhatIsArchived) {
    live();
    const auto before = replayed(150);
    ASSERT_THAT(before, HasSubstr("After event 150:"));
    archive();
    EXPECT_EQ(replayed(150), before);
    EXPECT_THAT(replayed(203), HasSubstr("After event 203:"));
}

TEST_F(WayBack, UsesNoFileThatIsNotTheOneThatWasWritten) {
    live();
    archive();
    EXPECT_NO_THROW(read_all());
    const std::string first = "events-000000000001-000000000100.copy.gz";
    const std::string second = "events-000000000101-000000000200.copy.gz";
    ASSERT_EQ(shell("cp " + second + " kept && cp " + first + " " + second), 0);
    EXPECT_THROW(read_all(), JournalUnreadable) << "another range's file";
    ASSERT_EQ(shell("head -c 500 kept > " + second), 0);
    EXPECT_THROW(read_all(), JournalUnreadable) << "half of it";
    ASSERT_EQ(shell("rm " + second), 0);
    EXPECT_THROW(read_all(), ArchiveFailed) << "none";
    ASSERT_EQ(shell("mv kept " + second + " && echo >> postings-000000000001-000000000100.copy.gz"), 0);
    EXPECT_THROW(read_all(), JournalUnreadable) << "postings are held against their checksum too";
}

TEST_F(WayBack, FindsAnEventThatNoFileHas) {
    live();
    archive();
    // Somebody noted the sum of a file that ends too soon.
    ASSERT_EQ(shell("zcat events-000000000101-000000000200.copy.gz | head -n 100 | gzip > short && mv short"
                    " events-000000000101-000000000200.copy.gz"),
              0);
    const auto sum = checksum_of(folder / "events-000000000101-000000000200.copy.gz");
    database.force("update venue.archived_ranges set events_sha256 = '" + sum + "' where first = 101");
    EXPECT_THROW(read_all(), JournalUnreadable);
}

}  // namespace
}  // namespace venue::journal
