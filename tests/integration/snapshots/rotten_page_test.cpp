// A page that the disk lost: what is derived is passed over, and what isn't is told from a database that is away.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/integration/snapshots/small_journal.hpp"
#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/engine/snapshot.hpp"
#include "venue/journal/event_reader.hpp"
#include "venue/journal/snapshot_store.hpp"

namespace venue::journal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto pieces = "(select reltoastrelid from pg_class where oid = 'venue.snapshot_pieces'::regclass)";

class RottenPage : public testing::Test {
  protected:
    /// A small snapshot, and one that takes several pages of a file of its own.
    static TestDatabase sound_database() {
        auto made = TestDatabase::migrated();
        SmallJournal venue(made.url());
        store(made, venue);
        venue.trade(100);
        store(made, venue);
        return made;
    }
    static void store(const TestDatabase& database, const SmallJournal& venue) {
        const auto& engine = venue.engine();
        SnapshotStore(database.url(), wait_ms)
            .store({engine.last_sequence(), engine::state_hash_version, engine.state_hash()}, engine::snapshot_format,
                   [&](const auto& sink) { engine::write_snapshot(engine, sink); });
    }
    /// Writes over the relation's first page. The server has it in memory, so a copy of the files goes on.
    TestDatabase rotten(const std::string& relation) const {
        std::fstream(file_of(relation), std::ios::in | std::ios::out | std::ios::binary) << std::string(8'192, '\xff');
        return TestDatabase(sound.name() + " strategy file_copy");
    }
    std::string file_of(const std::string& relation) const {
        Database server(sound.url_as("postgres"), wait_ms);
        server.execute("checkpoint");
        return server
            .execute("select current_setting('data_directory') || '/' || pg_relation_filepath(" + relation + ")")[0][0]
            .c_str();
    }
    static config::Settings settings(const TestDatabase& database) {
        config::Settings settings;
        settings.journal.url = database.url();
        settings.journal.sql_dir = sql_dir;
        settings.journal.connect_wait_ms = wait_ms;
        return settings;
    }
    /// What a start says of the snapshots that it finds.
    static std::vector<std::string> told_by_start(const TestDatabase& database) {
        std::vector<std::string> told;
        SnapshotStore snapshots(database.url(), wait_ms);
        PostgresJournal journal(database.url(), wait_ms);
        recover(journal, snapshots, [&](const auto& sentence) { told.push_back(sentence); });
        return told;
    }
    static std::string verified(const TestDatabase& database) {
        testing::internal::CaptureStdout();
        const int code = commands::verify(settings(database), {});
        return testing::internal::GetCapturedStdout() + "exit code " + std::to_string(code);
    }
    TestDatabase sound = sound_database();
};

TEST_F(RottenPage, OfASnapshotIsPassedOverAndGivesWay) {
    const auto database = rotten(pieces);
    EXPECT_THAT(told_by_start(database), ElementsAre(HasSubstr("is passed over: ")));
    EXPECT_THAT(verified(database), testing::AllOf(HasSubstr("note   the snapshot at event "), HasSubstr("is damaged"),
                                                   HasSubstr("exit code 0")));
    EXPECT_EQ(commands::snapshot(settings(database), {}), commands::ok);
    EXPECT_THAT(told_by_start(database), IsEmpty());
    EXPECT_EQ(database.value("select count(*) from venue.snapshots"), "2");
    EXPECT_EQ(SnapshotStore(database.url(), wait_ms).prune(2), 0);
}

TEST_F(RottenPage, OfTheJournalIsNoDatabaseThatIsAway) {
    const auto database = rotten("'venue.events_from_000000000001'");
    try {
        EventReader(database.url(), wait_ms).read({}, [](const auto&) {});
        FAIL() << "it was read";
    } catch (const JournalUnreadable& error) {
        EXPECT_THAT(error.what(), HasSubstr("What the database has stored is damaged, as was found while reading"));
    }
}

}  // namespace
}  // namespace venue::journal
