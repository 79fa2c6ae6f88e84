// How a connection comes in: whom a proxy speaks for, whether he may come, and the handshake, each before a deadline.
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>

#include <algorithm>

#include "venue/fix/connection.hpp"
#include "venue/fix/network_address.hpp"
#include "venue/fix/proxy_header.hpp"

namespace venue::fix {
namespace {

using boost::system::error_code;

}  // namespace

void Connection::start() {
    const bool is_proxied = std::ranges::any_of(
        settings_.proxies, [this](const model::AddressRange& proxies) { return proxies.contains(address_); });
    arm_deadline(std::chrono::milliseconds(settings_.handshake_timeout_ms), "no handshake in time");
    if (is_proxied) return read_proxy_header();
    arrive();
}

/// Not a byte more than the header has: what comes behind it may be encrypted.
void Connection::read_proxy_header() {
    const auto missing = missing_of_proxy_header(proxy_header_);
    if (!missing) return close("it comes from a proxy's address and has no header");
    if (*missing == 0) return take_proxy_header();
    const auto known = proxy_header_.size();
    proxy_header_.resize(known + *missing);
    boost::asio::async_read(stream_.socket(), boost::asio::buffer(proxy_header_.data() + known, *missing),
                            [self = shared_from_this()](const error_code& error, std::size_t /*count*/) {
                                if (self->stage_ == Stage::closed) return;
                                if (error) return self->close(error.message());
                                self->read_proxy_header();
                            });
}

void Connection::take_proxy_header() {
    const auto peer = peer_of_proxy_header(proxy_header_);
    proxy_header_ = {};
    if (!peer) return close("its proxy's header is wrong");
    if (!peer->is_proxy_itself) {
        address_ = peer->address;
        peer_ = text_of(address_) + ":" + std::to_string(peer->port) + " by way of " + peer_;
    }
    arrive();
}

/// Who it is is known.
void Connection::arrive() {
    if (!events_.arrived(*this)) return close("too much comes from there");
    if (!tls_) return await_logon();
    stream_.secure(tls_, [self = shared_from_this()](const error_code& error) { self->secured(error); });
}

void Connection::secured(const error_code& error) {
    if (stage_ == Stage::closed) return;
    if (error) return close("no handshake: " + error.message());
    certificate_ = stream_.peer_certificate();
    await_logon();
}

void Connection::await_logon() {
    stage_ = Stage::awaiting_logon;
    arm_deadline(std::chrono::milliseconds(settings_.logon_timeout_ms), "no logon in time");
    read();
}

}  // namespace venue::fix
