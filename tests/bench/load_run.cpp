#include "tests/bench/load_run.hpp"

#include "tests/bench/session_numbers_file.hpp"

#include <sys/epoll.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>

namespace bench {
namespace {

// The book is filled and emptied with this many requests on the way per session, whatever window is measured: a
// closed loop would spend longer filling the book than measuring.
constexpr std::size_t unmeasured_window = 256;
constexpr int turn_ms_max = 100;
// A venue lets only so many connections wait for their logon (fix.pending_logons_max).
constexpr std::ptrdiff_t logons_at_a_time = 128;

/// The start of every ClOrdID of this process: the wall clock in milliseconds, so that no run repeats another's.
std::string run_prefix() {
    using namespace std::chrono;
    return std::to_string(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

std::int64_t in_ns(std::uint64_t ms) { return static_cast<std::int64_t>(ms) * 1'000'000; }

std::size_t share_of(std::uint64_t book_size, std::size_t sessions, std::size_t at) {
    return book_size / sessions + (at < book_size % sessions ? 1 : 0);
}

}  // namespace

LoadRun::LoadRun(const LoadOptions& options)
    : options_(options), continued_(read_numbers(options.numbers_file)), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    const std::vector<SessionLogin> logins = read_logins(options_);
    const std::string prefix = run_prefix();
    for (std::size_t at = 0; at < logins.size(); ++at)
        seats_.push_back({std::make_unique<LoadSession>(options_, logins[at], prefix + "-" + std::to_string(at) + "-",
                                                        share_of(options_.book_size, logins.size(), at), tally_)});
}

LoadRun::~LoadRun() { close(epoll_); }

RoundResult LoadRun::run(const Announce& announce) {
    const std::int64_t logon_ns = log_on();
    if (options_.idle)
        measure(announce);
    else
        trade(announce);
    log_out();
    return {logon_ns, elapsed_ns_, tally_};
}

void LoadRun::trade(const Announce& announce) {
    fill_book();
    settle();
    measure(announce);
    drain();
    if (!options_.leave_book) empty_book();
}

std::int64_t LoadRun::log_on() {
    const std::int64_t start_ns = monotonic_ns();
    auto waiting = seats_.begin();
    for (auto next = seats_.begin(); next != seats_.end();) {
        next->session->log_on(options_.numbers_file.empty() ? nullptr : &continued_[next->session->sender()]);
        watch(*next++, EPOLL_CTL_ADD);
        turn_until("logging on", [&] {
            waiting = std::find_if(waiting, next, [](const Seat& seat) { return !seat.session->logged_on(); });
            return next - waiting < logons_at_a_time;
        });
    }
    turn_until("logging on", [&] { return all(std::mem_fn(&LoadSession::logged_on)); });
    return monotonic_ns() - start_ns;
}

void LoadRun::fill_book() {
    set_aim(Aim::fill, unmeasured_window);
    turn_until("filling the book", [&] { return all(std::mem_fn(&LoadSession::aim_reached)); });
}

void LoadRun::settle() {
    set_aim(Aim::churn, options_.window);
    turn_until_ns("settling", monotonic_ns() + in_ns(options_.settle_ms));
}

void LoadRun::measure(const Announce& announce) {
    announce("measuring", 0, tally_);
    tally_.measuring = true;
    const std::int64_t start_ns = monotonic_ns();
    const std::uint64_t step_ms = options_.tell_every_ms == 0 ? options_.measure_ms : options_.tell_every_ms;
    for (std::uint64_t until_ms = step_ms; until_ms < options_.measure_ms; until_ms += step_ms) {
        turn_until_ns("measuring", start_ns + in_ns(until_ms));
        announce("counted", monotonic_ns() - start_ns, tally_);
    }
    turn_until_ns("measuring", start_ns + in_ns(options_.measure_ms));
    tally_.measuring = false;
    elapsed_ns_ = monotonic_ns() - start_ns;
    announce("measured", elapsed_ns_, tally_);
}

void LoadRun::drain() {
    set_aim(Aim::hold_still, 0);
    turn_until("waiting for the last answers", [&] { return all(std::mem_fn(&LoadSession::quiet)); });
}

void LoadRun::empty_book() {
    set_aim(Aim::empty, unmeasured_window);
    turn_until("emptying the book", [&] { return all(std::mem_fn(&LoadSession::aim_reached)); });
}

void LoadRun::log_out() {
    for (Seat& seat : seats_) {
        seat.session->log_out();
        watch_for_room(seat);
    }
    turn_until("logging out", [&] { return all(std::mem_fn(&LoadSession::logged_out)); });
    for (const Seat& seat : seats_) continued_[seat.session->sender()] = seat.session->numbers();
    write_numbers(options_.numbers_file, continued_);
}

void LoadRun::set_aim(Aim aim, std::size_t window) {
    for (Seat& seat : seats_) {
        seat.session->set_aim(aim, window);
        watch_for_room(seat);
    }
}

bool LoadRun::all(const std::function<bool(const LoadSession&)>& holds) const {
    return std::all_of(seats_.begin(), seats_.end(), [&](const Seat& seat) { return holds(*seat.session); });
}

void LoadRun::turn_until(const char* step, const std::function<bool()>& reached) {
    progress_ns_ = monotonic_ns();
    while (!reached()) {
        turn();
        note_progress(step);
    }
}

void LoadRun::turn_until_ns(const char* step, std::int64_t end_ns) {
    turn_until(step, [end_ns] { return monotonic_ns() >= end_ns; });
}

void LoadRun::turn() {
    epoll_event ready[64];
    const int count = epoll_wait(epoll_, ready, 64, turn_ms_max);
    for (int at = 0; at < count; ++at) take_turn(*static_cast<Seat*>(ready[at].data.ptr));
    // Only an idle turn has time for heartbeats; while turns are busy, few sessions can have been silent for long.
    if (count > 0) return;
    for (Seat& seat : seats_) {
        seat.session->keep_alive(monotonic_ns());
        watch_for_room(seat);
    }
}

void LoadRun::take_turn(Seat& seat) {
    seat.session->flush();
    seat.session->receive();
    if (seat.session->logged_out())
        epoll_ctl(epoll_, EPOLL_CTL_DEL, seat.session->socket(), nullptr);
    else
        watch_for_room(seat);
}

void LoadRun::watch_for_room(Seat& seat) const {
    if (seat.awaits_space != seat.session->has_unsent()) watch(seat, EPOLL_CTL_MOD);
}

void LoadRun::watch(Seat& seat, int operation) const {
    seat.awaits_space = seat.session->has_unsent();
    epoll_event interest{};
    interest.events = EPOLLIN | (seat.awaits_space ? EPOLLOUT : 0U);
    interest.data.ptr = &seat;
    epoll_ctl(epoll_, operation, seat.session->socket(), &interest);
}

void LoadRun::note_progress(const char* step) {
    const std::int64_t now_ns = monotonic_ns();
    if (tally_.answers != answers_seen_) {
        answers_seen_ = tally_.answers;
        progress_ns_ = now_ns;
    } else if (now_ns - progress_ns_ > in_ns(options_.silence_ms_max)) {
        throw LoadFailure(std::string("no answer for too long while ") + step);
    }
}

}  // namespace bench
