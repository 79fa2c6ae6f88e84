// A FIX client on a plain socket that sends exactly what a test says, right or wrong.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace venue::fix {

/// "8=FIX.4.4|9=…|35=D|" with separators in place of the bars, and the trailer behind it.
std::string with_bars(std::string_view text);
/// Frames a body such as "35=0|49=ALICE|…|": BeginString, BodyLength and CheckSum are put around it.
std::string framed(std::string_view body, std::string_view begin_string = "FIX.4.4");
/// The present time as SendingTime shows it.
std::string utc_now();
/// The time so long ago.
std::string utc_before(std::chrono::seconds ago);

/// One received message. Fields of repeating groups are their last.
struct Received {
    std::string bytes;
    std::map<int, std::string> fields;
    [[nodiscard]] std::string at(int tag) const { return fields.contains(tag) ? fields.at(tag) : ""; }
};

class SocketClient {
  public:
    /// Waits for the port to accept; a test that waits longer than this fails.
    static constexpr int patience_ms = 10'000;

    explicit SocketClient(std::uint16_t port, std::string comp_id = "ALICE", std::string begin_string = "FIX.4.4");
    ~SocketClient();
    SocketClient(const SocketClient&) = delete;
    SocketClient& operator=(const SocketClient&) = delete;

    /// Sends "35=TYPE" with the standard header and `fields` ("11=a1|55=BTC-USD|"), and counts the number.
    void send(std::string_view type, std::string_view fields = "");
    /// The same with a number of the test's, and header fields of its own behind it.
    void send_as(std::int64_t number, std::string_view type, std::string_view fields = "");
    void send_bytes(std::string_view bytes);
    /// Sends a Logon with these secrets.
    void log_on(std::string_view username, std::string_view password, std::string_view more = "");

    /// The next message; one without fields when the connection was closed or nothing came in time.
    Received receive();
    /// The next message of this type; others are dropped.
    Received receive(std::string_view type);
    /// True when the peer closes, whatever it sends before.
    bool is_closed();
    /// Closes the socket as a crash would.
    void drop();
    /// The smallest receive buffer that the system gives, so that a peer's writes stall soon.
    void shrink_buffer();

    std::int64_t next_number = 1;

  private:
    bool read_more();

    int socket_ = -1;
    std::string comp_id_;
    std::string begin_string_;
    std::string buffer_;
};

}  // namespace venue::fix
