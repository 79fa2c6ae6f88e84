// The whole engine at full speed: commands in, events out, handed in batches to another thread that reads them all.
// Prints a JSON line for each profile, and others for the worst that can be asked ("extremes" names them as a profile).
// "resting" in place of a profile has as many orders rest as messages are asked for, and nothing else.
// Usage: engine_load [MESSAGES [ROUNDS [PROFILE]]]

#include <time.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <mutex>
#include <string>
#include <thread>

#include "tests/bench/engine_extremes.hpp"
#include "tests/bench/engine_flow.hpp"
#include "venue/engine/book/prefetch.hpp"

namespace {

using namespace venue::model;
using bench::EngineFlow;
using venue::engine::Engine;
using Clock = std::chrono::steady_clock;

/// As the venue's walk hands them over.
constexpr std::size_t batch_size = 256;
/// Farther than the engine looks ahead.
constexpr std::size_t fetched_ahead = 48;

/// Takes batches of events on the other core. Two vectors go back and forth, so their memory is used again.
class Listener {
  public:
    Listener() : thread_([this] { listen(); }) {}
    ~Listener() {
        hand_over(spare_, true);
        thread_.join();
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Exchanges the full vector for an empty one.
    void hand_over(std::vector<Event>& filled, bool last = false) {
        std::unique_lock lock(mutex_);
        emptied_.wait(lock, [&] { return !full_; });
        filled.swap(spare_);
        full_ = true;
        ended_ = last;
        filled_.notify_one();
    }

    std::int64_t events = 0;
    std::int64_t fills = 0;
    std::int64_t declined = 0;

  private:
    void listen() {
        std::vector<Event> events_read;
        for (bool ended = false; !ended;) {
            std::unique_lock lock(mutex_);
            filled_.wait(lock, [&] { return full_; });
            events_read.swap(spare_);
            full_ = false;
            ended = ended_;
            emptied_.notify_one();
            lock.unlock();
            for (const Event& event : events_read) count(event);
            events_read.clear();
        }
    }
    void count(const Event& event) {
        ++events;
        fills += std::holds_alternative<OrderTraded>(event.body);
        declined +=
            std::holds_alternative<OrderRejected>(event.body) || std::holds_alternative<ChangeRejected>(event.body);
    }

    std::mutex mutex_;
    std::condition_variable filled_;
    std::condition_variable emptied_;
    std::vector<Event> spare_;
    bool full_ = false;
    bool ended_ = false;
    std::thread thread_;
};

/// In the venue's walk a batch lies together, warm from the inbox. Here the commands are an array of a gigabyte, in
/// which each would stop the engine for as long as memory takes.
void fetch(const Command& command) {
    const auto* const bytes = reinterpret_cast<const std::byte*>(&command);
    for (std::size_t line = 0; line < sizeof command; line += 64) venue::engine::book::prefetch(bytes + line);
}

void play(Engine& engine, const std::vector<Command>& commands, Listener& listener) {
    std::vector<Event> events;
    std::size_t waiting = 0;
    for (std::size_t place = 0; place < commands.size(); ++place) {
        // As in the venue's walk, no command behind the batch is known yet.
        if (place + fetched_ahead < commands.size()) fetch(commands[place + fetched_ahead]);
        const std::size_t batch = place / batch_size * batch_size;
        engine.foresee(place - batch, std::min(batch_size, commands.size() - batch), [&](std::size_t at) {
            return venue::engine::Waiting{commands[batch + at].origin.session, &commands[batch + at].body};
        });
        engine.handle(commands[place], bench::flow_time, events);
        while (const auto next = engine.follow_up()) {
            engine.handle({{}, *next}, bench::flow_time, events);
        }
        if (++waiting < batch_size) continue;
        listener.hand_over(events);
        waiting = 0;
    }
    listener.hand_over(events);
}

/// What the thread that judges has used of its core: the figure that a busy machine spoils least.
double own_cpu_seconds() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

struct Played {
    double seconds = 0;
    double cpu_seconds = 0;
    std::int64_t events = 0;
    std::int64_t fills = 0;
    std::int64_t declined = 0;
};

Played play_once(const EngineFlow& flow) {
    Engine engine;
    Played played;
    {
        Listener listener;
        play(engine, flow.reference, listener);
        play(engine, flow.first, listener);
    }
    {
        Listener listener;
        const auto start = Clock::now();
        const double cpu_before = own_cpu_seconds();
        play(engine, flow.commands, listener);
        played.cpu_seconds = own_cpu_seconds() - cpu_before;
        played.seconds = std::chrono::duration<double>(Clock::now() - start).count();
        std::vector<Event> none;
        listener.hand_over(none);
        listener.hand_over(none);
        played.events = listener.events;
        played.fills = listener.fills;
        played.declined = listener.declined;
    }
    return played;
}

/// Returns the commands a second of processor time.
double measure(const bench::Profile& profile, std::size_t messages, int rounds) {
    const EngineFlow flow = bench::draw_engine_flow(profile, messages, 1);
    std::vector<Played> all;
    for (int round = 0; round < rounds; ++round) all.push_back(play_once(flow));
    std::ranges::sort(all, {}, &Played::seconds);
    const Played& median = all[all.size() / 2];
    std::printf(
        "{\"bench\":\"engine\",\"profile\":\"%s\",\"commands_per_second\":%.0f,\"commands_per_cpu_second\":%.0f,"
        "\"events_per_command\":%.2f,"
        "\"fills\":%lld,\"declined\":%lld}\n",
        std::string(profile.name).c_str(), static_cast<double>(messages) / median.seconds,
        static_cast<double>(messages) / median.cpu_seconds,
        static_cast<double>(median.events) / static_cast<double>(messages), static_cast<long long>(median.fills),
        static_cast<long long>(median.declined));
    std::fflush(stdout);
    return static_cast<double>(messages) / median.cpu_seconds;
}

}  // namespace

int main(int argc, char** argv) {
    const auto messages = static_cast<std::size_t>(argc > 1 ? std::atoll(argv[1]) : 2'000'000);
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
    if (argc > 3 && std::string_view(argv[3]) == "resting") bench::measure_resting(messages);
    if (argc <= 3 || std::string_view(argv[3]) == "extremes") bench::measure_extremes(100'000, rounds);
    auto worst = std::numeric_limits<double>::max();
    for (const auto& profile : bench::profiles) {
        if (argc > 3 && profile.name != argv[3]) continue;
        worst = std::min(worst, measure(profile, messages, rounds));
    }
    if (argc <= 3) std::printf("{\"bench\":\"engine\",\"case\":\"summary\",\"worst_per_cpu_second\":%.0f}\n", worst);
}
