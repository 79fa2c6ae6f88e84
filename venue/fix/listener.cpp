#include "venue/fix/listener.hpp"

#include <chrono>
#include <utility>

#include "venue/fix/gateway.hpp"
#include "venue/fix/log.hpp"

namespace venue::fix {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using boost::system::error_code;

/// When no connection can be accepted, because there are too many, trying at once again helps nobody.
constexpr auto accept_retry = 100ms;

}  // namespace

Listener::Listener(boost::asio::io_context& io, std::string address, std::uint16_t port, Accepted accepted)
    : address_(std::move(address)), port_(port), acceptor_(io), retry_(io), accepted_(std::move(accepted)) {}

void Listener::fail(const error_code& why) const {
    throw CannotListen("Can't listen on " + address_ + ":" + std::to_string(port_) + ": " + why.message() + ".");
}

void Listener::bind() {
    try {
        const tcp::endpoint endpoint(boost::asio::ip::make_address(address_), port_);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(endpoint);
    } catch (const boost::system::system_error& error) {
        fail(error.code());
    }
}

void Listener::listen() {
    error_code error;
    acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
    if (error) fail(error);
}

void Listener::accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
        if (closed_) return;
        if (error) return accept_later(error);
        accepted_(std::move(socket));
        accept();
    });
}

void Listener::accept_later(const error_code& why) {
    if (failed_.add()) log().error("no connection can be accepted, the {}. time: {}", failed_.count(), why.message());
    retry_.expires_after(accept_retry);
    retry_.async_wait([this](const error_code& cancelled) {
        if (!cancelled) accept();
    });
}

void Listener::close() {
    closed_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
}

}  // namespace venue::fix
