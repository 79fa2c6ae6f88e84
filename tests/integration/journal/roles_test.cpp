// Who may do what in the database: each role does its work, and whatever else it tries is refused by privileges, before
// any trigger is asked.
#include <gmock/gmock.h>

#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/journal/sql_files.hpp"

namespace venue::journal {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr auto nasty_secret = "4a54a1d5a1de";

/// The story, and a session whose secret nobody may read.
const TestDatabase& journal_with_secret() {
    static const TestDatabase database = [] {
        auto made = TestDatabase::migrated();
        auto group = story();
        model::Event& last = group.events.emplace_back(group.events.back());
        last.sequence = last.command = group.last = model::Sequence{group.last.value + 1};
        last.body = model::SessionAdded{{model::SessionId{9}, model::ParticipantId{101}, model::AccountId{101}, "NINE",
                                         "nine", nasty_secret, nasty_secret}};
        PostgresJournal(made.url(), wait_ms).append(group);
        made.force(sql_text(sql_dir + "/roles.sql"));
        return made;
    }();
    return database;
}

std::vector<std::string> rows_as(const std::string& role, const std::string& sql) {
    std::vector<std::string> lines;
    for (const auto& row : Database(journal_with_secret().url_as(role), wait_ms).execute(sql)) {
        lines.emplace_back(row[0].is_null() ? "" : row[0].c_str());
    }
    return lines;
}

/// Empty when it was done; otherwise what the server said.
std::string refusal(const std::string& role, const std::string& sql) {
    try {
        rows_as(role, sql);
        return "";
    } catch (const pqxx::sql_error& error) {
        return error.what();
    }
}

std::vector<std::string> relations(const std::string& kinds) {
    return rows_as("venue", "select relname from pg_class where relnamespace = 'venue'::regnamespace and relkind in (" +
                                kinds + ") order by relname");
}

std::vector<std::string> readable(const std::string& role) {
    return rows_as(role,
                   "select oid::regclass from pg_class where relnamespace = 'venue'::regnamespace and relkind in"
                   " ('r', 'p', 'v') and has_table_privilege(oid, 'select') order by relname");
}

TEST(VenueRole, CanChangeNothingThatIsWritten) {
    const auto denied = testing::AnyOf(HasSubstr("permission denied"), HasSubstr("must be owner"));
    for (const auto& table : relations("'r', 'p'")) {
        EXPECT_THAT(refusal("venue", "delete from venue." + table), denied) << table;
        EXPECT_THAT(refusal("venue", "truncate venue." + table), denied) << table;
        EXPECT_THAT(refusal("venue", "drop table venue." + table), denied) << table;
        for (const std::string change : {" disable trigger all", " add gap integer", " rename to gone"}) {
            EXPECT_THAT(refusal("venue", "alter table venue." + table + change), denied) << table << change;
        }
    }
}

TEST(VenueRole, UpdatesTheFenceAndTheNumbersAlone) {
    EXPECT_THAT(rows_as("venue",
                        "select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                        " where c.relnamespace = 'venue'::regnamespace and a.attnum > 0 and not a.attisdropped and"
                        " has_column_privilege(c.oid, a.attnum, 'update') order by 1"),
                ElementsAre("fence", "session_numbers"));
    EXPECT_THAT(refusal("venue", "update venue.events set price = 1"), HasSubstr("permission denied"));
}

TEST(VenueRole, CanNotGoRoundTheTriggersOrBecomeSomebodyElse) {
    EXPECT_THAT(refusal("venue", "set session_replication_role = replica"), HasSubstr("permission denied"));
    EXPECT_THAT(refusal("venue", "set role venue_owner"), HasSubstr("permission denied"));
    EXPECT_THAT(refusal("venue", "create table venue.mine (a integer)"), HasSubstr("permission denied"));
    EXPECT_THAT(refusal("venue", "insert into venue.postings_from_000000000001 values (1, 1, 101, 1, 5)"),
                HasSubstr("permission denied"));
    EXPECT_THAT(refusal("venue",
                        "create or replace function venue.refuse_change() returns trigger language plpgsql as"
                        " $$ begin return null; end $$"),
                HasSubstr("permission denied"));
}

TEST(VenueRole, HasNoTableOfItsOwn) {
    EXPECT_THAT(refusal("venue", "create temporary table t (a integer)"), HasSubstr("permission denied"));
}

TEST(VenueRole, ReadsRangesThatAreMadeWhileItRuns) {
    rows_as("venue", "select venue.add_ranges(10000001, 1000)");
    EXPECT_THAT(rows_as("venue", "select count(*) from venue.events_from_000010000001"), ElementsAre("0"));
}

// The owner has every right, and the triggers still refuse.
TEST(OwnerRole, IsRefusedByTheTriggers) {
    for (const std::string table : {"events", "postings", "outbound", "state_hashes", "events_from_000000000001"}) {
        EXPECT_THAT(refusal("venue_owner", "delete from venue." + table), HasSubstr("is append-only")) << table;
    }
}

TEST(AuditorRole, ReadsEverythingButSecretsAndSnapshots) {
    const auto read = readable("venue_auditor");
    for (const std::string table : {"venue.journal", "venue.postings", "venue.fence", "venue.state_hashes",
                                    "venue.outbound", "venue.session_numbers", "venue.trades", "venue.orders"}) {
        EXPECT_THAT(read, Contains(table));
    }
    for (const std::string table : {"venue.events", "venue.events_from_000000000001", "venue.snapshot_pieces",
                                    "venue.known_events", "venue.kept_events"}) {
        EXPECT_THAT(read, Not(Contains(table)));
    }
}

TEST(Readers, FindNoSecretWhereverTheyLook) {
    ASSERT_THAT(rows_as("venue", "select body ->> 'salt' from venue.events where kind = 14"),
                ElementsAre(nasty_secret));
    for (const std::string role : {"venue_admin", "venue_auditor"}) {
        for (const auto& relation : readable(role)) {
            for (const auto& row : rows_as(role, "select t::text from " + relation + " t")) {
                EXPECT_THAT(row, Not(HasSubstr(nasty_secret))) << role << " in " << relation;
            }
        }
    }
}

TEST(Readers, CanNotWriteEvenWhenTheyTry) {
    EXPECT_THAT(refusal("venue_auditor", "create temporary table t (a integer)"), HasSubstr("read-only"));
    for (const std::string role : {"venue_admin", "venue_auditor"}) {
        const std::string writes = "begin read write; ";
        for (const auto& relation : relations("'r', 'p'")) {
            EXPECT_THAT(refusal(role, writes + "delete from venue." + relation), HasSubstr("permission denied"));
            EXPECT_THAT(refusal(role, writes + "insert into venue." + relation + " default values"),
                        HasSubstr("permission denied"));
        }
        EXPECT_THAT(refusal(role, writes + "create temporary table t (a integer)"), HasSubstr("permission denied"));
        EXPECT_THAT(refusal(role, writes + "select venue.add_ranges(30000001, 1000)"), HasSubstr("permission denied"));
        EXPECT_THAT(refusal(role, writes + "select venue.prune_snapshots(2)"), HasSubstr("permission denied"));
        EXPECT_THAT(refusal(role, writes + "select venue.carry_balances()"), HasSubstr("permission denied"));
        EXPECT_THAT(refusal(role, writes + "select venue.carry_orders()"), HasSubstr("permission denied"));
    }
}

TEST(Readers, AskTheWholeReadSide) {
    for (const std::string role : {"venue_admin", "venue_auditor"}) {
        EXPECT_THAT(rows_as(role, "select count(*) from venue.trial_balance()"), ElementsAre("8"));
        EXPECT_THAT(rows_as(role, "select trade_count from venue.candles('BTC-USD', '1 day', '-infinity', 'infinity')"),
                    IsEmpty());
        EXPECT_THAT(rows_as(role, "select count(*) from venue.statement(101, '-infinity', 'infinity')"),
                    ElementsAre("7"));
        for (const std::string view : {"orders", "executions", "trades", "balances", "daily_volumes", "daily_fees",
                                       "transfers", "holds", "partitions", "outbound_messages"}) {
            EXPECT_EQ(refusal(role, "select count(*) from venue." + view), "");
        }
        EXPECT_EQ(refusal(role, "select count(*) from venue.order_now(41)"), "");
        EXPECT_EQ(refusal(role, "select count(*) from venue.orders_of('alice', '-infinity', 'infinity')"), "");
    }
}

TEST(Readers, AreStoppedWhenTheyAskForTooMuch) {
    EXPECT_THAT(rows_as("venue_auditor", "show statement_timeout"), ElementsAre("1min"));
    EXPECT_THAT(rows_as("venue_admin", "show statement_timeout"), ElementsAre("10s"));
    EXPECT_THAT(rows_as("venue_auditor", "show default_transaction_read_only"), ElementsAre("on"));
}

TEST(Functions, ThatActInTheirOwnersNameAreCalledByTheVenueAloneAndLookNowhereElse) {
    EXPECT_THAT(rows_as("venue",
                        "select proname from pg_proc where pronamespace = 'venue'::regnamespace and prosecdef"
                        " and (proconfig is null or array_to_string(proconfig, ' ') not like"
                        "      'search_path=pg_catalog, pg_temp%')"),
                IsEmpty());
    EXPECT_THAT(
        rows_as("venue",
                "select proname from pg_proc where pronamespace = 'venue'::regnamespace and prosecdef"
                " and has_function_privilege('venue', oid, 'execute') order by proname"),
        ElementsAre("add_ranges", "carry_balances", "carry_orders", "prune_snapshots", "remove_damaged_snapshot"));
}

}  // namespace
}  // namespace venue::journal
