// What becomes of the orders of a session that was lost before the venue itself was.
#include <gmock/gmock.h>

#include "tests/support/memory_journal.hpp"
#include "venue/pipeline.hpp"
#include "venue/recovery.hpp"

namespace venue {
namespace {

using namespace model;
using testing::ElementsAre;
using testing::IsEmpty;

const SessionId alice{1};
constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t grace_s = 30;

class LostSession : public testing::Test {
  protected:
    LostSession() {
        const DisconnectRule rule{CancelOnDisconnect::session, grace_s * 1'000};
        const std::vector<CommandBody> bodies = {
            AddAsset{{{}, "BTC", 8, 8}},
            AddAsset{{{}, "USD", 6, 2}},
            ListInstrument{"BTC-USD", "BTC", "USD", {1, 0}, {1, 2}, 10'000, 20'000},
            AddParticipant{"alice"},
            OpenAccount{"alice", "alice"},
            AddSession{"alice", "alice", "ALICE", "alice", "00", "00", rule},
            DepositFunds{"alice", "USD", {1'000, 0}},
            LogOnSession{alice}};
        for (const auto& body : bodies) ask({{}, body});
        PlaceOrder order;
        order.cl_ord_id = ClOrdId{"a1"};
        order.symbol = "BTC-USD";
        order.time_in_force = TimeInForce::gtc;
        order.quantity = {1, 0};
        order.price = Decimal{100, 0};
        ask({{alice, Incarnation{1}, 2}, order});
        ask({{}, DisconnectSession{alice, DisconnectReason::dropped}});
    }
    void ask(Request request) {
        pipeline->submit(std::move(request));
        pipeline->step();
    }
    /// Its process is gone and comes back after so many seconds, as `venue run` begins.
    void crash_for(std::int64_t seconds) {
        pipeline.reset();
        clock.set({clock.now().nanoseconds + seconds * second});
        pipeline.emplace(recover(journal), clock, journal, recorder);
        for (auto& request : disconnects_after_restart(pipeline->engine())) pipeline->submit(std::move(request));
        pipeline->step();
    }
    std::vector<std::string> open_after(std::int64_t seconds) {
        clock.set({clock.now().nanoseconds + seconds * second});
        pipeline->step();
        std::vector<std::string> names;
        for (const auto& order : pipeline->engine().open_orders()) names.emplace_back(order.cl_ord_id.view());
        return names;
    }

    journal::MemoryJournal journal;
    sequencer::ManualClock clock{Timestamp{second}};
    FlightRecorder recorder;
    std::optional<Pipeline> pipeline{std::in_place, recover(journal), clock, journal, recorder};
};

TEST_F(LostSession, HasItsWholeTimeFromTheRestartOnThoughItRanOutMeanwhile) {
    open_after(grace_s - 1);
    crash_for(10 * grace_s);
    EXPECT_THAT(open_after(grace_s - 1), ElementsAre("a1"));
    EXPECT_THAT(open_after(1), IsEmpty());
}

TEST_F(LostSession, WhoseTimeIsOverBeforeTheCrashHasNoneAnew) {
    EXPECT_THAT(open_after(grace_s), IsEmpty());
    crash_for(1);
    EXPECT_THAT(journal.events().back().body, testing::VariantWith<MassCancelReported>(testing::_));
}

TEST_F(LostSession, ThatIsBackAfterTheRestartKeepsItsOrders) {
    crash_for(10 * grace_s);
    ask({{}, LogOnSession{alice}});
    EXPECT_THAT(open_after(10 * grace_s), ElementsAre("a1"));
}

}  // namespace
}  // namespace venue
