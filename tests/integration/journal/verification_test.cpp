// What `venue verify` reads, and that it finds a fault which no SQL check can see.
#include <gmock/gmock.h>

#include "tests/integration/journal/test_database.hpp"
#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/engine/engine.hpp"
#include "venue/journal/event_reader.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/journal/verification.hpp"

namespace venue::journal {
namespace {

using model::AccountId;
using model::AssetId;
using model::Sequence;
using testing::HasSubstr;

constexpr AccountId seller{101};
constexpr AssetId btc{1};

/// The story, told and kept.
class Verification : public testing::Test {
  protected:
    Verification() { PostgresJournal(database.url(), wait_ms).append(told); }

    void note(const StateHash& hash) const { PostgresJournal(database.url(), wait_ms).note_state_hash(hash); }
    [[nodiscard]] std::uint64_t folded_hash() const {
        engine::Engine engine;
        for (const auto& event : told.events) engine.fold(event);
        return engine.state_hash();
    }
    /// The exit code; what it printed goes to `printed`.
    int verify() {
        config::Settings settings;
        settings.journal.url = database.url();
        settings.journal.sql_dir = sql_dir;
        testing::internal::CaptureStdout();
        const int code = commands::verify(settings, {});
        printed = testing::internal::GetCapturedStdout();
        return code;
    }

    const model::Group told = story();
    TestDatabase database = TestDatabase::migrated();
    std::string printed;
};

TEST_F(Verification, NotedStateHashesAreListed) {
    note({Sequence{9}, 2, ~std::uint64_t{0}});
    const auto hashes = stored_state_hashes(database.url());
    ASSERT_EQ(hashes.size(), 1U);
    EXPECT_EQ(hashes[0].sequence, Sequence{9});
    EXPECT_EQ(hashes[0].version, 2);
    EXPECT_EQ(hashes[0].hash, ~std::uint64_t{0});
}

TEST_F(Verification, EventsAreReadInOrderBesideAWriter) {
    const PostgresJournal writer(database.url(), wait_ms);
    std::vector<model::Event> read;
    EventReader(database.url(), wait_ms).read({}, [&](const model::Event& event) { read.push_back(event); });
    EXPECT_TRUE(read == told.events);
}

// The seller is given 100 by event 2 and sells 15 of them with event 7.
TEST_F(Verification, PostingsAreSummedUpToAnEvent) {
    const auto seller_has = [&](std::int64_t until) {
        for (const auto& sum : posting_sums(database.url(), Sequence{until})) {
            if (sum.account == seller && sum.asset == btc) return static_cast<std::int64_t>(sum.amount.units);
        }
        return std::int64_t{0};
    };
    EXPECT_EQ(seller_has(1), 0);
    EXPECT_EQ(seller_has(6), 100);
    EXPECT_EQ(seller_has(7), 85);
}

TEST_F(Verification, ASoundJournalIsCalledSound) {
    note({Sequence{9}, engine::state_hash_version, folded_hash()});
    EXPECT_EQ(verify(), commands::ok) << printed;
    EXPECT_THAT(printed, HasSubstr("each of 1 state hashes that venues noted; 0 of other versions skipped\n"));
    EXPECT_THAT(printed, HasSubstr("The journal is sound: 9 events\n"));
}

TEST_F(Verification, AHashThatTheFoldDoesNotComeToIsAFault) {
    note({Sequence{9}, engine::state_hash_version, ~folded_hash()});
    EXPECT_EQ(verify(), commands::journal_unreadable);
    EXPECT_THAT(printed, HasSubstr("FAULT  the fold comes to each of 1 state hashes"));
}

TEST_F(Verification, AHashOfAnotherVersionIsSkippedAndSaidSo) {
    note({Sequence{9}, engine::state_hash_version + 1, 7});
    EXPECT_EQ(verify(), commands::ok) << printed;
    EXPECT_THAT(printed, HasSubstr("each of 0 state hashes that venues noted; 1 of other versions skipped\n"));
}

TEST_F(Verification, PostingsThatAddUpButAreNotWhatTheEventSaysAreAFault) {
    database.force("update venue.postings set amount = 2 * amount where sequence = 2");
    EXPECT_EQ(verify(), commands::journal_unreadable);
    EXPECT_THAT(printed, HasSubstr("FAULT  postings, events and the engine's balances agree: account 1 asset 1:"
                                   " postings sum to -200, events to -100\n"));
}

}  // namespace
}  // namespace venue::journal
