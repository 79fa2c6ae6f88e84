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

TEST_F(ArchivedPast, MayBeAllThereIs) {
    live_two_days();
    while (venue.engine().last_sequence() < Sequence{300}) venue.rest();
    ASSERT_EQ(venue.engine().last_sequence(), Sequence{300});
    const std::string later = "select * from venue.statement('alice', '1970-01-04Z', '1970-01-05Z')";
    const auto before = rows(later);
    store();
    store();
    database.force(
        "insert into venue.snapshots select id + 1000, sequence, format + 1, hash_version, state_hash, sha256, size,"
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

TEST_F(ArchivedPast, IsReachedByReplayAndVerifyFromItsOldestSnapshots) {
    live();
    archive();
    const auto oldest = SnapshotStore(database.url(), wait_ms).newest_first().back().state.sequence.value;
    for (int i = 0; i < 4; ++i) {
        venue.trade(5);
        store();
        prune_to_two();
    }
    EXPECT_EQ(database.value("select count(*) from venue.snapshots"), "4") << "two oldest and two newest";
    EXPECT_THAT(replayed(oldest + 1), HasSubstr("exit code 0"));
    EXPECT_THAT(verified(), HasSubstr("the events " + std::to_string(oldest + 1) + " to "));
    EXPECT_THAT(verified(), HasSubstr("exit code 0"));
}

TEST_F(ArchivedPast, IsSaidToBeArchivedByReplay) {
    live();
    archive();
    EXPECT_THAT(replayed(150), HasSubstr("exit code 1"));
    EXPECT_THAT(replayed(200), HasSubstr("exit code 1")) << "no snapshot is that old";
}

TEST_F(ArchivedPast, LeavesAccountsSessionsAndOpenOrdersToBeInspected) {
    live();
    const auto open = database.value("select min(order_id) from venue.orders where state = 'open'");
    const auto cl_ord_id = database.value("select cl_ord_id from venue.orders where order_id = " + open);
    archive();
    EXPECT_THAT(told([&] { return commands::inspect_account(settings(), {"alice"}); }), HasSubstr("exit code 0"));
    EXPECT_THAT(told([&] { return commands::inspect_session(settings(), {"alice"}); }), HasSubstr("incarnation 1"));
    EXPECT_THAT(told([&] {
                    return commands::inspect_order(settings(), {open, ""});
                }),
                HasSubstr("accepted as " + cl_ord_id + " of alice"));
    EXPECT_THAT(told([&] {
                    return commands::inspect_order(settings(), {cl_ord_id, "alice"});
                }),
                HasSubstr("accepted as " + cl_ord_id));
    EXPECT_THAT(told([&] { return commands::inspect_order(settings(), {"nobody's", ""}); }), HasSubstr("exit code 1"));
}

}  // namespace
}  // namespace venue::journal
