#include "tests/bench/journal_walk.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "venue/config/reference_file.hpp"
#include "venue/journal/migrate.hpp"

namespace bench {
namespace {

using namespace std::chrono_literals;
using namespace venue::model;

constexpr std::int64_t connect_wait_ms = 5'000;
constexpr std::size_t in_flight_max = 1 << 16;
/// At a steady rate, so many requests come at once: what a worker finds in its sockets when it wakes up.
constexpr std::int64_t arriving_together = 4;
constexpr std::int64_t stall_ns = 50'000'000;
/// A session's numbers are reserved in blocks of so many.
constexpr std::int64_t reserved_block = 1'000;

const std::string& migrated(const std::string& url, const std::string& sql_dir) {
    venue::journal::migrate(url, sql_dir, connect_wait_ms);
    return url;
}

[[noreturn]] void end_run(std::exception_ptr failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "journal_load: %s\n", error.what());
    }
    std::_Exit(1);
}

}  // namespace

JournalWalk::JournalWalk(const std::string& url, const std::string& sql_dir, const std::string& reference_file)
    : journal_(migrated(url, sql_dir), connect_wait_ms),
      pipeline_(venue::engine::Engine{}, clock_, journal_, recorder_),
      asked_at_ns_(in_flight_max) {
    for (auto& command : venue::config::commands(venue::config::load_reference(reference_file, "VENUE"))) {
        pipeline_.submit({{}, std::move(command)});
    }
    pipeline_.step();
    for (const auto& [id, session] : pipeline_.engine().reference().sessions) {
        pipeline_.submit({{id, Incarnation{1}, 1}, CommandBody(LogOnSession{id})});
    }
    pipeline_.step();
    mix_ = std::make_unique<JournalMix>(pipeline_.engine().reference());
    pipeline_.on_release([this](const auto& group) { release(*group); });
    pipeline_.start(end_run);
    journal_.take();
}

JournalWalk::~JournalWalk() { pipeline_.stop(); }

Walked JournalWalk::rest(std::int64_t count) {
    const auto start = steady_ns();
    for (std::int64_t at = 0; at < count; ++at) submit(mix_->next_resting());
    return finish(start);
}

Walked JournalWalk::flood(double seconds) {
    const auto start = steady_ns();
    const auto end = start + static_cast<std::int64_t>(seconds * 1e9);
    while (steady_ns() < end) submit(mix_->next());
    return finish(start);
}

Walked JournalWalk::pace(double seconds, std::int64_t per_second) {
    const auto start = steady_ns();
    const auto total = static_cast<std::int64_t>(seconds * static_cast<double>(per_second));
    for (std::int64_t at = 0; at < total;) {
        const auto due = start + at * 1'000'000'000 / per_second;
        while (steady_ns() < due) std::this_thread::sleep_for(std::chrono::nanoseconds(due - steady_ns()));
        late_max_ns_ = std::max(late_max_ns_, steady_ns() - due);
        for (const auto end = std::min(total, at + arriving_together); at < end; ++at) submit(mix_->next());
    }
    return finish(start);
}

/// Timed from here, waiting for room included: a client's bytes would wait in its socket.
void JournalWalk::submit(Request request) {
    asked_at_ns_[static_cast<std::size_t>(submitted_++) % in_flight_max] = steady_ns();
    while (pipeline_.admission() != Admission::open) std::this_thread::sleep_for(50us);
    pipeline_.submit(std::move(request));
}

Walked JournalWalk::finish(std::int64_t start_ns) {
    while (released_ < submitted_) std::this_thread::sleep_for(100us);
    Walked walked{submitted_,
                  std::exchange(late_max_ns_, 0),
                  static_cast<double>(steady_ns() - start_ns) / 1e9,
                  std::exchange(latency_, {}),
                  journal_.take(),
                  std::exchange(stalls_, {})};
    submitted_ = released_ = 0;
    return walked;
}

void JournalWalk::release(const Group& group) {
    const auto now_ns = steady_ns();
    const auto now = clock_.now();
    std::int64_t acknowledged = 0;
    for (const auto& event : group.events) {
        if (!event.session) continue;
        number(event, now);
        if (event.sequence != event.command) continue;
        const auto at = static_cast<std::size_t>(released_ + acknowledged) % in_flight_max;
        const auto took_ns = now_ns - asked_at_ns_[at];
        latency_.record(took_ns);
        if (acknowledged++ == 0) note_stall(took_ns, now, group.events.size());
    }
    for (auto& [session, outbound] : outbound_) {
        if (outbound.run.numbers.empty()) continue;
        const auto reserved = (outbound.number / reserved_block + 2) * reserved_block;
        pipeline_.note({session, Incarnation{1}, 0, reserved, outbound.run.numbers.back().event});
        pipeline_.record(std::exchange(outbound.run, {session, Incarnation{1}, {}}));
    }
    released_ += acknowledged;
}

void JournalWalk::note_stall(std::int64_t took_ns, Timestamp now, std::size_t events) {
    if (took_ns >= stall_ns) stalls_.push_back({(now.nanoseconds - took_ns) / 1'000'000, took_ns, events});
}

void JournalWalk::number(const Event& event, Timestamp now) {
    constexpr std::int64_t millisecond = 1'000'000;
    auto& outbound = outbound_[event.session];
    if (outbound.number == 1) outbound.run = {event.session, Incarnation{1}, {}};
    const Timestamp sending_time{now.nanoseconds / millisecond * millisecond};
    outbound.run.numbers.push_back({++outbound.number, event.sequence, sending_time, false});
}

}  // namespace bench
