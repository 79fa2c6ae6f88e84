#include "venue/journal/migrate.hpp"

#include <gtest/gtest.h>

#include <future>

#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/postgres_journal.hpp"

namespace venue::journal {
namespace {

TEST(Migrate, TwiceDoesWhatOnceDoes) {
    TestDatabase database;
    const auto version = migrate(database.url(), sql_dir, wait_ms);
    EXPECT_GT(version, 0);
    EXPECT_EQ(migrate(database.url(), sql_dir, wait_ms), version);
    EXPECT_EQ(database.value("select count(*) from venue.schema_version"), std::to_string(version));
}

TEST(Migrate, ProgramsThatStartTogetherWaitForEachOther) {
    TestDatabase database;
    const auto start = [&] { return migrate(database.url(), sql_dir, wait_ms); };
    std::vector<std::future<int>> starts;
    for (int count = 0; count < 4; ++count) starts.push_back(std::async(std::launch::async, start));
    for (auto& started : starts) EXPECT_GT(started.get(), 0);
}

TEST(Migrate, ANewerSchemaIsUnreadable) {
    const auto database = TestDatabase::migrated();
    database.run("insert into venue.schema_version (number, name, checksum) values (9999, '9999_future', '')");
    EXPECT_THROW(migrate(database.url(), sql_dir, wait_ms), JournalUnreadable);
}

TEST(Migrate, AMigrationThatChangedSinceIsUnreadable) {
    const auto database = TestDatabase::migrated();
    database.run("update venue.schema_version set checksum = 'other' where number = 1");
    EXPECT_THROW(migrate(database.url(), sql_dir, wait_ms), JournalUnreadable);
}

TEST(Migrate, AJournalWithoutItsSchemaIsUnreadable) {
    const TestDatabase database;
    EXPECT_THROW(PostgresJournal(database.url(), wait_ms), JournalUnreadable);
}

TEST(Migrate, AMissingFolderIsNamed) {
    const TestDatabase database;
    EXPECT_THROW(migrate(database.url(), "/nowhere", wait_ms), JournalUnreadable);
}

}  // namespace
}  // namespace venue::journal
