// Old ranges go into files, and the database still knows what the present needs: a start, the ledger, what sessions
// were not told yet.
#include <gmock/gmock.h>

#include <future>
#include <thread>

#include "tests/integration/snapshots/archiving.hpp"

namespace venue::journal {
namespace {

using model::Sequence;
using testing::HasSubstr;

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
    EXPECT_THAT(verified(), testing::AllOf(HasSubstr("those up to 200 are archived"), HasSubstr("exit code 0")))
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

TEST_F(Archiving, IsDoneAgainOverWhatAnEarlierOneLeft) {
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

// The server goes on with a statement whose client was killed, and takes the range out when it can.
TEST_F(Archiving, IsDoneByOneAtATime) {
    while (venue.engine().last_sequence() < Sequence{100}) venue.rest();
    store();
    live();
    shell("echo full > postings-000000000001-000000000100.copy.gz");
    Database reader(database.url(), wait_ms);
    auto reading = std::make_unique<pqxx::work>(reader.connection());
    reading->exec("select count(*) from venue.events");
    auto left_behind =
        std::async(std::launch::async, [this] { database.run("select venue.put_away(1, 'sum', 'sum')"); });
    const auto at_work =
        "select count(*) from pg_locks where locktype = 'advisory' and (classid::bigint << 32 | objid::bigint) ="
        " 27428844020004453 and database = (select oid from pg_database where datname = current_database())";
    while (database.value(at_work) == "0") std::this_thread::yield();
    EXPECT_THROW(archive(), ArchiveFailed);
    reading.reset();
    left_behind.get();
    EXPECT_EQ(shell("grep --quiet full postings-000000000001-000000000100.copy.gz"), 0) << "the only copy is replaced";
    EXPECT_EQ(archive(), commands::ok);
    EXPECT_EQ(archived_until(database.url()), Sequence{300});
}

TEST_F(Archiving, PublishesNothingOfARangeThatWasPutAwayMeanwhile) {
    live();
    Archive late(database.url(), wait_ms);
    const auto range = late.oldest();
    ASSERT_TRUE(range);
    database.force(
        "insert into venue.archived_ranges (first, next, events_sha256, postings_sha256, last_time)"
        " values (1, 101, 'sum', 'sum', 1)");
    EXPECT_THROW(late.write_files(*range, folder), ArchiveFailed);
    EXPECT_EQ(shell("test -z \"$(ls | grep -v part)\""), 0) << "the only copy might be replaced";
}

TEST_F(Archiving, WaitsForReadersWhileTheVenueTrades) {
    live();
    Database reader(database.url(), wait_ms);
    auto reading = std::make_unique<pqxx::work>(reader.connection());
    reading->exec("select count(*) from venue.events");
    auto archived = std::async(std::launch::async, [this] { return archive(100 + 1); });
    while (shell("test -e 000000000001-000000000100.sha256") != 0) std::this_thread::yield();
    venue.trade(1);
    reading.reset();
    EXPECT_EQ(archived.get(), commands::ok);
    EXPECT_EQ(archived_until(database.url()), Sequence{100});
}

TEST_F(Archiving, NeedsAFolder) { EXPECT_THROW(commands::archive(settings(), {"/nowhere", 0}), config::ConfigError); }

}  // namespace
}  // namespace venue::journal
