// Snapshots in the database: whole or not at all, found out when damaged, and what a start and `venue verify` make of
// them.
#include <gmock/gmock.h>

#include <future>
#include <thread>

#include "tests/integration/snapshots/small_journal.hpp"
#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/engine/snapshot.hpp"
#include "venue/journal/event_reader.hpp"
#include "venue/journal/snapshot_store.hpp"

namespace venue::journal {
namespace {

using model::Sequence;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SnapshotStorage : public testing::Test {
  protected:
    bool store() {
        const auto& engine = venue.engine();
        return snapshots.store({engine.last_sequence(), engine::state_hash_version, engine.state_hash()},
                               engine::snapshot_format,
                               [&](const auto& sink) { engine::write_snapshot(engine, sink); });
    }
    /// Trades between two snapshots and after them.
    void live() {
        venue.trade(2);
        store();
        venue.trade(2);
        store();
        venue.trade(2);
    }
    engine::Engine start() {
        told.clear();
        return recover(venue.journal(), snapshots, [&](const auto& sentence) { told.push_back(sentence); });
    }
    /// Turns one byte of the newest snapshot round, as a disk would: no trigger is asked.
    void damage_newest() const {
        database.force(
            "update venue.snapshot_pieces set bytes = set_byte(bytes, 200, 255 - get_byte(bytes, 200))"
            " where snapshot = (select max(id) from venue.snapshots)");
    }
    config::Settings settings() const {
        config::Settings settings;
        settings.journal.url = database.url();
        settings.journal.sql_dir = sql_dir;
        settings.journal.connect_wait_ms = wait_ms;
        return settings;
    }
    int verify() {
        testing::internal::CaptureStdout();
        const int code = commands::verify(settings(), {});
        printed = testing::internal::GetCapturedStdout();
        return code;
    }

    TestDatabase database = TestDatabase::migrated();
    SmallJournal venue{database.url()};
    SnapshotStore snapshots{database.url(), wait_ms};
    std::vector<std::string> told;
    std::string printed;
};

TEST_F(SnapshotStorage, GivesBackWhatItWasGiven) {
    live();
    const auto stored = snapshots.newest_first();
    ASSERT_EQ(stored.size(), 2U);
    EXPECT_GT(stored[0].state.sequence, stored[1].state.sequence);
    EXPECT_EQ(engine::read_snapshot(snapshots.open(stored[0])).state_hash(), stored[0].state.hash);
}

TEST_F(SnapshotStorage, TakesASecondOneOfTheSameEventForDone) {
    EXPECT_TRUE(store());
    EXPECT_FALSE(store());
    EXPECT_EQ(database.value("select count(*) from venue.snapshot_pieces"), "1");
}

TEST_F(SnapshotStorage, KeepsNothingOfOneThatWasNotFinished) {
    const auto broken = [](const BytesSink& sink) {
        sink("half of it");
        throw std::runtime_error("the process ended");
    };
    EXPECT_THROW(snapshots.store({}, 1, broken), std::runtime_error);
    EXPECT_EQ(database.value("select count(*) from venue.snapshot_pieces"), "0");
    EXPECT_TRUE(store());
}

TEST_F(SnapshotStorage, OfAnEarlierFormatIsNoFaultAndLeavesRoomForAnotherOne) {
    venue.trade(2);
    const auto& engine = venue.engine();
    const auto as_it_was = [&](const BytesSink& sink) {
        std::string bytes;
        engine::write_snapshot(engine, [&](std::string_view piece) { bytes += piece; });
        bytes[8] = static_cast<char>(engine::first_format_with_prices - 1);
        sink(bytes);
    };
    snapshots.store({engine.last_sequence(), engine::state_hash_version - 1, 1}, engine::first_format_with_prices - 1,
                    as_it_was);
    EXPECT_EQ(verify(), 0);
    EXPECT_THAT(printed, HasSubstr("is of an earlier format"));
    EXPECT_EQ(start().state_hash(), engine.state_hash());
    EXPECT_TRUE(store());
    EXPECT_EQ(verify(), 0);
    EXPECT_THAT(printed, HasSubstr("1 stored snapshots"));
}

TEST_F(SnapshotStorage, IsNeitherChangedNorRemovedByHand) {
    store();
    EXPECT_THROW(database.run("update venue.snapshots set sequence = 1"), pqxx::sql_error);
    EXPECT_THROW(database.run("delete from venue.snapshots"), pqxx::sql_error);
    EXPECT_THROW(database.run("delete from venue.snapshot_pieces"), pqxx::sql_error);
    EXPECT_THROW(database.run("truncate venue.snapshot_pieces"), pqxx::sql_error);
}

TEST_F(SnapshotStorage, KeepsTheNewest) {
    for (int i = 0; i < 4; ++i) {
        venue.trade(1);
        store();
    }
    const auto newest = snapshots.newest_first().front().state.sequence;
    EXPECT_EQ(snapshots.prune(3), 1);
    EXPECT_EQ(snapshots.prune(0), 1) << "two are always kept";
    EXPECT_EQ(snapshots.newest_first().size(), 2U);
    EXPECT_EQ(snapshots.newest_first().front().state.sequence, newest);
    EXPECT_EQ(database.value("select count(*) from venue.snapshot_pieces"), "2");
}

TEST_F(SnapshotStorage, MakesAStartReadOnlyTheEventsAfterIt) {
    live();
    EXPECT_EQ(start().state_hash(), venue.engine().state_hash());
    EXPECT_THAT(told, IsEmpty());
}

TEST_F(SnapshotStorage, ThatIsDamagedIsPassedOverWithASentence) {
    live();
    damage_newest();
    EXPECT_EQ(start().state_hash(), venue.engine().state_hash());
    EXPECT_THAT(told, ElementsAre(HasSubstr(" is passed over: ")));
}

// Whatever the bytes would be read as: a state that is wrong may be as readable as any.
TEST_F(SnapshotStorage, ThatIsDamagedDoesNotComeToItsChecksum) {
    live();
    damage_newest();
    const auto read_to_its_end = [&](const SnapshotHeader& header) {
        const auto source = snapshots.open(header);
        while (!source().empty()) continue;
    };
    const auto stored = snapshots.newest_first();
    EXPECT_THROW(read_to_its_end(stored.front()), JournalUnreadable);
    EXPECT_NO_THROW(read_to_its_end(stored.back()));
}

TEST_F(SnapshotStorage, OfWhichAPieceIsMissingIsPassedOver) {
    live();
    database.force("delete from venue.snapshot_pieces");
    EXPECT_EQ(start().state_hash(), venue.engine().state_hash());
    EXPECT_EQ(told.size(), 2U);
}

TEST_F(SnapshotStorage, IsHeldAgainstTheFoldByVerify) {
    live();
    EXPECT_EQ(verify(), commands::ok) << printed;
    EXPECT_THAT(printed, HasSubstr("ok     the fold comes to each of 2 stored snapshots"));
    damage_newest();
    EXPECT_EQ(verify(), commands::ok) << "a snapshot is derived: the journal is sound without it";
    EXPECT_THAT(printed, HasSubstr("ok     the fold comes to each of 1 stored snapshots"));
    EXPECT_THAT(printed, HasSubstr("note   the snapshot at event "));
    EXPECT_THAT(printed, HasSubstr(" is damaged; no event is lost"));
}

TEST_F(SnapshotStorage, OfAnotherStateIsAFault) {
    live();
    // As a release would write that folds in another way: its bytes are whole.
    database.force(
        "update venue.snapshots s set state_hash = state_hash + 1 where id = (select max(id) from venue.snapshots)");
    EXPECT_EQ(verify(), commands::journal_unreadable);
    EXPECT_THAT(printed, HasSubstr("FAULT  the fold comes to each of 2 stored snapshots: not at "));
}

// Another one may store a snapshot between what pruning looks at and what it removes.
TEST_F(SnapshotStorage, IsNotPrunedByWhoDidNotSeeIt) {
    live();
    Database other(database.owner_url(), wait_ms);
    pqxx::work storing(other.connection());
    storing.exec("lock table venue.snapshots in share mode");
    auto pruned = std::async(std::launch::async, [this] { return snapshots.prune(2); });
    const auto waits =
        "select count(*) from pg_locks where not granted and relation = 'venue.snapshots'::regclass"
        " and database = (select oid from pg_database where datname = current_database())";
    while (database.value(waits) == "0") std::this_thread::yield();
    storing.exec(
        "insert into venue.snapshots select id + 1, (select last_sequence from venue.fence), format, hash_version,"
        " state_hash, sha256, size, 0 from venue.snapshots order by id desc limit 1");
    storing.commit();
    EXPECT_EQ(pruned.get(), 0);
    EXPECT_EQ(snapshots.newest_first().size(), 3U);
}

TEST_F(SnapshotStorage, LeavesNoPieceBehindWhenItIsPruned) {
    for (int i = 0; i < 4; ++i) {
        venue.trade(1);
        store();
    }
    EXPECT_EQ(snapshots.prune(2), 2);
    EXPECT_EQ(database.value("select count(*) from venue.snapshot_pieces p where not exists"
                             " (select from venue.snapshots s where s.id = p.snapshot)"),
              "0");
}

TEST_F(SnapshotStorage, IsNoWayAcrossAGapInTheJournal) {
    live();
    database.force("delete from venue.events where sequence = " +
                   std::to_string(venue.engine().last_sequence().value - 3));
    EXPECT_THROW(start(), JournalUnreadable);
    EXPECT_THROW(EventReader(database.url(), wait_ms).read({}, [](const auto&) {}), JournalUnreadable);
}

TEST_F(SnapshotStorage, ThatWasPrunedWhileVerifyFoldedIsNoFault) {
    live();
    venue.trade(2);
    store();
    // The list of snapshots is read before the events, which somebody keeps from being read.
    Database other(database.owner_url(), wait_ms);
    auto holding = std::make_unique<pqxx::work>(other.connection());
    holding->exec("lock table venue.events in access exclusive mode");
    auto verified = std::async(std::launch::async, [this] { return verify(); });
    while (database.value("select count(*) from pg_locks where not granted and relation = 'venue.events'::regclass") ==
           "0") {
        std::this_thread::yield();
    }
    EXPECT_EQ(snapshots.prune(2), 1);
    holding.reset();
    EXPECT_EQ(verified.get(), commands::ok) << printed;
    EXPECT_THAT(printed, HasSubstr("ok     the fold comes to each of 2 stored snapshots"));
}

TEST_F(SnapshotStorage, ThatIsDamagedGivesWayToANewOneOfTheSameEvent) {
    venue.trade(2);
    store();
    venue.trade(2);
    store();
    damage_newest();
    EXPECT_EQ(commands::snapshot(settings(), {}), commands::ok);
    EXPECT_EQ(snapshots.newest_first().size(), 2U);
    EXPECT_EQ(start().state_hash(), venue.engine().state_hash());
    EXPECT_THAT(told, IsEmpty());
}

TEST_F(SnapshotStorage, ThatIsGoodIsNotRemovedAsDamaged) {
    live();
    for (const auto& header : snapshots.newest_first()) EXPECT_FALSE(snapshots.remove_damaged(header));
    EXPECT_EQ(snapshots.newest_first().size(), 2U);
    EXPECT_EQ(commands::snapshot(settings(), {}), commands::ok);
    EXPECT_EQ(snapshots.newest_first().front().state.sequence, venue.engine().last_sequence());
    const auto id = snapshots.newest_first().front().id;
    EXPECT_EQ(commands::snapshot(settings(), {}), commands::ok) << "nothing is new";
    EXPECT_EQ(snapshots.newest_first().front().id, id);
}

// Two of them, and pruning would take every true one away.
TEST_F(SnapshotStorage, OfEventsThatAreNotStoredIsRefused) {
    EXPECT_THROW(snapshots.store({Sequence{1'000'000}, 1, 0}, 1, [](const auto&) {}), JournalFailed);
}

}  // namespace
}  // namespace venue::journal
