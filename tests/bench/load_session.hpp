// One FIX session of the load generator: its socket, its numbers, its orders. Single-threaded and non-blocking;
// the run calls it when the socket is ready. Everything it writes in one turn leaves in one write.
#pragma once

#include "tests/bench/fix_text.hpp"
#include "tests/bench/latency_histogram.hpp"
#include "tests/bench/load_options.hpp"
#include "tests/bench/order_flow.hpp"

#include <memory>
#include <string>

namespace bench {

std::int64_t monotonic_ns();

/// What all sessions count together. Only answers that arrive while `measuring` enter the result.
struct Tally {
    bool measuring = false;
    std::uint64_t answers = 0;  // all of them, so that silence is noticed
    std::uint64_t measured_places = 0;
    std::uint64_t measured_cancels = 0;
    LatencyHistogram latency;
};

struct SessionNumbers {
    std::uint64_t next_out = 1;
    std::uint64_t next_in = 1;
};

class LoadSession {
  public:
    LoadSession(const LoadOptions& options, const SessionLogin& login, std::string id_prefix, std::size_t share,
                Tally& tally);
    ~LoadSession();
    LoadSession(const LoadSession&) = delete;
    LoadSession& operator=(const LoadSession&) = delete;

    /// Connects and sends the Logon: with 141=Y, or without it at the numbers given.
    void log_on(const SessionNumbers* continued);
    void log_out();
    bool logged_on() const { return state_ == State::on; }
    bool logged_out() const { return state_ == State::off; }

    void set_aim(Aim aim, std::size_t window);
    bool aim_reached() const { return flow_.aim_reached() && flow_.awaited() == 0; }
    bool quiet() const { return flow_.awaited() == 0; }

    /// Reads once, answers what was read, sends what the window then allows.
    void receive();
    /// Writes what an earlier write had to leave behind.
    void flush();
    /// Keeps the session alive when nothing else has been sent for a heartbeat interval.
    void keep_alive(std::int64_t now_ns);

    int socket() const { return socket_; }
    bool has_unsent() const { return sent_ < output_.size(); }
    const std::string& sender() const { return login_.sender; }
    SessionNumbers numbers() const { return numbers_; }

  private:
    enum class State { unconnected, logging_on, on, logging_out, off };

    std::string_view unread() const { return {input_.get() + consumed_, filled_ - consumed_}; }
    bool read_socket();
    void take_messages(std::int64_t now_ns);
    void take(const ReceivedMessage& message, std::int64_t now_ns);
    void take_number(const ReceivedMessage& message);
    bool take_administrative(const ReceivedMessage& message);
    void take_logon();
    void take_logout(const ReceivedMessage& message);
    void take_answer(const ReceivedMessage& message, std::int64_t now_ns);
    RequestKind confirmed_kind(const ReceivedMessage& message) const;

    void send_requests();
    void write_request(const Request& request);
    void write_heartbeat(std::string_view test_req_id);
    std::string cl_ord_id(std::uint64_t number) const { return id_prefix_ + std::to_string(number); }
    [[noreturn]] void fail(const std::string& reason, std::string_view message) const;

    const LoadOptions& options_;
    const SessionLogin login_;
    const std::string id_prefix_;
    Tally& tally_;
    OrderFlow flow_;
    MessageWriter writer_;
    State state_ = State::unconnected;
    SessionNumbers numbers_;
    int socket_ = -1;
    std::unique_ptr<char[]> input_;
    std::size_t consumed_ = 0;
    std::size_t filled_ = 0;
    std::string output_;
    std::size_t sent_ = 0;
    std::int64_t last_sent_ns_ = 0;
};

}  // namespace bench
