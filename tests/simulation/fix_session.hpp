// A participant's side of a FIX session, as a stock engine keeps it: numbers, gaps, resends and duplicates, across
// connections and restarts of the venue. It knows nothing of the venue's code, and tells when the venue breaks the
// rules.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/findings.hpp"
#include "tests/simulation/line.hpp"
#include "tests/simulation/wire.hpp"

namespace venue::simulation {

/// What the session tells the participant that uses it.
struct SessionEvents {
    /// An application message or Reject, in the order of its number, once; or again as a duplicate of one told before.
    std::function<void(const WireMessage&)> message;
    /// A request of this number is not sent again: what was missing of it is filled as a gap.
    std::function<void(std::int64_t number)> withdrawn;
    /// A request of this number is sent again, so many nanoseconds after the first time.
    std::function<void(std::int64_t number, std::int64_t age)> sent_again;
    /// Messages that the venue wrote and that will not be asked for: a reset gives them up.
    std::function<void(const WireMessage&)> given_up;
};

class FixSession {
  public:
    FixSession(std::string comp_id, std::string secret, Run& run, SessionEvents events);

    // Connections.
    [[nodiscard]] bool is_connected() const { return line_ != nullptr; }
    [[nodiscard]] bool is_logged_on() const { return line_ != nullptr && logged_on_; }
    [[nodiscard]] Line& line() { return *line_; }
    /// Sends a Logon over a new line to the venue of that number. With `reset` both sides begin at 1; `off` is added to
    /// its number, wrongly.
    void log_on(std::unique_ptr<Line> line, int venue, bool reset, std::int64_t off);
    void log_out();
    /// The connection ends, with what lies on it.
    void drop();
    /// The venue is gone; of what lies on the line, so many bytes still arrive.
    void lose_venue(std::size_t kept);

    /// Reads at most so many bytes. False when there was nothing to read.
    bool receive(std::size_t most);

    // Sending. Each returns the message's number.
    std::int64_t send(const std::string& type, const WireFields& body);
    /// Sends only half of the message, and then the connection drops.
    std::int64_t send_half(const std::string& type, const WireFields& body);
    /// The message waits until the one after it was sent.
    std::int64_t send_late(const std::string& type, const WireFields& body);
    /// The last application message once more: marked as a duplicate, or as if it were new.
    void send_again(bool marked);
    void request_resend(std::int64_t first, std::int64_t last);
    /// Asks again for what is missing, if anything is.
    void request_what_is_missing();
    /// Both make the number of what was sent last known to the venue; the second one makes it answer.
    void heartbeat() { send("0", {}); }
    void test() { send("1", {{112, "are you there"}}); }

    [[nodiscard]] std::int64_t next_expected() const { return next_in_; }
    [[nodiscard]] std::int64_t last_sent() const { return next_out_ - 1; }
    [[nodiscard]] bool has_gap() const { return !ahead_.empty(); }
    /// How often both sides' numbers were begun anew.
    [[nodiscard]] int reset_count() const { return reset_count_; }
    /// Set until a Logon that asked for a reset was answered.
    [[nodiscard]] bool wants_reset() const { return wants_reset_; }
    /// Over every byte that was read.
    [[nodiscard]] std::uint64_t hash() const { return hash_; }

  private:
    struct Sent {
        std::string type;
        WireFields body;
        std::int64_t time = 0;
        int connection = 0;
    };
    struct Known {
        WireMessage message;
        int venue = 0;  ///< Which told it.
    };

    void begin_anew();
    std::string build(std::int64_t number, const Sent& message, bool again) const;
    void transmit(const std::string& bytes);
    void disconnect();
    void take_all();
    void take(const WireMessage& message);
    void take_in_turn(const WireMessage& message);
    void take_ahead(std::int64_t number, const WireMessage& message);
    void compare(std::int64_t number, const WireMessage& message);
    void compare_gap(std::int64_t first, std::int64_t next);
    void act_at_once(const WireMessage& message);
    void dispatch(const WireMessage& message);
    void answer_resend(std::int64_t first, std::int64_t last);
    [[nodiscard]] bool is_withdrawn(std::int64_t number, const Sent& sent);
    void fill_gap(std::int64_t first, std::int64_t next);
    void give_up(std::string bytes);

    const std::string comp_id_;
    const std::string secret_;
    Run& run_;
    SessionEvents events_;

    std::unique_ptr<Line> line_;
    bool logged_on_ = false;
    bool logging_out_ = false;
    std::string stream_;
    std::string late_;
    std::int64_t asked_until_ = 0;
    int connection_ = 0;
    int reset_count_ = 0;
    int venue_ = 0;
    bool wants_reset_ = false;
    std::uint64_t hash_ = 0xcbf29ce484222325;

    std::int64_t next_out_ = 1;
    std::int64_t next_in_ = 1;
    std::map<std::int64_t, Sent> sent_;
    std::map<std::int64_t, Known> known_;
    std::set<std::int64_t> gaps_;
    std::map<std::int64_t, Known> ahead_;
    std::string cut_off_;            ///< Behind what still arrives of a venue that is gone.
    std::vector<std::string> lost_;  ///< What never arrived in this incarnation; one piece a connection.
};

}  // namespace venue::simulation
