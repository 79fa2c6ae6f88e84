#include "tests/bench/engine_halt.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include "tests/bench/engine_flow.hpp"
#include "venue/model/ensure.hpp"

namespace bench {
namespace {

using namespace venue::model;
using venue::engine::Engine;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t levels = 2'000;

Command resting_order(std::size_t number) {
    const auto at = static_cast<std::int64_t>(number / 2) % levels;
    PlaceOrder order;
    order.cl_ord_id = ClOrdId("rests-" + std::to_string(number));
    order.symbol = "BTC-USD";
    order.side = number % 2 == 0 ? Side::buy : Side::sell;
    order.time_in_force = TimeInForce::gtc;
    order.quantity = {100, 2};
    order.price = Decimal{order.side == Side::buy ? 100'000 - at : 100'001 + at, 2};
    return {{SessionId{static_cast<std::int32_t>(number % 16) + 1}, Incarnation{1}, 1}, order};
}

struct Halted {
    double milliseconds = 0;
    double longest_milliseconds = 0;
    std::size_t commands = 0;
};

Halted halt_once(const EngineFlow& flow, std::size_t orders) {
    Engine engine;
    std::vector<Event> events;
    for (const Command& command : flow.reference) engine.handle(command, flow_time, events);
    for (std::size_t i = 0; i < orders; ++i) {
        events.clear();
        engine.handle(resting_order(i), flow_time, events);
    }
    Halted halted;
    std::size_t cancelled = 0;
    std::optional<CommandBody> next = ChangePhase{"BTC-USD", Phase::halted, true};
    for (; next; next = engine.follow_up()) {
        events.clear();
        const auto start = Clock::now();
        engine.handle({{}, *next}, flow_time, events);
        const std::chrono::duration<double, std::milli> took = Clock::now() - start;
        halted.milliseconds += took.count();
        halted.longest_milliseconds = std::max(halted.longest_milliseconds, took.count());
        ++halted.commands;
        for (const Event& event : events) cancelled += std::holds_alternative<OrderCancelled>(event.body);
    }
    ensure(cancelled == orders, "a halt that cancels leaves no order open");
    return halted;
}

}  // namespace

void measure_halt(std::size_t orders, int rounds) {
    const EngineFlow flow = draw_engine_flow(profiles[0], 1, 1);
    std::vector<Halted> all;
    for (int round = 0; round < rounds; ++round) all.push_back(halt_once(flow, orders));
    std::ranges::sort(all, {}, &Halted::milliseconds);
    const Halted& median = all[all.size() / 2];
    std::printf(
        "{\"bench\":\"engine\",\"case\":\"halt_with_cancel_all\",\"orders\":%zu,\"commands\":%zu,\"milliseconds\":%.2f,"
        "\"longest_command_milliseconds\":%.3f}\n",
        orders, median.commands, median.milliseconds, median.longest_milliseconds);
    std::fflush(stdout);
}

}  // namespace bench
