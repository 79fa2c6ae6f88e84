#include "tests/bench/engine_extremes.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/bench/engine_flow.hpp"
#include "venue/engine/snapshot.hpp"
#include "venue/engine/triggers.hpp"
#include "venue/model/ensure.hpp"

namespace bench {
namespace {

using namespace venue::model;
using venue::engine::Engine;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t levels = 2'000;
constexpr std::size_t orders_of_an_instrument = 10;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Command by_participant(std::size_t number, CommandBody body) {
    return {{SessionId{static_cast<std::int32_t>(number % 16) + 1}, Incarnation{1}, 1}, std::move(body)};
}

Command order(std::size_t number, std::string symbol, Side side, Decimal quantity, std::int64_t ticks) {
    PlaceOrder order;
    order.cl_ord_id = ClOrdId("o-" + std::to_string(number));
    order.symbol = std::move(symbol);
    order.side = side;
    order.time_in_force = TimeInForce::gtc;
    order.quantity = quantity;
    order.price = Decimal{ticks, 2};
    return by_participant(number, order);
}

/// As above, but it waits until the price falls to that.
Command stop_order(std::size_t number, std::int64_t trigger) {
    Command command = order(number, "BTC-USD", Side::sell, {100, 2}, 0);
    auto& stop = std::get<PlaceOrder>(command.body);
    stop.type = OrderType::stop;
    stop.price = {};
    stop.special.emplace();
    stop.special->trigger = Decimal{trigger, 2};
    return command;
}

/// As above, and stays so far behind the price.
Command trailing_order(std::size_t number, std::int64_t trail) {
    Command command = stop_order(number, 0);
    auto& stop = std::get<PlaceOrder>(command.body);
    stop.type = OrderType::trailing_stop;
    stop.special->trigger = {};
    stop.special->trail = Decimal{trail, 2};
    return command;
}

/// On both sides of the middle, and over many levels.
Command resting_order(std::size_t number) {
    const auto at = static_cast<std::int64_t>(number / 2) % levels;
    const bool buys = number % 2 == 0;
    return order(number, "BTC-USD", buys ? Side::buy : Side::sell, {100, 2}, buys ? 100'000 - at : 100'001 + at);
}

class Venue {
  public:
    Venue() {
        for (const Command& command : draw_engine_flow(profiles[0], 1, 1).reference) handle(command);
    }
    /// The events are those of this command alone.
    const std::vector<Event>& handle(const Command& command) {
        events_.clear();
        engine_.handle(command, flow_time, events_);
        return events_;
    }
    [[nodiscard]] std::optional<CommandBody> follow_up() const { return engine_.follow_up(); }
    /// Another engine takes its place, read from a snapshot of it. Returns how many milliseconds that took.
    double restart();

