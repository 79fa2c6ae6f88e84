// Old ranges go into files, and the database still knows what the present needs: a start, the ledger, what sessions
// were not told yet.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "tests/integration/snapshots/small_journal.hpp"
#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/engine/snapshot.hpp"
#include "venue/journal/archive.hpp"
#include "venue/journal/snapshot_store.hpp"

namespace venue::journal {
namespace {

namespace files = std::filesystem;
using model::Sequence;
using testing::HasSubstr;

/// The first range of a new database is ten million wide; this one is made to end where a small one would.
constexpr auto narrow_first_range =
    "alter table venue.events detach partition venue.events_from_000000000001;"
    "alter table venue.postings detach partition venue.postings_from_000000000001;"
    "alter table venue.events attach partition venue.events_from_000000000001 for values from (1) to (101);"
    "alter table venue.postings attach partition venue.postings_from_000000000001 for values from (1) to (101);"
    "update venue.sequence_ranges set next = 101";

class Archiving : public testing::Test {
  protected:
    Archiving() {
        files::create_directory(folder);
        // At a test's speed small ranges fill faster than others are made beside the appends.
        database.run("select venue.add_ranges(2000, " + std::to_string(SmallJournal::partition_events) + ")");
    }
    ~Archiving() override { files::remove_all(folder); }

    static TestDatabase narrow_database() {
        auto made = TestDatabase::migrated();
        made.force(narrow_first_range);
        return made;
    }
    void store() {
        const auto& engine = venue.engine();
        SnapshotStore(database.url(), wait_ms)
            .store({engine.last_sequence(), engine::state_hash_version, engine.state_hash()}, engine::snapshot_format,
                   [&](const auto& sink) { engine::write_snapshot(engine, sink); });
    }
    /// Three full ranges and a bit, with two snapshots behind the second.
    void live() {
        venue.trade(40);
        store();
        venue.trade(1);
        store();
        venue.trade(20);
    }
    config::Settings settings() const {
        config::Settings settings;
        settings.journal.url = database.url();
        settings.journal.sql_dir = sql_dir;
        settings.journal.connect_wait_ms = wait_ms;
        return settings;
    }
    /// As the owner of the tables: the venue itself may take nothing away.
    int archive(std::int64_t before = 0) {
        auto owner = settings();
        owner.journal.url = database.owner_url();
        return commands::archive(owner, {folder.string(), before});
    }
    std::string verified() {
        testing::internal::CaptureStdout();
        const int code = commands::verify(settings());
        return testing::internal::GetCapturedStdout() + "exit code " + std::to_string(code);
    }
    std::string rows(const std::string& query) const {
        return database.value("select coalesce(string_agg(t::text, '|' order by t::text), '') from (" + query + ") t");
    }
    int shell(const std::string& command) const {
        return std::system(("cd " + folder.string() + " && " + command).c_str());
    }

    TestDatabase database = narrow_database();
    SmallJournal venue{database.url()};
    files::path folder = files::temp_directory_path() / ("venue-archive-" + database.name());
};

TEST_F(Archiving, PutsAwayWhatTwoSnapshotsCover) {
    live();
    EXPECT_EQ(archive(), commands::ok);
    EXPECT_EQ(archived_until(database.url()), Sequence{200});
    EXPECT_EQ(database.value("select min(sequence) from venue.events"), "201");
    EXPECT_EQ(shell("sha256sum --quiet --check *.sha256"), 0);
    EXPECT_EQ(shell("test $(zcat events-000000000101-000000000200.copy.gz | wc -l) = 101"), 0);
}

TEST_F(Archiving, StopsWhereItIsTold) {
    live();
    EXPECT_EQ(archive(150), commands::ok);
    EXPECT_EQ(archived_until(database.url()), Sequence{100});
}

TEST_F(Archiving, TakesNothingAwayWithoutTwoGoodSnapshots) {
    live();
    database.force("update venue.snapshot_pieces set bytes = '\\x00' where snapshot = 1");
    EXPECT_EQ(archive(), commands::ok);
    EXPECT_EQ(archived_until(database.url()), Sequence{});
    EXPECT_THROW(database.run("select venue.put_away(101, '', '')"), pqxx::sql_error);
}

TEST_F(Archiving, LeavesWhatThePresentNeeds) {
    live();
    venue.write_everything();
    const std::string present[] = {"select account, asset, ledger, held from venue.balances",
                                   "select * from venue.orders where state = 'open'",
                                   "select * from venue.assets",
                                   "select * from venue.instruments",
                                   "select * from venue.accounts",
                                   "select * from venue.sessions",
                                   "select * from venue.trial_balance()"};
    std::vector<std::string> before;
    for (const auto& query : present) before.push_back(rows(query));
    archive();
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(rows(present[i]), before[i]) << present[i];
}

TEST_F(Archiving, LeavesASoundJournalThatStarts) {
    live();
    archive();
    EXPECT_THAT(verified(), testing::AllOf(HasSubstr("earlier ones are archived"), HasSubstr("exit code 0")))
        << verified();
    SnapshotStore snapshots(database.url(), wait_ms);
    EXPECT_EQ(recover(venue.journal(), snapshots, [](const auto&) {}).state_hash(), venue.engine().state_hash());
    database.force("delete from venue.snapshots");
    EXPECT_THROW(recover(venue.journal(), snapshots, [](const auto&) {}), JournalUnreadable);
}

TEST_F(Archiving, KeepsReportsThatWereNotWrittenYet) {
    live();
    PostgresReportReader reports(database.url());
    const auto until = venue.engine().last_sequence();
    const auto before = reports.addressed(venue.bob, {}, until, 1'000);
    archive();
    EXPECT_EQ(reports.addressed(venue.bob, {}, until, 1'000), before);
    venue.write_everything();
    store();
    store();
    venue.trade(20);
    store();
    archive();
    const auto left = reports.addressed(venue.bob, {}, until, 1'000);
    EXPECT_LT(left.size(), before.size()) << "what was written is given up";
}

TEST_F(Archiving, CanBeDoneAgainAfterItWasEndedAtAnyStep) {
    live();
    // Ended while it wrote a file, and after its files were complete: what lies there is replaced.
    shell("echo half > events-000000000001-000000000100.copy.gz.part");
    shell("echo other > events-000000000001-000000000100.copy.gz");
    EXPECT_EQ(archive(), commands::ok);
    EXPECT_EQ(shell("sha256sum --quiet --check *.sha256"), 0);
    EXPECT_EQ(shell("test -z \"$(ls *.part 2>/dev/null)\""), 0);
    // Ended after the database gave the range up: nothing is left to do.
    EXPECT_EQ(archive(), commands::ok);
    EXPECT_EQ(archived_until(database.url()), Sequence{200});
}

TEST_F(Archiving, NeedsAFolder) { EXPECT_THROW(commands::archive(settings(), {"/nowhere", 0}), config::ConfigError); }

}  // namespace
}  // namespace venue::journal
