// Who asks about the past when a part of it is archived: what is in the database is told, and nothing else is made up.
#include "tests/integration/snapshots/archiving.hpp"
#include "venue/commands/inspect.hpp"
#include "venue/commands/replay.hpp"

namespace venue::journal {
namespace {

using model::Sequence;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t day = 86'400'000'000'000;

class ArchivedPast : public Archiving {
  protected:
    /// The two ranges that are archived later end with a first day, to the event.
    void live_two_days() {
        while (venue.engine().last_sequence() < Sequence{200}) venue.trade(1);
        ASSERT_EQ(venue.engine().last_sequence(), Sequence{200});
        venue.at({2 * day});
        venue.trade(1);
        store();
        venue.trade(1);
        store();
    }
    /// What the database says instead of an answer; empty when it answers.
    std::string refusal(const std::string& query) const {
        try {
            std::ignore = database.rows(query);
            return "";
        } catch (const pqxx::sql_error& error) {
            return error.sqlstate() + " " + error.what();
        }
    }
    /// What a command prints, and its exit code.
    static std::string told(const std::function<int()>& command) {
        testing::internal::CaptureStdout();
        const int code = command();
        return testing::internal::GetCapturedStdout() + "exit code " + std::to_string(code);
    }
    std::string replayed(std::int64_t to) const {
        return told([&] { return commands::replay(settings(), {to, ""}); });
    }
    int restore_to(const TestDatabase& past) const {
        return commands::restore(settings(), {folder.string(), past.url()});
    }
    void prune_to_two() { SnapshotStore(database.url(), wait_ms).prune(2); }
};

TEST_F(ArchivedPast, OfAnEventIsToldFromTheLastArchivedOneOn) {
    live();
    const std::string of[] = {"venue.balances_at(", "venue.holds_at(", "venue.trial_balance("};
    const auto at = [](const std::string& function, int event) {
        return "select * from " + function + std::to_string(event) + ")";
    };
    std::vector<std::string> before;
    for (const auto& function : of) {
        for (const int event : {200, 201, 230}) before.push_back(rows(at(function, event)));
    }
    archive();
    auto expected = before.begin();
    for (const auto& function : of) {
        for (const int event : {200, 201, 230})
            EXPECT_EQ(rows(at(function, event)), *expected++) << at(function, event);
        EXPECT_THAT(refusal(at(function, 199)), HasSubstr("V0004 ERROR:  event 199 is archived; the oldest state here"))
            << function;
    }
    EXPECT_THAT(refusal("select * from venue.orders_at(199)"), HasSubstr("V0004"));
    EXPECT_EQ(refusal("select * from venue.orders_at(200)"), "");
}

TEST_F(ArchivedPast, HasNoStatementUnlessItBeginsBehindIt) {
    live_two_days();
    const std::string second = "select * from venue.statement('alice', '1970-01-02Z', '1970-01-04Z')";
    const auto before = rows(second);
    EXPECT_THAT(before, HasSubstr("opening balance"));
    archive();
    EXPECT_EQ(rows(second), before);
    for (const std::string since : {"-infinity", "1970-01-01Z", "1969-01-01Z"}) {
        EXPECT_THAT(refusal("select * from venue.statement('alice', '" + since + "', '1970-01-03Z')"),
                    HasSubstr("is archived; the oldest state here is after event 200"))
            << since;
    }
}

// A bookkeeper's way to a statement of last year: word by word what it was before the archive.
TEST_F(ArchivedPast, IsToldByADatabaseOfItsOwnOnceItIsRestored) {
    live_two_days();
    const std::string questions[] = {
        "select * from venue.statement('alice', '-infinity', '1970-01-02Z')",
        "select * from venue.trial_balance(200)",
        "select * from venue.balances_at(150)",
        "select * from venue.holds_at(177)",
        "select * from venue.executions where exec_id <= 200",
        "select * from venue.journal where sequence <= 200",
    };
    std::vector<std::string> before;
    for (const auto& question : questions) before.push_back(rows(question));
    EXPECT_EQ(restore_to(TestDatabase::migrated()), commands::declined) << "nothing is archived yet";
    archive();
    EXPECT_THAT(refusal(questions[0]), HasSubstr("`venue restore` puts what came before into a database of its own"));
    const auto past = TestDatabase::migrated();
    EXPECT_EQ(restore_to(past), commands::ok);
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(rows(past, questions[i]), before[i]) << questions[i];
    EXPECT_THAT(verified(past), HasSubstr("exit code 0"));
    EXPECT_THROW(restore_to(past), config::ConfigError) << "it isn't empty any more";
}

TEST_F(ArchivedPast, IsRestoredFromNoOtherFilesThanThoseThatWereWritten) {
    live_two_days();
    archive();
    EXPECT_EQ(shell("echo | gzip >> events-000000000001-000000000100.copy.gz"), 0);
    EXPECT_THROW(restore_to(TestDatabase::migrated()), JournalUnreadable);
}

TEST_F(ArchivedPast, MayBeAllThereIs) {
    live_two_days();
    while (venue.engine().last_sequence() < Sequence{300}) venue.rest();
    ASSERT_EQ(venue.engine().last_sequence(), Sequence{300});
    const std::string later = "select * from venue.statement('alice', '1970-01-04Z', '1970-01-05Z')";
    const auto before = rows(later);
    store();
    // Nothing behind the range would be left if there could be a snapshot of what comes.
    database.force(
        "insert into venue.snapshots select id + 1000, sequence + 1, format, hash_version, state_hash, sha256, size,"
        " piece_count from venue.snapshots");
    for (const int first : {1, 101, 201}) {
        database.run("select venue.put_away(" + std::to_string(first) + ", '', '')");
    }
    EXPECT_EQ(database.event_count(), 0);
    EXPECT_EQ(rows(later), before);
    EXPECT_EQ(database.value("select venue.last_before('infinity')"), "300");
}

TEST_F(ArchivedPast, OfAnEarlierReleaseHasNoTimeAndIsRefusedForCertain) {
    live_two_days();
    archive();
    database.force("update venue.archived_ranges set last_time = null");
    EXPECT_EQ(refusal("select * from venue.statement('alice', '1970-01-03 00:00:01Z', 'infinity')"), "");
    EXPECT_THAT(refusal("select * from venue.statement('alice', '1970-01-02Z', 'infinity')"), HasSubstr("is archived"));
}

TEST_F(ArchivedPast, IsReachedByReplayAndVerifyFromItsEndOn) {
    live();
    archive();
    for (int i = 0; i < 4; ++i) {
        venue.trade(5);
        store();
        prune_to_two();
    }
    EXPECT_EQ(database.value("select string_agg(sequence::text, ' ' order by sequence) from"
                             " (select sequence from venue.snapshots order by sequence limit 1) s"),
              "200")
        << "where the archive ends";
    EXPECT_EQ(database.value("select count(*) from venue.snapshots"), "4") << "two oldest and two newest";
    EXPECT_THAT(replayed(200), HasSubstr("After event 200:"));
    EXPECT_THAT(replayed(201), HasSubstr("exit code 0"));
    EXPECT_THAT(verified(), HasSubstr("ok     the events 201 to "));
    EXPECT_THAT(verified(), HasSubstr("exit code 0"));
}

// The snapshots that let a range go may lie far behind it.
TEST_F(ArchivedPast, EndsWithinReachHoweverFarTheNewestSnapshotsAre) {
    venue.trade(90);
    store();
    venue.trade(1);
    store();
    prune_to_two();
    ASSERT_GT(SnapshotStore(database.url(), wait_ms).newest_first().back().state.sequence, Sequence{400});
    for (const int end : {100, 200}) {
        EXPECT_EQ(archive(end + 1), commands::ok);
        prune_to_two();
        EXPECT_THAT(replayed(end + 50), HasSubstr("After event " + std::to_string(end + 50) + ":"));
        EXPECT_THAT(verified(), testing::AllOf(HasSubstr("ok     the events " + std::to_string(end + 1) + " to "),
                                               Not(HasSubstr("were not folded")), HasSubstr("exit code 0")));
    }
}

TEST_F(ArchivedPast, MayEndBetweenTheTwoHalvesOfATrade) {
    venue.rest();
    live();
    ASSERT_EQ(database.value("select kind || ' ' || last from venue.events where sequence = 100"), "3 false");
    EXPECT_EQ(archive(101), commands::ok);
    EXPECT_THAT(verified(), testing::AllOf(HasSubstr("ok     the events 101 to "), HasSubstr("exit code 0")))
        << verified();
    EXPECT_THAT(replayed(101), HasSubstr("exit code 0"));
}

TEST_F(ArchivedPast, GrowsThoughTheSnapshotAtItsEndIsDamaged) {
    live();
    archive(101);
    database.force(
        "update venue.snapshot_pieces p set bytes = '\\x00' from venue.snapshots s"
        " where s.id = p.snapshot and s.sequence = 100");
    EXPECT_EQ(archive(201), commands::ok);
    EXPECT_THAT(verified(), testing::AllOf(HasSubstr("ok     the events 201 to "), HasSubstr("exit code 0")));
}

TEST_F(ArchivedPast, OutOfReachIsSaidToBeByVerify) {
    live();
    archive();
    database.force(
        "update venue.snapshot_pieces p set bytes = '\\x00' from venue.snapshots s"
        " where s.id = p.snapshot and s.sequence = 200");
    const auto first = database.value("select min(sequence) from venue.snapshots where sequence > 200");
    EXPECT_THAT(verified(),
                testing::AllOf(HasSubstr("note   the events 201 to " + first + " are here and were not"),
                               HasSubstr("note   the snapshot at event 200 is damaged"), HasSubstr("exit code 0")));
}

TEST_F(ArchivedPast, OfARangeThatMayBePutAwayLaterKeepsASnapshotAtItsEnd) {
    while (venue.engine().last_sequence() < Sequence{100}) venue.rest();
    store();
    for (int i = 0; i < 4; ++i) {
        venue.trade(5);
        store();
        prune_to_two();
    }
    EXPECT_EQ(database.value("select count(*) from venue.snapshots where sequence = 100"), "1");
}

TEST_F(ArchivedPast, NeedsTwoSnapshotsOfDifferentEvents) {
    while (venue.engine().last_sequence() < Sequence{100}) venue.rest();
    store();
    database.force(
        "insert into venue.snapshots select id + 1000, sequence, format + 1, hash_version, state_hash, sha256, size,"
        " piece_count from venue.snapshots");
    EXPECT_THROW(database.run("select venue.put_away(1, '', '')"), pqxx::sql_error);
    EXPECT_EQ(archive(), commands::ok);
    EXPECT_EQ(archived_until(database.url()), Sequence{});
}

TEST_F(ArchivedPast, IsSaidToBeArchivedByReplay) {
    live();
    archive();
    EXPECT_THAT(replayed(150), HasSubstr("exit code 1"));
    EXPECT_THAT(replayed(200), HasSubstr("exit code 0"));
}

TEST_F(ArchivedPast, HasNoHistoryOfAnOrderThatBeganInIt) {
    live();
    const auto order = database.value("select min(order_id) from venue.orders where state = 'open'");
    const auto query = "select * from venue.order_history(" + order + ")";
    EXPECT_EQ(refusal(query), "");
    archive();
    EXPECT_THAT(refusal(query), HasSubstr("V0004"));
}

// What was kept for a report that waited, and no longer waits, doesn't bring a closed order back.
TEST_F(ArchivedPast, OfAnOrderThatWasClosedStaysClosed) {
    live();
    const auto open = "select order_id, last_event from venue.orders_at(200) where state = 1";
    const auto before = rows(open);
    archive(101);
    venue.write_everything();
    archive();
    EXPECT_EQ(rows(open), before);
}

TEST_F(ArchivedPast, LeavesAccountsSessionsAndOpenOrdersToBeInspected) {
    live();
    const auto open = database.value("select min(order_id) from venue.orders where state = 'open'");
    const auto cl_ord_id = database.value("select cl_ord_id from venue.orders where order_id = " + open);
    archive();
    const auto says_so = HasSubstr("The events up to 200 are archived: of them only what is still needed is here");
    EXPECT_THAT(told([&] { return commands::inspect_account(settings(), {"alice"}); }),
                testing::AllOf(says_so, HasSubstr("exit code 0")));
    const auto newest = database.value("select max(order_id) from venue.events where kind = 1");
    EXPECT_THAT(told([&] {
                    return commands::inspect_order(settings(), {newest, ""});
                }),
                testing::AllOf(HasSubstr("accepted as "), Not(says_so)));
    EXPECT_THAT(told([&] { return commands::inspect_session(settings(), {"alice"}); }), HasSubstr("incarnation 1"));
    EXPECT_THAT(told([&] {
                    return commands::inspect_order(settings(), {open, ""});
                }),
                testing::AllOf(says_so, HasSubstr("accepted as " + cl_ord_id + " of alice")));
    EXPECT_THAT(told([&] {
                    return commands::inspect_order(settings(), {cl_ord_id, "alice"});
                }),
                HasSubstr("accepted as " + cl_ord_id));
    EXPECT_THAT(told([&] { return commands::inspect_order(settings(), {"nobody's", ""}); }), HasSubstr("exit code 1"));
}

}  // namespace
}  // namespace venue::journal
