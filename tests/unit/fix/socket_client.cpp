#include "tests/unit/fix/socket_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "venue/fix/encode.hpp"
#include "venue/fix/fields.hpp"

namespace venue::fix {
namespace {

std::string checksum(std::string_view bytes) {
    unsigned sum = 0;
    for (const char c : bytes) sum += static_cast<unsigned char>(c);
    char digits[4];
    std::snprintf(digits, sizeof digits, "%03u", sum % 256);
    return digits;
}

}  // namespace

std::string with_bars(std::string_view text) {
    std::string bytes(text);
    std::ranges::replace(bytes, '|', '\x01');
    return bytes;
}

std::string framed(std::string_view body, std::string_view begin_string) {
    const auto bytes =
        with_bars("8=" + std::string(begin_string) + "|9=" + std::to_string(body.size()) + "|" + std::string(body));
    return bytes + "10=" + checksum(bytes) + "\x01";
}

std::string utc_now() { return utc_before(std::chrono::seconds(0)); }

std::string utc_before(std::chrono::seconds ago) {
    const auto time = std::chrono::system_clock::now() - ago;
    return fix_time({std::chrono::nanoseconds(time.time_since_epoch()).count()});
}

SocketClient::SocketClient(std::uint16_t port, std::string comp_id, std::string begin_string)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)), comp_id_(std::move(comp_id)), begin_string_(std::move(begin_string)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) drop();
}

SocketClient::~SocketClient() { drop(); }

void SocketClient::drop() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

void SocketClient::shrink_buffer() {
    const int size = 1;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

void SocketClient::send_bytes(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void SocketClient::send_as(std::int64_t number, std::string_view type, std::string_view fields) {
    const std::string header = "35=" + std::string(type) + "|49=" + comp_id_ +
                               "|56=VENUE|34=" + std::to_string(number) + "|52=" + utc_now() + "|";
    send_bytes(framed(header + std::string(fields), begin_string_));
}

void SocketClient::send(std::string_view type, std::string_view fields) { send_as(next_number++, type, fields); }

void SocketClient::log_on(std::string_view username, std::string_view password, std::string_view more) {
    send("A",
         "98=0|108=30|" + std::string(more) + "553=" + std::string(username) + "|554=" + std::string(password) + "|");
}

bool SocketClient::read_more() {
    pollfd waiting{socket_, POLLIN, 0};
    if (socket_ < 0 || ::poll(&waiting, 1, patience_ms) <= 0) return false;
    char bytes[65'536];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

Received SocketClient::receive() {
    for (;;) {
        const auto trailer = buffer_.find(
            "\x01"
            "10=");
        const auto end = trailer == std::string::npos ? trailer : buffer_.find('\x01', trailer + 1);
        if (end != std::string::npos) {
            Received message{buffer_.substr(0, end + 1), {}};
            buffer_.erase(0, end + 1);
            Fields fields;
            fields.parse(message.bytes);
            for (const auto& field : fields.all()) message.fields[field.tag] = field.value;
            return message;
        }
        if (!read_more()) return {};
    }
}

Received SocketClient::receive(std::string_view type) {
    for (;;) {
        auto message = receive();
        if (message.fields.empty() || message.at(35) == type) return message;
    }
}

bool SocketClient::is_closed() {
    pollfd waiting{socket_, POLLIN, 0};
    while (::poll(&waiting, 1, patience_ms) > 0) {
        char bytes[4'096];
        if (::recv(socket_, bytes, sizeof bytes, 0) <= 0) return true;
    }
    return false;
}

}  // namespace venue::fix
