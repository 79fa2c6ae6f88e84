#include <cstdio>
#include <string>
#include <vector>

#include "venue/engine/engine.hpp"

using namespace venue::model;

Decimal number(const char* text) { return parse_decimal(text).value(); }

// What the embedder journals, sends or shows: here the orders' own events alone.
void tell(const Event& event) {
    const Order* const order = order_of(event.body);
    if (order == nullptr) return;
    std::printf("%lld %s %s: %lld of %lld filled, holds %s\n", static_cast<long long>(event.sequence.value),
                name(event.body).data(), std::string(order->cl_ord_id.view()).c_str(),
                static_cast<long long>(order->cum.lots), static_cast<long long>(order->quantity.lots),
                to_text(order->hold, 8).c_str());
}

int main() {
    venue::engine::Engine engine;
    Timestamp now{1};  // The engine has no clock: what it is told is what it knows.
    std::vector<Event> events;
    const auto ask = [&](SessionId session, const CommandBody& body) {
        engine.handle({{session, engine.incarnation(session)}, body}, now, events);
        while (const auto next = engine.follow_up()) engine.handle({{}, *next}, now, events);
        ++now.nanoseconds;
    };
    ask({}, AddAsset{{{}, "BTC", 8, 8}});
    ask({}, AddAsset{{{}, "USD", 8, 2}});
    ask({}, ListInstrument{"BTC-USD", "BTC", "USD", number("0.01"), number("0.0001")});
    for (const char* const who : {"ALICE", "BOB"}) {
        ask({}, AddParticipant{who});
        ask({}, OpenAccount{who, who});
        ask({}, AddSession{who, who, who, who});  // Who may act, in which account of whom; no FIX is needed for it.
        ask(engine.reference().session(who)->id, LogOnSession{engine.reference().session(who)->id});
    }
    ask({}, DepositFunds{"ALICE", "BTC", number("1")});
    ask({}, DepositFunds{"BOB", "USD", number("50000")});

    const SessionId alice = engine.reference().session("ALICE")->id;
    const SessionId bob = engine.reference().session("BOB")->id;
    PlaceOrder sale{ClOrdId{"s1"}, "", "BTC-USD", Side::sell, OrderType::limit, TimeInForce::gtc, number("0.5")};
    sale.price = number("40000");
    ask(alice, sale);
    PlaceOrder purchase{ClOrdId{"b1"}, "", "BTC-USD", Side::buy, OrderType::limit, TimeInForce::gtc, number("0.2")};
    purchase.price = number("41000");
    ask(bob, purchase);
    ask(alice, CancelOrder{ClOrdId{"c1"}, ClOrdId{"s1"}, {}, "BTC-USD", Side::sell, {}});

    for (const Event& event : events) tell(event);
    const venue::engine::Balance left =
        engine.balance(engine.reference().account("BOB")->id, engine.reference().asset("USD")->id);
    std::printf("Bob has %s USD, and %s in orders\n", to_text(left.available, 8).c_str(),
                to_text(left.held, 8).c_str());
}
