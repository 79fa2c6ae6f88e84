// The server goes away for good; this runs on a cluster of its own.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/postgres_journal.hpp"

namespace venue::journal {
namespace {

TEST(ServerGone, EveryRoomOfTheJournalSaysSo) {
    const auto database = TestDatabase::migrated();
    PostgresJournal journal(database.url(), wait_ms);
    PostgresReportReader reader(database.url());
    journal.append(story());
    ASSERT_FALSE(reader.addressed(model::SessionId{1}, {}, model::Sequence{9}, 1).empty());

    ASSERT_EQ(::kill(std::atoi(std::getenv("VENUE_TEST_POSTGRES_PID")), SIGQUIT), 0);

    EXPECT_THROW(journal.append({}), JournalFailed);
    EXPECT_THROW(reader.addressed(model::SessionId{1}, {}, model::Sequence{9}, 1), JournalFailed);
    EXPECT_THROW(PostgresJournal(database.url(), 300), JournalFailed);
}

}  // namespace
}  // namespace venue::journal
