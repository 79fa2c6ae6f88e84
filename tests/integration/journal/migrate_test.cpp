#include "venue/journal/migrate.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <thread>

#include "tests/integration/journal/earlier_schema.hpp"
#include "tests/integration/journal/test_database.hpp"
#include "tests/unit/engine/small_venue.hpp"
#include "venue/engine/engine.hpp"
#include "venue/journal/archive_reader.hpp"
#include "venue/journal/event_reader.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/journal/sql_files.hpp"
#include "venue/journal/verification.hpp"
#include "venue/ledger/postings.hpp"

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

std::uint64_t folded_hash(const TestDatabase& database) {
    engine::Engine engine;
    EventReader(database.url(), wait_ms).read({}, [&](const model::Event& event) { engine.fold(event); });
    return engine.state_hash();
}

model::Group group_of(const test::SmallVenue& venue) {
    model::Group group;
    group.events = venue.events();
    for (auto& event : group.events) {
        ledger::append_postings(event, venue.engine.reference(), group.postings);
        if (event.command == event.sequence) event.asked = "what the sequencer would say";
    }
    group.last = group.events.back().sequence;
    return group;
}

/// A journal whose rows are of one version, from the first schema on that had such rows: as it lies in this release's
/// schema, and as rows for an earlier one.
class PastJournal {
  public:
    /// Rows of the version that this release writes for these events.
    PastJournal(int first_schema, model::Group group, std::uint64_t state_hash)
        : first_schema_(first_schema), last_(group.last.value), state_hash_(state_hash) {
        number_two_reports(group);
        PostgresJournal(newest_.url(), wait_ms).append(group);
        events_ = newest_.value("select jsonb_agg(to_jsonb(e)) from venue.events e");
        postings_ = newest_.value("select jsonb_agg(to_jsonb(p)) from venue.postings p");
    }
    /// The same events in the rows of a recorded file.
    void take_rows_of(const std::string& file) {
        newest_.force("create table public.old_events (like venue.events); grant select on public.old_events to venue");
        const auto copy = "zcat '" + file + "' | tail -n +2 | psql -Xq -v ON_ERROR_STOP=1 '" +
                          newest_.url_as("postgres") + "' -c \"copy public.old_events ($(zcat '" + file +
                          "' | head -n 1 | tr '\\t' ',')) from stdin\"";
        EXPECT_EQ(std::system(copy.c_str()), 0);
        events_ = newest_.value("select jsonb_agg(to_jsonb(e)) from public.old_events e");
    }
    /// What a venue of that schema left behind. The first two had no function that appends, the first no numbers.
    void write_with(const TestDatabase& database, int version) const {
        Database owner(database.owner_url(), wait_ms);
        const std::string events = "jsonb_populate_recordset(null::venue.events, $1)";
        const std::string postings = "jsonb_populate_recordset(null::venue.postings, $1)";
        if (version >= 3) {
            owner.execute("select venue.append_group(0, 1, $3, array(select e from " + events +
                              " e), array(select p from jsonb_populate_recordset(null::venue.postings, $2) p), array[" +
                              numbers_ + "::venue.session_numbers], array[" + outbound_ + "::venue.outbound])",
                          events_, postings_, last_);
            return;
        }
        owner.execute("insert into venue.events select * from " + events, events_);
        owner.execute("insert into venue.postings select * from " + postings, postings_);
        owner.execute("update venue.fence set last_sequence = $1", last_);
        if (version < 2) return;
        owner.execute("insert into venue.session_numbers select (" + numbers_ + "::venue.session_numbers).*");
        owner.execute("insert into venue.outbound select (" + outbound_ + "::venue.outbound).*");
    }
    [[nodiscard]] const TestDatabase& newest() const { return newest_; }
    [[nodiscard]] int first_schema() const { return first_schema_; }
    [[nodiscard]] std::uint64_t state_hash() const { return state_hash_; }
    /// The newest version among its rows.
    [[nodiscard]] std::string row_version() const {
        return newest_.value("select max((e ->> 'version')::integer) from jsonb_array_elements($rows$" + events_ +
                             "$rows$) e");
    }

  private:
    /// The first two that are addressed to the first session.
    void number_two_reports(model::Group& group) {
        const model::SessionId session{1};
        model::OutboundRun run{session, model::Incarnation{1}, {}};
        for (const auto& event : group.events) {
            if (event.session != session || run.numbers.size() == 2) continue;
            run.numbers.push_back({2 + static_cast<std::int64_t>(run.numbers.size()), event.sequence, {5}, false});
        }
        const auto first = std::to_string(run.numbers.at(0).event.value);
        const auto second = std::to_string(run.numbers.at(1).event.value);
        numbers_ = "row(1, 1, 7, 100, " + second + ")";
        outbound_ = "row(1, 1, 2, 3, '{2,3}', '{" + first + "," + second + "}', '{5,5}', '{f,f}')";
        group.numbers = {{session, run.incarnation, 7, 100, run.numbers.at(1).event}};
        group.outbound = {run};
    }

