// One address and port that connections are accepted on, on the worker's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <functional>
#include <string>

#include "venue/fix/sparse_count.hpp"

namespace venue::fix {

class Listener {
  public:
    using Accepted = std::function<void(boost::asio::ip::tcp::socket)>;

    Listener(boost::asio::io_context& io, std::string address, std::uint16_t port, Accepted accepted);

    /// Takes the port. Throws CannotListen.
    void bind();
    /// The system may let connections in from here on. Throws CannotListen.
    void listen();
    /// Gives connections, one by one.
    void accept();
    void close();

  private:
    void accept_later(const boost::system::error_code& why);
    [[noreturn]] void fail(const boost::system::error_code& why) const;

    const std::string address_;
    const std::uint16_t port_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer retry_;
    Accepted accepted_;
    SparseCount failed_;  ///< Attempts to accept a connection.
    bool closed_ = false;
};

}  // namespace venue::fix
