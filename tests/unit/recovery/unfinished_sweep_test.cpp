// A sweep that is too large for one transaction, and a venue that dies between two of them.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/memory_journal.hpp"
#include "venue/pipeline.hpp"
#include "venue/recovery.hpp"

namespace venue {
namespace {

using namespace model;
using journal::JournalFailed;

const SessionId alice{1};
const SessionId bob{2};
/// Each is a fill of two events: more than one transaction holds, and no whole number of commands.
constexpr std::int64_t resting_count = 10'500;
constexpr std::int64_t sweeping_number = 7;

std::vector<CommandBody> reference_data() {
    return {AddAsset{{{}, "BTC", 8, 8}},
            AddAsset{{{}, "USD", 6, 2}},
            ListInstrument{"BTC-USD", "BTC", "USD", {1, 0}, {1, 2}, 10'000, 20'000},
            AddParticipant{"alice"},
            OpenAccount{"alice", "alice"},
            AddSession{"alice", "alice", "ALICE", "alice", "00", "00"},
            AddParticipant{"bob"},
            OpenAccount{"bob", "bob"},
            AddSession{"bob", "bob", "BOB", "bob", "00", "00"},
            DepositFunds{"alice", "BTC", {resting_count, 2}},
            DepositFunds{"bob", "USD", {1'000'000, 0}},
            LogOnSession{alice},
            LogOnSession{bob}};
}

Request place(Origin origin, const std::string& name, Side side, std::int64_t lots, TimeInForce time_in_force) {
    PlaceOrder order;
    order.cl_ord_id = ClOrdId{name};
    order.symbol = "BTC-USD";
    order.side = side;
    order.time_in_force = time_in_force;
    order.quantity = {lots, 2};
    order.price = Decimal{100, 0};
    return {origin, order};
}

/// One run of the venue program on a journal, without its threads.
class VenueRun {
  public:
    explicit VenueRun(journal::Journal& journal) : pipeline(recover(journal), clock, journal, recorder) {}

    void fill_the_book() {
        for (auto& body : reference_data()) pipeline.submit({{}, std::move(body)});
        for (std::int64_t i = 0; i < resting_count; ++i) {
            pipeline.submit(
                place({alice, Incarnation{1}, i + 1}, "a" + std::to_string(i), Side::sell, 1, TimeInForce::gtc));
        }
        pipeline.step();
    }
    void sweep_it(std::int64_t lots, TimeInForce time_in_force) {
        pipeline.submit(place({bob, Incarnation{1}, sweeping_number}, "b1", Side::buy, lots, time_in_force));
        pipeline.step();
    }
    /// What a starting venue does first.
    void disconnect_everybody() {
        for (auto& request : disconnects_after_restart(pipeline.engine())) pipeline.submit(std::move(request));
        pipeline.step();
    }

    sequencer::ManualClock clock{Timestamp{1}};
    FlightRecorder recorder;
    Pipeline pipeline;
};

struct Sweep {
    std::int64_t lots;
    TimeInForce time_in_force;
};

class UnfinishedSweep : public testing::TestWithParam<Sweep> {
  protected:
    /// Lets the venue die when a sweep's second transaction is to be stored.
    void die_in_the_sweep() {
        VenueRun run(journal);
        run.fill_the_book();
        journal.before_append = [appends = 0](const Group&) mutable {
            if (++appends == 2) throw JournalFailed("the disk is gone");
        };
        EXPECT_THROW(run.sweep_it(GetParam().lots, GetParam().time_in_force), JournalFailed);
        journal.before_append = nullptr;
    }

    journal::MemoryJournal journal;
};

TEST_P(UnfinishedSweep, GoesOnBeforeAnythingElseAndEndsAsIfNothingHadHappened) {
    die_in_the_sweep();
    ASSERT_TRUE(recover(journal).follow_up());
    VenueRun next(journal);
    next.disconnect_everybody();

    journal::MemoryJournal undisturbed;
    VenueRun other(undisturbed);
    other.fill_the_book();
    other.sweep_it(GetParam().lots, GetParam().time_in_force);
    other.disconnect_everybody();

    EXPECT_TRUE(journal.events() == undisturbed.events());
    EXPECT_TRUE(journal.postings() == undisturbed.postings());
    EXPECT_EQ(next.pipeline.engine().state_hash(), other.pipeline.engine().state_hash());
    EXPECT_EQ(recover(journal).state_hash(), next.pipeline.engine().state_hash());
}

TEST_P(UnfinishedSweep, EndsBeforeTheDisconnectsAndTradesEverythingOnce) {
    die_in_the_sweep();
    const auto stored = journal.events().size();
    VenueRun next(journal);
    next.disconnect_everybody();

    const auto events = journal.events();
    EXPECT_TRUE(events.at(stored).asked.starts_with("ContinueSweep")) << events.at(stored).asked;
    const auto is_disconnect = [](const Event& e) { return std::holds_alternative<SessionDisconnected>(e.body); };
    EXPECT_EQ(std::ranges::find_if(events, is_disconnect), events.end() - 2);
    const auto& engine = next.pipeline.engine();
    EXPECT_EQ(engine.balance(AccountId{101}, AssetId{1}).available, Amount{});
    EXPECT_EQ(std::ranges::count_if(events, [](const Event& e) { return std::holds_alternative<OrderTraded>(e.body); }),
              2 * resting_count);
    EXPECT_FALSE(engine.follow_up());
}

TEST_P(UnfinishedSweep, CountsItsOwnNumberAsJudged) {
    die_in_the_sweep();
    const auto sessions = sessions_to_restore(recover(journal), journal);
    EXPECT_EQ(sessions.at(1).numbers.inbound_judged, sweeping_number);
}

INSTANTIATE_TEST_SUITE_P(Kinds, UnfinishedSweep,
                         testing::Values(Sweep{resting_count + 5, TimeInForce::gtc},
                                         Sweep{resting_count + 5, TimeInForce::ioc},
                                         Sweep{resting_count, TimeInForce::fok}),
                         [](const auto& kind) {
                             const auto time_in_force = kind.param.time_in_force;
                             return time_in_force == TimeInForce::gtc   ? "RestsAfterwards"
                                    : time_in_force == TimeInForce::ioc ? "EndsAfterwards"
                                                                        : "FillsOrKills";
                         });

}  // namespace
}  // namespace venue
