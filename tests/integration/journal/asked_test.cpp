// What was asked is stored in short; whoever reads a view, or the journal through the venue, is shown it in full.
#include <gtest/gtest.h>

#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/postgres_journal.hpp"

namespace venue::journal {
namespace {

using namespace model;

const Origin origin{SessionId{3}, Incarnation{1}, 17};

Order order_named(std::string_view name) {
    Order order;
    order.id = OrderId{1};
    order.session = origin.session;
    order.cl_ord_id = ClOrdId(name);
    order.time_in_force = TimeInForce::gtc;
    return order;
}

PlaceOrder placing(std::string_view name) {
    PlaceOrder command{ClOrdId(name), "", "BTC-USD", Side::buy, OrderType::limit, TimeInForce::gtc, {5, 1}};
    command.price = Decimal{20'000, 0};
    return command;
}

/// Numbers the events from 1, each a command's only one.
class Asking {
  public:
    void add(const CommandBody& command, EventBody body) {
        const Sequence sequence{static_cast<std::int64_t>(group_.events.size()) + 1};
        group_.events.push_back(
            {sequence, sequence, true, {1'000}, origin.session, {}, describe({origin, command}), std::move(body)});
        group_.last = sequence;
    }
    [[nodiscard]] const Group& group() const { return group_; }

  private:
    Group group_;
};

Group every_way_of_asking() {
    Asking asking;
    asking.add(placing("a1"), OrderAccepted{order_named("a1"), true});
    asking.add(placing("a b"), OrderAccepted{order_named("a b"), true});
    asking.add(placing("a2"), OrderRejected{});
    CancelOrder cancelling{ClOrdId("c1"), ClOrdId("a1"), OrderId{1}, "BTC-USD", Side::sell};
    asking.add(cancelling, OrderCancelled{order_named("a1"), RejectReason::by_request, ClOrdId("c1")});
    asking.add(cancelling, ChangeRejected{{}, false, ClOrdId("c1"), ClOrdId("a1"), OrderId{1}});
    ReplaceOrder replacing{ClOrdId("a3"), ClOrdId("a1"), {}, "BTC-USD", Side::buy, OrderType::limit, {7, 0}};
    asking.add(replacing, OrderReplaced{order_named("a3"), ClOrdId("a1"), true});
    asking.add(AddParticipant{"alice"}, ParticipantAdded{{ParticipantId{1}, "alice"}});
    return asking.group();
}

TEST(Asked, ReadersAreShownInFullWhatIsStoredInShort) {
    const auto database = TestDatabase::migrated();
    const auto group = every_way_of_asking();
    PostgresJournal(database.url(), wait_ms).append(group);
    for (const auto& event : group.events) {
        const auto of_event = " where sequence = " + std::to_string(event.sequence.value);
        EXPECT_EQ(database.value("select asked from venue.journal" + of_event), event.asked);
        EXPECT_EQ(database.value("select asked from venue.known_journal" + of_event), event.asked);
    }
    EXPECT_EQ(database.value("select asked from venue.executions where exec_id = 1"), group.events.front().asked);
    EXPECT_EQ(database.value("select count(*) from venue.events where version = 2"), "5");
    EXPECT_EQ(database.value("select asked from venue.events where sequence = 1"),
              "pSi1 n17 CyBTC-USD DTFq0.5 p20000 ");
}

}  // namespace
}  // namespace venue::journal
