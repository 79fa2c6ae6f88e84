#include "venue/journal/asked_text.hpp"

#include <gtest/gtest.h>

#include "venue/journal/event_row.hpp"
#include "venue/journal/journal.hpp"

namespace venue::journal {
namespace {

using namespace model;

const Origin origin{SessionId{3}, Incarnation{1}, 17};

Order accepted_order() {
    Order order;
    order.id = OrderId{42};
    order.cl_ord_id = ClOrdId("a1");
    order.side = Side::sell;
    order.time_in_force = TimeInForce::gtc;
    return order;
}

PlaceOrder placing() {
    PlaceOrder command{ClOrdId("a1"), "", "BTC-USD", Side::sell, OrderType::limit, TimeInForce::gtc, {5, 1}};
    command.price = Decimal{20'000, 0};
    return command;
}

CancelOrder cancelling() {
    CancelOrder command{ClOrdId("c1"), ClOrdId("a1")};
    command.symbol = "BTC-USD";
    command.side = Side::sell;
    return command;
}

Event event_of(const CommandBody& command, EventBody body) {
    Event event;
    event.sequence = event.command = Sequence{42};
    event.session = origin.session;
    event.asked = describe({origin, command});
    event.body = std::move(body);
    return event;
}

void expect_read_back(const Event& event) { EXPECT_EQ(to_event(to_row(event)).asked, event.asked); }

TEST(AskedText, WhatTheRowSaysIsALetter) {
    const auto row = to_row(event_of(placing(), OrderAccepted{accepted_order(), true}));
    EXPECT_EQ(row.asked, "pSi1 n17 CyBTC-USD DTFq0.5 p20000 ");
    EXPECT_EQ(row.version, 2);
}

TEST(AskedText, ARequestsNameStandsBehindTheOrdersWhereItWasCancelled) {
    const auto event =
        event_of(cancelling(), OrderCancelled{accepted_order(), RejectReason::by_request, ClOrdId("c1")});
    EXPECT_EQ(to_row(event).asked, "cSi1 n17 COyBTC-USD D");
    expect_read_back(event);
}

TEST(AskedText, WhatDiffersFromTheRowStandsThere) {
    auto command = placing();
    command.side = Side::buy;
    command.cl_ord_id = ClOrdId("other");
    command.account = "alice";
    const auto event = event_of(command, OrderAccepted{accepted_order(), true});
    EXPECT_EQ(to_row(event).asked, "pSi1 n17 cother aalice yBTC-USD dbuy TFq0.5 p20000 ");
    expect_read_back(event);
}

TEST(AskedText, EveryKindOfAnswerToAnOrderIsReadBack) {
    expect_read_back(event_of(placing(), OrderAccepted{accepted_order(), true}));
    expect_read_back(event_of(placing(), OrderRejected{}));
    expect_read_back(event_of(cancelling(), ChangeRejected{}));
    ReplaceOrder replacing{ClOrdId("a2"), ClOrdId("a1"), OrderId{42}, "BTC-USD"};
    replacing.time_in_force = TimeInForce::fok;
    auto order = accepted_order();
    order.cl_ord_id = ClOrdId("a2");
    const auto replaced = event_of(replacing, OrderReplaced{order, ClOrdId("a1"), true});
    EXPECT_EQ(to_row(replaced).asked, "rSi1 n17 CORyBTC-USD dbuy Tq0 ffok ");
    expect_read_back(replaced);
}

TEST(AskedText, AnythingElseIsStoredAsItIs) {
    auto odd = placing();
    odd.cl_ord_id = ClOrdId("a b");
    auto flawed = placing();
    flawed.flaw = {RejectReason::unsupported_characteristic, 18};
    for (const CommandBody& command : {CommandBody(odd), CommandBody(flawed), CommandBody(AddParticipant{"alice"})}) {
        const auto event = event_of(command, OrderRejected{});
        EXPECT_EQ(to_row(event).asked, event.asked);
        EXPECT_EQ(to_row(event).version, 1);
        expect_read_back(event);
    }
}

TEST(AskedText, ARowOfTheFirstVersionIsTakenAsItIs) {
    EventRow row = to_row(event_of(placing(), OrderAccepted{accepted_order(), true}));
    row.version = 1;
    row.asked = "pS";
    EXPECT_EQ(to_event(row).asked, "pS");
}

TEST(AskedText, AWordOfALaterReleaseIsUnreadable) {
    EXPECT_THROW(asked_in_full("pz1 ", {}), JournalUnreadable);
    EXPECT_THROW(asked_in_full("x", {}), JournalUnreadable);
    EXPECT_THROW(asked_in_full("", {}), JournalUnreadable);
}

}  // namespace
}  // namespace venue::journal
