// One measured round from logon to logout, as a sequence of steps over all sessions in one thread.
#pragma once

#include "tests/bench/load_session.hpp"

#include <functional>
#include <map>
#include <memory>

namespace bench {

struct RoundResult {
    std::int64_t logon_ns = 0;  // from the first connection to the last Logon's answer
    std::int64_t elapsed_ns = 0;
    Tally tally;
};

class LoadRun {
  public:
    explicit LoadRun(const LoadOptions& options);
    ~LoadRun();
    LoadRun(const LoadRun&) = delete;
    LoadRun& operator=(const LoadRun&) = delete;

    /// Called with "measuring" and "measured" at the two ends of what is counted and, where that is wanted, with
    /// "counted" in between.
    using Announce = std::function<void(const char* step, std::int64_t elapsed_ns, const Tally&)>;
    RoundResult run(const Announce& announce);

  private:
    struct Seat {
        std::unique_ptr<LoadSession> session;
        bool awaits_space = false;  // epoll also watches for room to write
    };

    void trade(const Announce& announce);
    std::int64_t log_on();
    void fill_book();
    void settle();
    void measure(const Announce& announce);
    void drain();
    void empty_book();
    void log_out();

    void set_aim(Aim aim, std::size_t window);
    bool all(const std::function<bool(const LoadSession&)>& holds) const;
    void turn_until(const char* step, const std::function<bool()>& reached);
    void turn_until_ns(const char* step, std::int64_t end_ns);
    void turn();
    void take_turn(Seat& seat);
    void watch(Seat& seat, int operation) const;
    void watch_for_room(Seat& seat) const;
    void note_progress(const char* step);

    const LoadOptions options_;
    Tally tally_;
    std::vector<Seat> seats_;
    std::map<std::string, SessionNumbers> continued_;
    int epoll_;
    std::uint64_t answers_seen_ = 0;
    std::int64_t progress_ns_ = 0;
    std::int64_t elapsed_ns_ = 0;
};

}  // namespace bench
