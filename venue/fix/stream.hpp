// The bytes of one connection, as they are or by TLS: one question for each read and write, none for a byte.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <memory>
#include <string>
#include <utility>

namespace venue::fix {

class Stream {
  public:
    using Socket = boost::asio::ip::tcp::socket;

    explicit Stream(Socket socket) : socket_(std::move(socket)) {}

    [[nodiscard]] Socket& socket() { return socket_; }
    [[nodiscard]] const Socket& socket() const { return socket_; }

    /// From here on everything is encrypted. `done(error)`; nothing is read or written before.
    template <class Done>
    void secure(std::shared_ptr<boost::asio::ssl::context> context, Done done) {
        context_ = std::move(context);
        tls_ = std::make_unique<boost::asio::ssl::stream<Socket&>>(socket_, *context_);
        tls_->async_handshake(boost::asio::ssl::stream_base::server, std::move(done));
    }
    /// Hexadecimal SHA-256 of the certificate that the peer has shown; empty for none.
    [[nodiscard]] std::string peer_certificate() const;

    template <class Buffer, class Done>
    void async_read_some(const Buffer& buffer, Done done) {
        if (tls_) return tls_->async_read_some(buffer, std::move(done));
        socket_.async_read_some(buffer, std::move(done));
    }
    template <class Buffer, class Done>
    void async_write_some(const Buffer& buffer, Done done) {
        if (tls_) return tls_->async_write_some(buffer, std::move(done));
        socket_.async_write_some(buffer, std::move(done));
    }
    /// Tells the peer that nothing more comes. `done` keeps alive what this belongs to.
    template <class Done>
    void end_output(Done done) {
        boost::system::error_code ignored;
        if (!tls_) {
            socket_.shutdown(Socket::shutdown_send, ignored);
        } else if (!std::exchange(ended_, true)) {
            tls_->async_shutdown(std::move(done));
        }
    }

  private:
    Socket socket_;
    std::shared_ptr<boost::asio::ssl::context> context_;  ///< May have been replaced for those that come later.
    std::unique_ptr<boost::asio::ssl::stream<Socket&>> tls_;
    bool ended_ = false;
};

}  // namespace venue::fix