  private:
    Engine engine_;
    std::vector<Event> events_;
};

struct Worst {
    double milliseconds = 0;
    double longest_milliseconds = 0;
    std::size_t commands = 0;
    std::size_t told = 0;
};

/// Carries out a command and all that must follow, and counts the events of a kind.
template <class Told>
Worst carry_out(Venue& venue, Command command) {
    Worst worst;
    for (std::optional<Command> next = std::move(command); next;) {
        const auto start = Clock::now();
        const auto& events = venue.handle(*next);
        const double took = milliseconds_since(start);
        worst.milliseconds += took;
        worst.longest_milliseconds = std::max(worst.longest_milliseconds, took);
        ++worst.commands;
        for (const Event& event : events) worst.told += std::holds_alternative<Told>(event.body);
        auto follow_up = venue.follow_up();
        next.reset();
        if (follow_up) next = Command{{}, std::move(*follow_up)};
    }
    return worst;
}

Worst halt_once(std::size_t orders) {
    Venue venue;
    for (std::size_t i = 0; i < orders; ++i) venue.handle(resting_order(i));
    const Worst worst = carry_out<OrderCancelled>(venue, {{}, ChangePhase{"BTC-USD", Phase::halted, true}});
    ensure(worst.told == orders, "a halt that cancels leaves no order open");
    return worst;
}

Worst sweep_once(std::size_t fills) {
    Venue venue;
    // Of all participants but the one that comes in.
    for (std::size_t i = 0; i < fills; ++i) {
        const auto ticks = 100'000 + static_cast<std::int64_t>(i) % levels;
        venue.handle(order(i * 16 + 1 + i % 15, "BTC-USD", Side::sell, {100, 2}, ticks));
    }
    const Decimal all{static_cast<std::int64_t>(fills) * 100, 2};
    const Worst worst = carry_out<OrderTraded>(venue, order(fills * 16, "BTC-USD", Side::buy, all, 200'000));
    ensure(worst.told == 2 * fills, "a sweep fills all that its price accepts");
    return worst;
}

/// All of them trade, each bid with an offer, at one price.
Worst uncross_once(std::size_t orders) {
    Venue venue;
    venue.handle({{}, ChangePhase{"BTC-USD", Phase::opening_auction}});
    for (std::size_t i = 0; i < orders; ++i) {
        const auto at = static_cast<std::int64_t>(i / 2) % levels;
        const bool buys = i % 2 == 0;
        venue.handle(order(i, "BTC-USD", buys ? Side::buy : Side::sell, {100, 2}, buys ? 100'000 + at : 100'000 - at));
    }
    const Worst worst = carry_out<OrderTraded>(venue, {{}, ChangePhase{"BTC-USD", Phase::continuous}});
    ensure(worst.told == orders, "an uncross fills all that its price accepts");
    return worst;
}

/// Each that is triggered takes the best bid, and so triggers the next.
Worst cascade_once(std::size_t stops) {
    Venue venue;
    // Even ones sell and odd ones buy, so that nobody meets himself.
    for (std::size_t i = 0; i <= stops; ++i) {
        const auto ticks = 99'999 - static_cast<std::int64_t>(i);
        venue.handle(order(2 * i + 1, "BTC-USD", Side::buy, {100, 2}, ticks));
        if (i < stops) venue.handle(stop_order(2 * i, ticks));
    }
    const Worst worst = carry_out<OrderTriggered>(venue, order(2 * stops + 2, "BTC-USD", Side::sell, {100, 2}, 99'999));
    ensure(worst.told == stops, "each stop triggers the next");
    return worst;
}

/// Trades once more, a tick higher, and all of them follow.
Worst trail_once(std::size_t stops) {
    Venue venue;
    const auto trade = [&](std::size_t number, std::int64_t ticks) {
        venue.handle(order(number + 1, "BTC-USD", Side::sell, {100, 2}, ticks));
        return order(number, "BTC-USD", Side::buy, {100, 2}, ticks);
    };
    venue.handle(trade(16 * stops, 100'000));
    for (std::size_t i = 0; i < stops; ++i) venue.handle(trailing_order(i, 50'000));
    const Worst worst = carry_out<OrderRestated>(venue, trade(16 * stops + 16, 100'001));
    ensure(worst.told == stops, "each of them follows");
    return worst;
}

template <class Case>
void tell(const char* name, std::size_t orders, int rounds, Case once) {
    std::vector<Worst> all;
    for (int round = 0; round < rounds; ++round) all.push_back(once(orders));
    std::ranges::sort(all, {}, &Worst::milliseconds);
    const Worst& median = all[all.size() / 2];
    std::printf(
        "{\"bench\":\"engine\",\"case\":\"%s\",\"orders\":%zu,\"commands\":%zu,\"milliseconds\":%.2f,"
        "\"longest_command_milliseconds\":%.3f}\n",
        name, orders, median.commands, median.milliseconds, median.longest_milliseconds);
    std::fflush(stdout);
}

/// Memory of this process that is really there.
double resident_mebibytes() {
    std::ifstream file("/proc/self/statm");
    double whole = 0;
    double resident = 0;
    file >> whole >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

void measure_instruments(std::size_t instruments) {
    Venue venue;
    const auto symbol = [](std::size_t number) { return "I" + std::to_string(number); };
    const double before = resident_mebibytes();
    for (std::size_t i = 0; i < instruments; ++i) {
        venue.handle({{}, ListInstrument{symbol(i), "BTC", "USD", {1, 2}, {1, 2}, 10'000, 20'000}});
    }
    const double listed = resident_mebibytes();
    std::vector<Command> commands;
    for (std::size_t i = 0; i < instruments * orders_of_an_instrument; ++i) {
        const auto at = static_cast<std::int64_t>(i / instruments);
        const bool buys = i / instruments % 2 == 0;
        commands.push_back(order(i, symbol(i * 7919 % instruments), buys ? Side::buy : Side::sell, {100, 2},
                                 buys ? 100'000 - at : 100'001 + at));
    }
    const double ready = resident_mebibytes();
    const auto start = Clock::now();
    std::size_t resting = 0;
    for (const Command& command : commands) {
        resting += std::holds_alternative<OrderAccepted>(venue.handle(command).front().body);
    }
    const double seconds = milliseconds_since(start) / 1'000;
    ensure(resting == commands.size(), "each of them is accepted");
    std::printf(
        "{\"bench\":\"engine\",\"case\":\"instruments\",\"instruments\":%zu,\"orders\":%zu,"
        "\"commands_per_second\":%.0f,\"mebibytes_listed\":%.0f,\"mebibytes_of_orders\":%.0f}\n",
        instruments, commands.size(), static_cast<double>(commands.size()) / seconds, listed - before,
        resident_mebibytes() - ready);
    std::fflush(stdout);
}

/// What isn't in a file would take as much memory again.
class SnapshotFile {
  public:
    ~SnapshotFile() { std::fclose(file_); }
    SnapshotFile() { ensure(file_ != nullptr, "there is room for a file"); }
    SnapshotFile(const SnapshotFile&) = delete;
    SnapshotFile& operator=(const SnapshotFile&) = delete;

    void write(const Engine& engine) {
        venue::engine::write_snapshot(engine, [&](std::string_view piece) {
            ensure(std::fwrite(piece.data(), 1, piece.size(), file_) == piece.size(), "a snapshot fits in its file");
        });
    }
    Engine read() {
        std::rewind(file_);
        std::vector<char> piece(1 << 20);
        return venue::engine::read_snapshot([&]() -> std::string_view {
            return {piece.data(), std::fread(piece.data(), 1, piece.size(), file_)};
        });
    }

  private:
    std::FILE* file_ = std::tmpfile();
};

double Venue::restart() {
    const auto hash = engine_.state_hash();
    const auto start = Clock::now();
    {
        SnapshotFile file;
        file.write(engine_);
        engine_ = Engine();
        engine_ = file.read();
    }
    const double took = milliseconds_since(start);
    ensure(engine_.state_hash() == hash, "what comes back is what was there");
    return took;
}

}  // namespace

void measure_resting(std::size_t orders) {
    Venue venue;
    const double before = resident_mebibytes();
    const auto start = Clock::now();
    for (std::size_t i = 0; i < orders; ++i) {
        const auto& events = venue.handle(resting_order(i));
        ensure(std::holds_alternative<OrderAccepted>(events.front().body), "each of them is accepted");
    }
    const double placed = milliseconds_since(start);
    const double resident = resident_mebibytes() - before;
    const double survived = venue.restart();
    const Worst worst = carry_out<OrderCancelled>(venue, {{}, ChangePhase{"BTC-USD", Phase::halted, true}});
    ensure(worst.told == orders, "a halt that cancels leaves no order open");
    std::printf(
        "{\"bench\":\"engine\",\"case\":\"resting\",\"orders\":%zu,\"bytes_per_order\":%.0f,"
        "\"placed_per_second\":%.0f,\"restart_seconds\":%.1f,\"cancelled_per_second\":%.0f,"
        "\"longest_command_milliseconds\":%.3f}\n",
        orders, resident * (1 << 20) / static_cast<double>(orders), static_cast<double>(orders) / placed * 1'000,
        survived / 1'000, static_cast<double>(orders) / worst.milliseconds * 1'000, worst.longest_milliseconds);
    std::fflush(stdout);
}

void measure_extremes(std::size_t orders, int rounds) {
    // First, because memory that another case gave back would be used again and not be seen.
    measure_instruments(orders / 10);
    tell("halt_with_cancel_all", orders, rounds, halt_once);
    tell("one_order_fills", orders / 10, rounds, sweep_once);
    tell("uncross", orders, rounds, uncross_once);
    tell("stops_trigger_each_other", orders / 10, rounds, cascade_once);
    tell("trailing_stops_move", venue::engine::trailing_stops_max, rounds, trail_once);
}

}  // namespace bench
