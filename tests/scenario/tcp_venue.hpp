// A running venue, reached over TCP as a participant reaches it: a plain socket per session, messages cut out of the
// stream here, and balances read from its database by SQL.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "tests/scenario/script.hpp"
#include "tests/scenario/venue_under_test.hpp"

namespace scenario {

struct TcpTarget {
    std::string address;  ///< "host:port"
    std::string comp_id = "VENUE";
    std::string credentials_file;  ///< Lines of "name sender username password account".
    std::string database;
    std::string operating;  ///< A command that does what the operator types behind `venue`.
};

/// One connection with its numbers. It answers TestRequests and keeps administrative messages to itself.
class TcpSession {
  public:
    /// Connects and logs on; throws ScriptFault when the venue declines.
    TcpSession(const TcpTarget& target, std::string sender, const std::string& version, const std::string& username,
               const std::string& password);
    ~TcpSession();
    TcpSession(const TcpSession&) = delete;
    TcpSession& operator=(const TcpSession&) = delete;

    void send(const Message& message);
    /// The next message that is for the participant; nothing after five seconds.
    std::optional<Message> receive();

  private:
    std::optional<Message> receive_any();
    std::optional<std::string> take_message();
    bool read_more();

    std::string sender_;
    std::string target_;
    std::string begin_string_;
    std::string buffer_;
    int socket_ = -1;
    int number_sent_ = 0;
};

class TcpVenue final : public VenueUnderTest {
  public:
    TcpVenue(const Script& script, TcpTarget target);

    void send(const std::string& session, const Message& message) override { sessions_.at(session)->send(message); }
    std::optional<Message> receive(const std::string& session) override { return sessions_.at(session)->receive(); }
    std::optional<Message> left_over(const std::string& session) override;
    std::string ledger(const std::string& account, const std::string& asset) override;
    std::string held(const std::string& account, const std::string& asset) override;
    void operate(const std::vector<std::string>& words) override;
    void set_time(std::int64_t nanoseconds) override;
    [[nodiscard]] std::int64_t time() const override { return 0; }

  private:
    std::string balance(const char* column, const std::string& account, const std::string& asset) const;

    TcpTarget target_;
    std::map<std::string, std::unique_ptr<TcpSession>> sessions_;
};

}  // namespace scenario
