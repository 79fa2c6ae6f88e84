// The journal lies in ranges of sequence numbers: they are there before they are needed, they can be taken away one by
// one, and nothing in them changes, by whatever name it is called.
#include <gtest/gtest.h>

#include <thread>

#include "tests/integration/journal/earlier_schema.hpp"
#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/migrate.hpp"
#include "venue/journal/postgres_journal.hpp"

namespace venue::journal {
namespace {

/// Many accepted orders, numbered on from `first`.
model::Group orders(std::int64_t first, std::int64_t count) {
    model::Group group;
    for (auto at = first; at < first + count; ++at) {
        model::OrderAccepted accepted;
        accepted.order.id = model::OrderId{at};
        group.events.push_back(
            {model::Sequence{at}, model::Sequence{at}, true, {1'000}, model::SessionId{1}, {}, "asked", accepted});
        group.postings.push_back({model::Sequence{at}, model::AccountId{101}, model::AssetId{1}, {0}});
    }
    group.last = group.events.back().sequence;
    return group;
}

constexpr std::int64_t ten_million = 10'000'000;

TEST(Partitions, AJournalFromBeforeThemBecomesTheFirstRange) {
    const TestDatabase database;
    migrate(database.owner_url(), EarlierSchema(4).sql_folder(), wait_ms);
    database.run(
        "insert into venue.events (sequence, command, time, session, kind, version, last, asked)"
        " select g, g, 1, 1, 1, 1, true, 'asked' from generate_series(1, 9) g");
    database.run("insert into venue.postings select g, 1, 101, 1, 5 from generate_series(1, 9) g");
    database.run("update venue.fence set last_sequence = 9");

    migrate(database.owner_url(), sql_dir, wait_ms);

    EXPECT_EQ(database.value("select count(*) || ' ' || min(c.relname) from venue.events e"
                             " join pg_class c on c.oid = e.tableoid"),
              "9 events_from_000000000001");
    EXPECT_EQ(database.value("select sum(ledger) from venue.balances"), "45");
    EXPECT_EQ(database.value("select next from venue.sequence_ranges"), std::to_string(ten_million + 1));
    PostgresJournal journal(database.url(), wait_ms);
    EXPECT_NO_THROW(journal.append(orders(10, 1)));
    EXPECT_EQ(database.value("select count(*) from venue.executions"), "10");
}

TEST(Partitions, ThereIsAnEmptyRangeBehindTheOneBeingFilledFromTheStart) {
    const auto database = TestDatabase::migrated();
    const auto next = [&] { return database.value("select max(next) from venue.sequence_ranges"); };
    PostgresJournal(database.url(), wait_ms, model::Durability::committed, 1'000);
    EXPECT_EQ(next(), "10000001");
    database.run("update venue.fence set last_sequence = 9999500");
    PostgresJournal(database.url(), wait_ms, model::Durability::committed, 1'000);
    EXPECT_EQ(next(), "10001001");
}

TEST(Partitions, RangesAreMadeWhileTheJournalGrows) {
    const auto database = TestDatabase::migrated();
    database.run("update venue.fence set last_sequence = 9999999");
    PostgresJournal journal(database.url(), wait_ms, model::Durability::committed, 1'000);
    for (auto first = ten_million; first < ten_million + 5'000; first += 50) {
        // The appends of a real venue are no match for ranges of millions; here they have to be patient.
        const auto room = "select max(next) >= " + std::to_string(first + 50) + " from venue.sequence_ranges";
        while (database.value(room) != "t") std::this_thread::yield();
        journal.append(orders(first, 50));
    }
    EXPECT_EQ(database.event_count(), 5'000);
    EXPECT_EQ(database.value("select count(*) from venue.events_from_000010001001"), "1000");
    EXPECT_EQ(database.value("select count(*) from venue.postings_from_000010001001"), "1000");
    EXPECT_EQ(database.value("select count(*) from (select first, lag(next) over (order by first) as expected"
                             " from venue.sequence_ranges) r where first <> expected"),
              "0");
}

TEST(Partitions, ARangeThatCantBeMadeAheadStopsNoAppendAndIsTriedAgain) {
    const auto database = TestDatabase::migrated();
    database.run("update venue.fence set last_sequence = 9998999");
    PostgresJournal journal(database.url(), wait_ms, model::Durability::committed, 1'000);
    database.force("revoke execute on function venue.add_ranges(bigint, bigint) from venue");
    auto first = ten_million - 1'000;
    for (; first < ten_million - 500; first += 50) journal.append(orders(first, 50));
    database.force("grant execute on function venue.add_ranges(bigint, bigint) to venue");
    const auto room = [&] { return database.value("select max(next) from venue.sequence_ranges"); };
    EXPECT_EQ(room(), "10000001");
    // At each tenth of what is left it is tried again, so it is there before the end.
    for (; first <= ten_million && room() == "10000001"; ++first) journal.append(orders(first, 1));
    EXPECT_EQ(room(), "10001001");
    EXPECT_NO_THROW(journal.append(orders(first, ten_million + 50 - first)));
}

TEST(Partitions, NothingInThemChangesUnderWhateverName) {
    const auto database = TestDatabase::migrated();
    PostgresJournal(database.url(), wait_ms).append(story());
    for (const std::string table : {"events", "postings", "events_from_000000000001", "postings_from_000000000001"}) {
        EXPECT_THROW(database.run("update venue." + table + " set sequence = 99"), pqxx::sql_error) << table;
        EXPECT_THROW(database.run("delete from venue." + table), pqxx::sql_error) << table;
        EXPECT_THROW(database.run("truncate venue." + table), pqxx::sql_error) << table;
    }
    EXPECT_THROW(database.run("delete from venue.sequence_ranges"), pqxx::sql_error);
}

TEST(Partitions, NobodyWritesIntoOneByItsOwnName) {
    const auto database = TestDatabase::migrated();
    EXPECT_THROW(database.run("insert into venue.postings_from_000000000001 values (1, 1, 101, 1, 5)"),
                 pqxx::sql_error);
}

TEST(Partitions, ADetachedOneStaysAsItWas) {
    const auto database = TestDatabase::migrated();
    PostgresJournal(database.url(), wait_ms).append(story());
    const std::string table = "venue.events_from_000000000001";
    database.run("alter table venue.events detach partition " + table + " concurrently");
    EXPECT_EQ(database.event_count(), 0);
    EXPECT_EQ(database.value("select count(*) from " + table), "9");
    EXPECT_THROW(database.run("update " + table + " set price = 1"), pqxx::sql_error);
    EXPECT_THROW(database.run("delete from " + table), pqxx::sql_error);
    EXPECT_THROW(database.run("truncate " + table), pqxx::sql_error);
    EXPECT_THROW(database.run("insert into " + table + " select * from " + table), pqxx::sql_error);
    EXPECT_EQ(database.value("select attached from venue.partitions where partition = '" + table + "'::regclass"), "f");
}

}  // namespace
}  // namespace venue::journal