    TestDatabase newest_ = TestDatabase::migrated();
    int first_schema_;
    std::string events_;
    std::string postings_;
    std::string numbers_;
    std::string outbound_;
    std::int64_t last_;
    std::uint64_t state_hash_;
};

std::string recorded(const std::string& release) {
    return sql_dir + "/../tests/journals/" + release + "/events.copy.gz";
}

/// What was recorded then, as rows that this release writes.
PastJournal rewritten(const std::string& release, int schema) {
    model::Group group;
    engine::Engine engine;
    read_archived_events(recorded(release), [&](const model::Event& event) {
        engine.fold(event);
        group.events.push_back(event);
        ledger::append_postings(event, engine.reference(), group.postings);
    });
    group.last = group.events.back().sequence;
    return {schema, std::move(group), engine.state_hash()};
}

/// As it was recorded, from the first schema on that knew all of its events.
PastJournal recorded_from(const std::string& release, int schema) {
    auto made = rewritten(release, schema);
    made.take_rows_of(recorded(release));
    return made;
}

/// Rows of version 1.
const PastJournal& old_journal() {
    static const PastJournal journal = recorded_from("0.1.0", 1);
    EXPECT_EQ(journal.row_version(), "1");
    return journal;
}

/// Rows of version 2 came with the ninth schema: what was asked is told in short.
const PastJournal& journal_in_short() {
    static const PastJournal journal = rewritten("0.1.0", 9);
    EXPECT_EQ(journal.row_version(), "2");
    return journal;
}

/// Rows of version 3 came with the eleventh: orders with special terms.
const PastJournal& journal_of_special_terms() {
    static const PastJournal journal = [] {
        using namespace model;
        test::SmallVenue venue;
        venue.deposit("alice", "BTC", "10");
        venue.deposit("bob", "USD", "1000");
        venue.settle(test::with({.display = Decimal{1, 0}}, test::order("a1", Side::sell, "3 @ 100")), "ALICE");
        auto stop = test::order("b1", Side::buy, "1 @ 110");
        stop.type = OrderType::stop_limit;
        venue.settle(test::with({.trigger = Decimal{100, 0}}, stop), "BOB");
        venue.settle(test::order("b2", Side::buy, "0.5 @ 100"), "BOB");
        venue.settle(test::order("b3", Side::buy, "1 @ 90"), "BOB");
        PastJournal made(11, group_of(venue), venue.engine.state_hash());
        EXPECT_EQ(made.row_version(), "3");
        return made;
    }();
    return journal;
}

/// Every kind of event that there was at the time: with fee tiers, with named lists, and with orders told from
/// archives.
const std::vector<PastJournal>& journals_of_every_kind() {
    static const std::vector<PastJournal> journals = [] {
        std::vector<PastJournal> made;
        made.push_back(recorded_from("hash6-format4", 20));
        made.push_back(recorded_from("hash7-format5", 24));
        made.push_back(recorded_from("hash8-format6", 25));
        return made;
    }();
    return journals;
}

/// Everything that both databases show, they show alike.
void expect_alike(const TestDatabase& database, const TestDatabase& other, const std::vector<std::string>& queries) {
    for (const auto& query : queries) EXPECT_EQ(database.rows(query), other.rows(query)) << query;
}

/// From the schema of that version with the journal's rows in it to this release's.
void expect_migration(const PastJournal& journal, int version) {
    SCOPED_TRACE("from version " + std::to_string(version));
    const auto& newest = journal.newest();
    const auto version_count = std::stoi(newest.value("select max(number) from venue.schema_version"));
    const TestDatabase database;
    ASSERT_EQ(migrate(database.owner_url(), EarlierSchema(version).sql_folder(), wait_ms), version);
    journal.write_with(database, version);
    ASSERT_EQ(migrate(database.owner_url(), sql_dir, wait_ms), version_count);
    EXPECT_EQ(folded_hash(database), journal.state_hash());
    for (const auto& check : checks(database.url(), sql_dir)) EXPECT_FALSE(check.counter_example) << check.name;
    expect_alike(
        database, newest,
        {"select * from venue.trial_balance()", "select * from venue.executions order by exec_id",
         "select to_jsonb(j) - 'version' from venue.journal j order by sequence",
         "select * from venue.orders order by order_id", "select * from venue.balances order by account, asset",
         "select * from venue.trades order by match_id"});
    if (version >= 2) {
        expect_alike(database, newest,
                     {"select * from venue.session_numbers", "select * from venue.outbound_messages order by number"});
    }
    EXPECT_NO_THROW(PostgresJournal(database.url(), wait_ms));
}

TEST(Migrate, EveryEarlierSchemaWithRowsOfItsTimeBecomesThisOne) {
    const auto version_count = std::stoi(old_journal().newest().value("select max(number) from venue.schema_version"));
    std::vector<const PastJournal*> journals = {&old_journal(), &journal_in_short(), &journal_of_special_terms()};
    for (const auto& journal : journals_of_every_kind()) journals.push_back(&journal);
    for (const auto* journal : journals) {
        SCOPED_TRACE("rows of version " + journal->row_version());
        for (int version = journal->first_schema(); version < version_count; ++version) {
            expect_migration(*journal, version);
        }
    }
}

