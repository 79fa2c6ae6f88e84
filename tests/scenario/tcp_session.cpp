#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "tests/scenario/tcp_venue.hpp"

namespace scenario {
namespace {

constexpr int patience_ms = 5'000;
constexpr std::size_t trailer_size = 7;  // "10=nnn" and the separator

int connected_socket(const std::string& address) {
    const auto colon = address.rfind(':');
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const auto host = address.substr(0, colon);
    const auto port = address.substr(colon + 1);
    if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) throw ScriptFault("no such address " + address);
    const int connection = ::socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    const bool connected = ::connect(connection, found->ai_addr, found->ai_addrlen) == 0;
    ::freeaddrinfo(found);
    if (!connected) throw ScriptFault("nobody listens at " + address);
    const int on = 1;
    ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connection;
}

std::string begin_string_of(const std::string& version) { return version == "5.0SP2" ? "FIXT.1.1" : "FIX." + version; }

std::string value_of(const Message& message, int tag) {
    const auto found = std::ranges::find(message.fields, tag, &Field::tag);
    return found == message.fields.end() ? std::string{} : found->value;
}

}  // namespace

TcpSession::TcpSession(const TcpTarget& target, std::string sender, const std::string& version,
                       const std::string& username, const std::string& password)
    : sender_(std::move(sender)),
      target_(target.comp_id),
      begin_string_(begin_string_of(version)),
      socket_(connected_socket(target.address)) {
    Message logon{"A", {{98, "0"}, {108, "30"}, {553, username}, {554, password}}};
    if (version == "5.0SP2") logon.fields.push_back({1137, "9"});
    send(logon);
    const auto answer = receive_any();
    if (!answer || answer->type != "A") throw ScriptFault("the venue declined the Logon of " + sender_);
}

TcpSession::~TcpSession() { ::close(socket_); }

void TcpSession::send(const Message& message) {
    const auto bytes = to_wire(message, sender_, target_, ++number_sent_, begin_string_);
    for (std::size_t sent = 0; sent < bytes.size();) {
        const auto count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) throw ScriptFault(sender_ + ": the venue closed the connection");
        sent += static_cast<std::size_t>(count);
    }
}

std::optional<Message> TcpSession::receive() {
    for (auto message = receive_any(); message; message = receive_any()) {
        if (message->type == "1") {
            send({"0", {{112, value_of(*message, 112)}}});
        } else if (message->type == "5") {
            throw ScriptFault(sender_ + " was logged out: " + value_of(*message, 58));
        } else if (message->type != "0") {
            return message;
        }
    }
    return {};
}

std::optional<Message> TcpSession::receive_any() {
    while (true) {
        if (const auto bytes = take_message()) return from_wire(*bytes);
        if (!read_more()) return {};
    }
}

/// The first whole message of what was read, by its BodyLength.
std::optional<std::string> TcpSession::take_message() {
    const auto length = buffer_.find(
        "\x01"
        "9=");
    const auto body = length == std::string::npos ? length : buffer_.find('\x01', length + 1);
    if (body == std::string::npos) return {};
    const auto size = body + 1 + std::stoul(buffer_.substr(length + 3)) + trailer_size;
    if (buffer_.size() < size) return {};
    auto message = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return message;
}

/// False when nothing comes any more.
bool TcpSession::read_more() {
    pollfd ready{socket_, POLLIN, 0};
    if (::poll(&ready, 1, patience_ms) <= 0) return false;
    std::array<char, 65'536> bytes{};
    const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

}  // namespace scenario
