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

/// The start of every ClOrdID of this process: the wall clock in milliseconds, so that no run repeats another's.
std::string run_prefix() {
    using namespace std::chrono;
    return std::to_string(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

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

RoundResult LoadRun::run(const std::function<void(const char*)>& announce) {
    log_on();
    fill_book();
    settle();
    const std::int64_t elapsed_ns = measure(announce);
    drain();
    if (!options_.leave_book) empty_book();
    log_out();
    return {elapsed_ns, tally_};
}

void LoadRun::log_on() {
    for (Seat& seat : seats_) {
        seat.session->log_on(options_.numbers_file.empty() ? nullptr : &continued_[seat.session->sender()]);
        watch(seat, EPOLL_CTL_ADD);
    }
    turn_until("logging on", [&] { return all(std::mem_fn(&LoadSession::logged_on)); });
}

void LoadRun::fill_book() {
    set_aim(Aim::fill, unmeasured_window);
    turn_until("filling the book", [&] { return all(std::mem_fn(&LoadSession::aim_reached)); });
}

void LoadRun::settle() {
    set_aim(Aim::churn, options_.window);
    turn_for("settling", options_.settle_ms);
}

std::int64_t LoadRun::measure(const std::function<void(const char*)>& announce) {
    announce("measuring");
    tally_.measuring = true;
    const std::int64_t start_ns = monotonic_ns();
    turn_for("measuring", options_.measure_ms);
    tally_.measuring = false;
    const std::int64_t elapsed_ns = monotonic_ns() - start_ns;
    announce("measured");
    return elapsed_ns;
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
    for (Seat& seat : seats_) seat.session->log_out();
    turn_until("logging out", [&] { return all(std::mem_fn(&LoadSession::logged_out)); });
    for (const Seat& seat : seats_) continued_[seat.session->sender()] = seat.session->numbers();
    write_numbers(options_.numbers_file, continued_);
}

void LoadRun::set_aim(Aim aim, std::size_t window) {
    for (Seat& seat : seats_) seat.session->set_aim(aim, window);
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

void LoadRun::turn_for(const char* step, std::uint64_t ms) {
    const std::int64_t end_ns = monotonic_ns() + static_cast<std::int64_t>(ms) * 1'000'000;
    turn_until(step, [end_ns] { return monotonic_ns() >= end_ns; });
}

void LoadRun::turn() {
    epoll_event ready[64];
    const int count = epoll_wait(epoll_, ready, 64, turn_ms_max);
    for (int at = 0; at < count; ++at) take_turn(*static_cast<Seat*>(ready[at].data.ptr));
    for (Seat& seat : seats_)
        if (seat.awaits_space != seat.session->has_unsent()) watch(seat, EPOLL_CTL_MOD);
    // Only an idle turn has time for heartbeats; while turns are busy, few sessions can have been silent for long.
    if (count > 0) return;
    for (Seat& seat : seats_) seat.session->keep_alive(monotonic_ns());
}

void LoadRun::take_turn(Seat& seat) {
    seat.session->flush();
    seat.session->receive();
    if (seat.session->logged_out()) epoll_ctl(epoll_, EPOLL_CTL_DEL, seat.session->socket(), nullptr);
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
    } else if (now_ns - progress_ns_ > static_cast<std::int64_t>(options_.silence_ms_max) * 1'000'000) {
        throw LoadFailure(std::string("no answer for too long while ") + step);
    }
}

}  // namespace bench