/// The first hundred events, of whose files only the sums are known.
void archive_first_range(const TestDatabase& database) {
    database.force(
        "insert into venue.snapshots (id, sequence, format, hash_version, state_hash, sha256, size, piece_count)"
        " values (1, 300, 1, 1, 0, '', 0, 0), (2, 400, 1, 1, 0, '', 0, 0)");
    database.run("select venue.put_away(1, 'sum', 'sum')");
}

TestDatabase narrow(const EarlierSchema& schema) {
    TestDatabase database;
    migrate(database.owner_url(), schema.sql_folder(), wait_ms);
    database.force(narrow_first_range);
    database.run("select venue.add_ranges(10000, 1000)");
    return database;
}

void expect_archived_alike(const PastJournal& journal, int first_schema) {
    const auto version_count = std::stoi(journal.newest().value("select max(number) from venue.schema_version"));
    const auto newest = narrow(EarlierSchema(version_count));
    journal.write_with(newest, version_count);
    archive_first_range(newest);
    migrate(newest.owner_url(), sql_dir, wait_ms);
    for (int version = first_schema; version < version_count; ++version) {
        SCOPED_TRACE("from version " + std::to_string(version));
        const auto database = narrow(EarlierSchema(version));
        journal.write_with(database, version);
        archive_first_range(database);
        ASSERT_EQ(migrate(database.owner_url(), sql_dir, wait_ms), version_count);
        EXPECT_EQ(database.value("select venue.archived_until()"), "100");
        // Views over rows of version 1 again, which an earlier schema knows no other of.
        expect_alike(
            database, newest,
            {"select * from venue.trial_balance()", "select to_jsonb(k) from venue.known_journal k order by sequence",
             "select * from venue.orders order by order_id", "select * from venue.assets",
             "select * from venue.accounts order by account", "select * from venue.sessions order by session",
             "select * from venue.balances order by account, asset"});
    }
}

TEST(Migrate, WhatAnEarlierReleaseArchivedIsKnownToThisOne) {
    constexpr int first_that_archives = 6;
    expect_archived_alike(old_journal(), first_that_archives);
    for (const auto& journal : journals_of_every_kind()) expect_archived_alike(journal, journal.first_schema());
}

/// A migration that lasts a while, in both releases' words.
constexpr auto slow_migration = "create table venue.added_slowly (a integer); select pg_sleep(0.5)";

// The older one has looked at the version, which is still its own, when the newer one goes on. Its rights must not be
// the last word on a schema that it doesn't know.
TEST(Migrate, OlderAndNewerReleasesThatStartTogetherLeaveTheNewerOnesRights) {
    const auto version_count =
        std::stoi(TestDatabase::migrated().value("select max(number) from venue.schema_version"));
    EarlierSchema older(version_count);
    older.add_migration(version_count + 1, slow_migration);
    older.set_grants("revoke all on all tables in schema venue from venue");
    EarlierSchema newer(version_count);
    newer.add_migration(version_count + 1, slow_migration);
    newer.add_migration(version_count + 2, "create table venue.added_later (a integer)");
    newer.set_grants(sql_text(sql_dir + "/grants.sql"));

    const TestDatabase database;
    const auto start = [&](const EarlierSchema& release) {
        migrate(database.owner_url(), release.sql_folder(), wait_ms);
    };
    auto newer_one = std::async(std::launch::async, start, std::cref(newer));
    Database watcher(database.owner_url(), wait_ms);
    const auto asleep =
        "select count(*) > 0 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()";
    while (!watcher.execute(asleep)[0][0].as<bool>()) std::this_thread::yield();
    auto older_one = std::async(std::launch::async, start, std::cref(older));
    newer_one.get();
    EXPECT_THROW(older_one.get(), JournalUnreadable);
    EXPECT_EQ(database.value("select count(*) from venue.added_later"), "0");
}

TEST(Migrate, WhatFailsHalfwayLeavesTheSchemaAsItWas) {
    auto database = TestDatabase::migrated();
    const auto version = database.value("select max(number) from venue.schema_version");
    EarlierSchema broken(std::stoi(version));
    broken.add_migration(std::stoi(version) + 1, "create table venue.added (a integer)");
    broken.set_grants("no rights at all");
    EXPECT_THROW(migrate(database.owner_url(), broken.sql_folder(), wait_ms), JournalFailed);
    EXPECT_EQ(database.value("select max(number) from venue.schema_version"), version);
    EXPECT_EQ(database.value("select to_regclass('venue.added') is null"), "t");
}

TEST(Migrate, ASchemaInAnotherWordingIsNotThisReleases) {
    const auto database = TestDatabase::migrated();
    EXPECT_NO_THROW(require_schema(database.url(), sql_dir, wait_ms));
    database.run("update venue.schema_version set checksum = 'other' where number = 7");
    EXPECT_THROW(require_schema(database.url(), sql_dir, wait_ms), JournalUnreadable);
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
