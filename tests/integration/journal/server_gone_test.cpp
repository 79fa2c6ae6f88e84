// The server goes away for good; this runs on a cluster of its own.
#include <gmock/gmock.h>

#include <csignal>
#include <cstdlib>

#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/postgres_journal.hpp"

namespace venue::journal {
namespace {

/// The server takes a moment to die, and answers until then.
template <class Work>
[[noreturn]] void forever(Work work) {
    for (;;) work();
}

TEST(ServerGone, EveryRoomOfTheJournalSaysSo) {
    const auto database = TestDatabase::migrated();
    PostgresJournal journal(database.url(), wait_ms);
    PostgresReportReader reader(database.url());
    journal.append(story());
    ASSERT_FALSE(reader.addressed(model::SessionId{1}, {}, model::Sequence{9}, 1).empty());

    ASSERT_EQ(::kill(std::atoi(std::getenv("VENUE_TEST_POSTGRES_PID")), SIGQUIT), 0);

    try {
        forever([&] { journal.append({}); });
    } catch (const JournalFailed& error) {
        EXPECT_THAT(error.what(), testing::StartsWith("The database went away while appending ("));
    }
    EXPECT_THROW(forever([&] { reader.addressed(model::SessionId{1}, {}, model::Sequence{9}, 1); }), JournalFailed);
    EXPECT_THROW(forever([&] { PostgresJournal(database.url(), 300); }), JournalFailed);
}

}  // namespace
}  // namespace venue::journal
