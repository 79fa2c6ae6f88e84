#include "venue/journal/migrate.hpp"

#include <gtest/gtest.h>

#include <future>

#include "tests/integration/journal/earlier_schema.hpp"
#include "tests/integration/journal/test_database.hpp"
#include "tests/integration/journal/two_days.hpp"
#include "venue/engine/engine.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/journal/verification.hpp"

namespace venue::journal {
namespace {

TEST(Migrate, TwiceDoesWhatOnceDoes) {
    TestDatabase database;
    const auto version = migrate(database.owner_url(), sql_dir, wait_ms);
    EXPECT_GT(version, 0);
    EXPECT_EQ(migrate(database.owner_url(), sql_dir, wait_ms), version);
    EXPECT_EQ(database.value("select count(*) from venue.schema_version"), std::to_string(version));
}

TEST(Migrate, ProgramsThatStartTogetherWaitForEachOther) {
    TestDatabase database;
    const auto start = [&] { return migrate(database.owner_url(), sql_dir, wait_ms); };
    std::vector<std::future<int>> starts;
    for (int count = 0; count < 4; ++count) starts.push_back(std::async(std::launch::async, start));
    for (auto& started : starts) EXPECT_GT(started.get(), 0);
}

/// What a venue of an earlier release left behind. The first two had no function that appends.
void write_with_earlier_schema(const TestDatabase& database, int version, const std::string& events,
                               const std::string& postings, std::int64_t last) {
    Database owner(database.owner_url(), wait_ms);
    if (version >= 3) {
        owner.execute(
            "select venue.append_group(0, 1, $3, array(select e from jsonb_populate_recordset(null::venue.events, $1) "
            "e),"
            " array(select p from jsonb_populate_recordset(null::venue.postings, $2) p), '{}', '{}')",
            events, postings, last);
        return;
    }
    owner.execute("insert into venue.events select * from jsonb_populate_recordset(null::venue.events, $1)", events);
    owner.execute("insert into venue.postings select * from jsonb_populate_recordset(null::venue.postings, $1)",
                  postings);
    owner.execute("update venue.fence set last_sequence = $1", last);
}

std::uint64_t folded_hash(const TestDatabase& database) {
    engine::Engine engine;
    read_events(database.url(), [&](const model::Event& event) { engine.fold(event); });
    return engine.state_hash();
}

TEST(Migrate, EveryEarlierSchemaWithItsRowsBecomesThisOne) {
    const TwoDays told;
    const auto newest = TestDatabase::migrated();
    PostgresJournal(newest.url(), wait_ms).append(told.group());
    const auto events = newest.value("select jsonb_agg(to_jsonb(e)) from venue.events e");
    const auto postings = newest.value("select jsonb_agg(to_jsonb(p)) from venue.postings p");
    const auto version_count = std::stoi(newest.value("select max(number) from venue.schema_version"));
    for (int version = 1; version < version_count; ++version) {
        SCOPED_TRACE("from version " + std::to_string(version));
        const TestDatabase database;
        ASSERT_EQ(migrate(database.owner_url(), EarlierSchema(version).sql_folder(), wait_ms), version);
        write_with_earlier_schema(database, version, events, postings, told.group().last.value);
        ASSERT_EQ(migrate(database.owner_url(), sql_dir, wait_ms), version_count);
        EXPECT_EQ(folded_hash(database), told.state_hash());
        for (const auto& check : checks(database.url(), sql_dir)) EXPECT_FALSE(check.counter_example) << check.name;
        EXPECT_EQ(database.rows("select * from venue.trial_balance()"),
                  newest.rows("select * from venue.trial_balance()"));
        EXPECT_NO_THROW(PostgresJournal(database.url(), wait_ms));
    }
}

TEST(Migrate, ANewerSchemaIsUnreadable) {
    const auto database = TestDatabase::migrated();
    database.run("insert into venue.schema_version (number, name, checksum) values (9999, '9999_future', '')");
    EXPECT_THROW(migrate(database.owner_url(), sql_dir, wait_ms), JournalUnreadable);
}

TEST(Migrate, AMigrationThatChangedSinceIsUnreadable) {
    const auto database = TestDatabase::migrated();
    database.run("update venue.schema_version set checksum = 'other' where number = 1");
    EXPECT_THROW(migrate(database.owner_url(), sql_dir, wait_ms), JournalUnreadable);
}

TEST(Migrate, AJournalWithoutItsSchemaIsUnreadable) {
    const TestDatabase database;
    EXPECT_THROW(PostgresJournal(database.url(), wait_ms), JournalUnreadable);
}

TEST(Migrate, AMissingFolderIsNamed) {
    const TestDatabase database;
    EXPECT_THROW(migrate(database.owner_url(), "/nowhere", wait_ms), JournalUnreadable);
}

}  // namespace
}  // namespace venue::journal
