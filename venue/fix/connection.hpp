// One TCP connection: cuts what arrives into checked messages, and writes what is queued with one call per wake-up. It
// lives on the worker's thread; every call returns at once, and nothing that it calls is under it on the stack when
// `closed` is told.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "venue/fix/framer.hpp"
#include "venue/fix/gateway.hpp"
#include "venue/fix/sparse_count.hpp"
#include "venue/fix/stream.hpp"

namespace venue::fix {

class Connection;
class SessionPort;

/// What a connection tells; one set for all connections of a gateway.
struct ConnectionEvents {
    /// It is known who comes; false: he isn't let in now.
    std::function<bool(Connection&)> arrived;
    std::function<void(Connection&, std::string_view message)> message;
    /// Everything queued up to and with this mark is in the kernel's hands, and with it what came of requests that were
    /// read at these moments.
    std::function<void(Connection&, model::Sequence mark, std::span<const std::int64_t> read_at)> written;
    /// What the session of that CompID is told from here on.
    std::function<void(std::string_view comp_id, std::string_view messages)> telling;
    std::function<void(Connection&)> closed;
    std::function<bool()> has_room;
    Traffic& traffic;
};

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    /// `tls`: what it is encrypted by; null: it isn't.
    Connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> tls,
               const Settings& settings, const ConnectionEvents& events);

    /// Reads, and closes when no handshake was done or no logon admitted in time.
    void start();
    /// The Logon is being judged: what arrives behind it waits.
    void hold();
    /// The Logon was accepted: messages flow.
    void admit();

    /// Append whole messages here, then call `queued`.
    std::string& output() { return output_; }
    /// `mark`: the last event among what is queued, zero for none. Too much waiting closes the connection.
    void queued(model::Sequence mark = {});
    /// Nothing that is queued by now counts as written.
    void forget_marks() { output_mark_ = writing_mark_ = {}; }
    /// What came of a request that was read at this moment leaves with what is queued next.
    void note_outcome(std::int64_t read_at);
    [[nodiscard]] std::size_t waiting() const { return output_.size() + writing_.size() - written_; }
    /// Whether a write is on its way, with nothing of what is queued from here on.
    [[nodiscard]] bool is_writing() const { return !writing_.empty(); }

    /// Writes what is queued, then closes; reads no more messages.
    void finish();
    void close(std::string_view why);
    /// Called once a second: a write that makes no progress ends the connection.
    void check_progress(std::chrono::steady_clock::time_point now);

    [[nodiscard]] bool is_open() const { return stage_ < Stage::finishing; }
    [[nodiscard]] const std::string& peer() const { return peer_; }
    [[nodiscard]] bool is_encrypted() const { return tls_ != nullptr; }
    /// Where it comes from, or whom its proxy speaks for.
    [[nodiscard]] const model::NetworkAddress& address() const { return address_; }
    /// Hexadecimal SHA-256 of the certificate that was shown; empty for none.
    [[nodiscard]] const std::string& certificate() const { return certificate_; }
    /// When bytes were last read: the moment at which the message that is being given was complete.
    [[nodiscard]] std::int64_t read_at() const { return read_at_; }

    /// Whose connection this is; null before the Logon.
    SessionPort* port = nullptr;
    /// The session that it asked for, whether it was let on or not; empty before.
    std::string comp_id;

  private:
    enum class Stage { arriving, awaiting_logon, held, admitted, finishing, closed };

    void read_proxy_header();
    void take_proxy_header();
    void arrive();
    void secured(const boost::system::error_code& error);
    void await_logon();

    void read();
    void received(const boost::system::error_code& error, std::size_t count);
    void deliver();
    bool deliver_next();
    void judge_stream();
    void wait_for_room();
    void schedule_flush();
    void flush();
    void write();
    void wrote(const boost::system::error_code& error, std::size_t count);
    void arm_deadline(std::chrono::milliseconds after, std::string_view why);

    Stream stream_;
    std::shared_ptr<boost::asio::ssl::context> tls_;
    boost::asio::steady_timer deadline_;
    boost::asio::steady_timer room_;
    const Settings& settings_;
    const ConnectionEvents& events_;
    std::string peer_;
    model::NetworkAddress address_;
    std::string proxy_header_;
    std::string certificate_;
    Stage stage_ = Stage::arriving;

    Framer framer_;
    SparseCount garbled_;
    SparseCount lies_;
    std::int64_t read_at_ = 0;  ///< On the monotonic clock, in nanoseconds.
    std::int64_t began_at_;
    bool reading_ = false;
    bool waiting_for_room_ = false;

    std::string output_;   ///< Queued since the last write began.
    std::string writing_;  ///< In the kernel's hands up to `written_`.
    std::size_t written_ = 0;
    model::Sequence output_mark_;
    model::Sequence writing_mark_;
    std::vector<std::int64_t> output_read_at_;
    std::vector<std::int64_t> writing_read_at_;
    bool flush_scheduled_ = false;
    std::chrono::steady_clock::time_point progress_;
};

}  // namespace venue::fix
