// What an append promises: all or nothing, only by the present owner, only as the next group.
#include <gmock/gmock.h>

#include <future>

#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/postgres_journal.hpp"

namespace venue::journal {
namespace {

using model::Incarnation;
using model::Sequence;
using model::SessionId;

model::Group numbers_only(std::int64_t judged, std::int64_t reserved, std::int64_t written, int incarnation = 1) {
    model::Group group;
    group.numbers = {{SessionId{1}, Incarnation{incarnation}, judged, reserved, Sequence{written}}};
    return group;
}

class Append : public testing::Test {
  protected:
    TestDatabase database = TestDatabase::migrated();
    std::unique_ptr<PostgresJournal> journal = std::make_unique<PostgresJournal>(database.url(), wait_ms);
};

TEST_F(Append, EveryKindOfEventIsReadBackExactly) {
    const auto group = every_event_group();
    journal->append(group);
    std::vector<model::Event> read;
    journal->read({}, [&](const model::Event& event) { read.push_back(event); });
    ASSERT_EQ(read.size(), group.events.size());
    for (std::size_t at = 0; at < read.size(); ++at) {
        EXPECT_TRUE(read[at] == group.events[at]) << model::name(group.events[at].body);
    }
}

TEST_F(Append, PostingsAreStoredWithTheirLines) {
    journal->append(story());
    EXPECT_EQ(database.value("select string_agg(line || ' ' || account || ' ' || asset || ' ' || amount, ', '"
                             " order by line) from venue.postings where sequence = 7"),
              "1 101 1 -15, 2 3 1 15, 3 101 2 15, 4 3 2 -15");
}

TEST_F(Append, ReadingCanBeginBehindAnEvent) {
    journal->append(story());
    std::vector<std::int64_t> read;
    journal->read(Sequence{7}, [&](const model::Event& event) { read.push_back(event.sequence.value); });
    EXPECT_EQ(read, (std::vector<std::int64_t>{8, 9}));
}

TEST_F(Append, AJournalThatEndsBeforeItsFenceIsUnreadable) {
    journal->append(story());
    const auto read_behind = [&](std::int64_t after) { journal->read(Sequence{after}, [](const auto&) {}); };
    EXPECT_NO_THROW(read_behind(9));
    EXPECT_THROW(read_behind(10), JournalUnreadable) << "a snapshot from ahead of the journal";
    database.force("delete from venue.events where sequence = 9");
    EXPECT_THROW(read_behind(0), JournalUnreadable);
    EXPECT_THROW(read_behind(8), JournalUnreadable);
}

TEST_F(Append, AGapIsRefusedAndNothingIsWritten) {
    auto group = every_event_group();
    group.events.erase(group.events.begin());
    EXPECT_THROW(journal->append(group), JournalFailed);
    EXPECT_EQ(database.event_count(), 0);
}

TEST_F(Append, AGapInsideTheGroupIsRefused) {
    auto group = every_event_group();
    group.events.erase(group.events.begin() + 1);
    EXPECT_THROW(journal->append(group), JournalFailed);
    EXPECT_EQ(database.event_count(), 0);
}

TEST_F(Append, AGroupThatFailsHalfwayLeavesNothing) {
    auto group = story();
    group.outbound.push_back(group.outbound.front());  // The same numbers twice.
    EXPECT_THROW(journal->append(group), JournalFailed);
    EXPECT_EQ(database.event_count(), 0);
    EXPECT_EQ(database.value("select last_sequence from venue.fence"), "0");
}

TEST_F(Append, AfterAFailureNothingIsAppendedAnyMore) {
    auto gap = every_event_group();
    gap.events.erase(gap.events.begin());
    EXPECT_THROW(journal->append(gap), JournalFailed);
    EXPECT_THROW(journal->append(every_event_group()), JournalFailed);
    EXPECT_EQ(database.event_count(), 0);
}

TEST_F(Append, ARaisedEpochTakesTheFenceAway) {
    database.run("update venue.fence set epoch = epoch + 1, owner = 'somebody else'");
    try {
        journal->append(every_event_group());
        FAIL() << "two venues write one journal";
    } catch (const FenceLost& error) {
        EXPECT_STREQ(error.what(), "Another venue took over: the fence was taken by somebody else.");
    }
    EXPECT_EQ(database.event_count(), 0);
}

TEST_F(Append, ARaisedEpochStopsNumbersTooNotOnlyEvents) {
    database.run("update venue.fence set epoch = epoch + 1");
    EXPECT_THROW(journal->append(numbers_only(1, 1, 1)), FenceLost);
    EXPECT_EQ(database.value("select count(*) from venue.session_numbers"), "0");
}

TEST_F(Append, ASecondVenueIsRefusedWithASentence) {
    try {
        PostgresJournal second(database.url(), wait_ms);
        FAIL() << "two venues write one journal";
    } catch (const FenceLost& error) {
        EXPECT_EQ(std::string(error.what()).rfind("Another venue writes this journal: process ", 0), 0U)
            << error.what();
    }
    journal->append(every_event_group());
}

// Else a venue whose machine lost its power would keep its successor away for two hours. Over a socket of one machine
// these mean nothing and show as zero.
TEST_F(Append, TheServerIsAskedToNoticeAVenueThatVanished) {
    Database connection(database.url(), wait_ms);
    const auto set = connection.execute(
        "select count(*) from pg_settings where source = 'session' and name in"
        " ('tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count', 'tcp_user_timeout')");
    EXPECT_EQ(set[0][0].as<int>(), 4);
}

TEST_F(Append, ASuccessorGoesOnWhereThePredecessorEnded) {
    journal->append(numbers_only(1, 1, 0));
    journal.reset();
    PostgresJournal successor(database.url(), wait_ms);
    successor.append(every_event_group());
    EXPECT_EQ(database.value("select epoch from venue.fence"), "2");
}

TEST_F(Append, ALostConnectionIsNeverOpenedAgain) {
    database.force(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database ="
        " (select oid from pg_database where datname = current_database())");
    try {
        journal->append(every_event_group());
        FAIL() << "the connection is gone";
    } catch (const JournalFailed& error) {
        EXPECT_THAT(error.what(), testing::MatchesRegex("The database went away while appending \\([^\n]*\\)\\."));
    }
    EXPECT_THROW(journal->append(every_event_group()), JournalFailed);
    EXPECT_EQ(database.event_count(), 0);
}

// The server reports such a commit as done, with a warning; but a failover would lose it.
TEST_F(Append, ACancelledWaitForASynchronousStandbyHasFailed) {
    database.force("alter system set synchronous_standby_names = 'nobody'");
    database.force("select pg_reload_conf()");
    while (database.value("show synchronous_standby_names") != "nobody") std::this_thread::yield();
    const auto cancel =
        "select count(pg_cancel_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep' and datname ="
        " current_database()";
    // Opening it writes too: the epoch.
    journal.reset();
    auto opened = std::async(std::launch::async, [&] {
        journal = std::make_unique<PostgresJournal>(database.url(), wait_ms, model::Durability::replicated);
    });
    while (opened.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
        std::ignore = database.value(cancel);
    }
    auto appended = std::async(std::launch::async, [&] { journal->append(every_event_group()); });
    while (database.value(cancel) == "0") std::this_thread::yield();
    try {
        appended.get();
        ADD_FAILURE() << "nobody else has the commit";
    } catch (const JournalFailed& error) {
        EXPECT_THAT(error.what(), testing::MatchesRegex("The database warned while appending: canceling [^\n]*\\."));
    }
    database.force("alter system reset synchronous_standby_names");
    database.force("select pg_reload_conf()");
}

// The server takes every waiting commit as done then, without a warning; but nobody else has it.
TEST_F(Append, AStandbyThatIsGivenUpWhileACommitWaitsForItHasFailed) {
    const auto set = [&](const std::string& change, const std::string& value) {
        database.force("alter system " + change);
        database.force("select pg_reload_conf()");
        while (database.value("show synchronous_standby_names") != value) std::this_thread::yield();
    };
    const auto waiting = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";
    set("set synchronous_standby_names = 'nobody'", "nobody");
    journal.reset();
    auto opened = std::async(std::launch::async, [&] {
        journal = std::make_unique<PostgresJournal>(database.url(), wait_ms, model::Durability::replicated);
    });
    const auto cancel =
        "select count(pg_cancel_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep' and datname ="
        " current_database()";
    while (opened.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
        std::ignore = database.value(cancel);
    }
    auto appended = std::async(std::launch::async, [&] { journal->append(every_event_group()); });
    while (database.value(waiting) == "0") std::this_thread::yield();
    set("reset synchronous_standby_names", "");
    EXPECT_THROW(appended.get(), JournalFailed);
    EXPECT_THROW(journal->watch(), JournalFailed);
}

TEST_F(Append, ReplicatedNeedsAStandby) {
    journal.reset();
    EXPECT_THROW(PostgresJournal(database.url(), wait_ms, model::Durability::replicated), DurabilityNotOffered);
}

TEST_F(Append, SessionNumbersOnlyGrow) {
    journal->append(numbers_only(5, 100, 3));
    journal->append(numbers_only(4, 200, 0));
    const auto records = journal->session_records();
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].numbers, (model::SessionNumbers{SessionId{1}, Incarnation{1}, 5, 200, Sequence{3}}));
    EXPECT_THROW(database.run("update venue.session_numbers set inbound_judged = 1"), pqxx::sql_error);
    EXPECT_THROW(database.run("delete from venue.session_numbers"), pqxx::sql_error);
}

TEST_F(Append, ANewIncarnationStartsItsNumbersAndKeepsWhatWasWritten) {
    journal->append(story());
    journal->append(numbers_only(0, 10, 0, 2));
    const auto records = journal->session_records();
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].numbers, (model::SessionNumbers{SessionId{1}, Incarnation{2}, 0, 10, Sequence{9}}));
    EXPECT_EQ(records[0].last_numbered, Sequence{});
}

TEST_F(Append, WhatIsStoredCanNotBeChanged) {
    journal->append(story());
    for (const std::string table : {"events", "postings", "outbound"}) {
        EXPECT_THROW(database.run("delete from venue." + table), pqxx::sql_error) << table;
        EXPECT_THROW(database.run("truncate venue." + table), pqxx::sql_error) << table;
    }
    EXPECT_THROW(database.run("update venue.events set price = 1"), pqxx::sql_error);
    EXPECT_THROW(database.run("update venue.postings set amount = 1"), pqxx::sql_error);
    EXPECT_THROW(database.run("update venue.outbound set events = '{}'"), pqxx::sql_error);
}

TEST_F(Append, AStateHashIsNotedOnceAndComparedAfterwards) {
    journal->note_state_hash({Sequence{1}, 1, ~std::uint64_t{0}});
    journal->note_state_hash({Sequence{1}, 1, ~std::uint64_t{0}});
    EXPECT_THROW(journal->note_state_hash({Sequence{1}, 1, 7}), JournalUnreadable);
}

TEST_F(Append, AStateHashOfAnotherVersionIsComparedWithNone) {
    journal->note_state_hash({Sequence{1}, 1, 7});
    EXPECT_NO_THROW(journal->note_state_hash({Sequence{1}, 2, 8}));
}

TEST_F(Append, ARaisedEpochStopsStateHashesToo) {
    database.run("update venue.fence set epoch = epoch + 1");
    EXPECT_THROW(journal->note_state_hash({Sequence{1}, 1, 7}), FenceLost);
    EXPECT_EQ(database.value("select count(*) from venue.state_hashes"), "0");
}

}  // namespace
}  // namespace venue::journal
