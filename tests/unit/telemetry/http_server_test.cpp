// The endpoint over real sockets: what it answers, and what it limits.
#include "venue/telemetry/http_server.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace venue::telemetry {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A blocking socket of the test's; everything it waits for is due within seconds.
class Client {
  public:
    explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Client() { ::close(socket_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(const std::string& text) const {
        static_cast<void>(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL));
    }
    /// Everything until the other side closes.
    [[nodiscard]] std::string receive() const {
        std::string all;
        std::array<char, 4'096> bytes{};
        for (ssize_t count = 0; (count = ::recv(socket_, bytes.data(), bytes.size(), 0)) > 0;) {
            all.append(bytes.data(), static_cast<std::size_t>(count));
        }
        return all;
    }
    [[nodiscard]] bool is_connected() const { return connected_; }

  private:
    int socket_;
    bool connected_ = false;
};

std::uint16_t free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    static_cast<void>(::bind(probe, reinterpret_cast<const sockaddr*>(&address), size));
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(probe);
    return ntohs(address.sin_port);
}

struct HttpServerTest : ::testing::Test {
    std::uint16_t port = free_port();
    HttpServer server{"127.0.0.1", port, [](std::string_view path) {
                          return HttpAnswer{path == "/known" ? 200U : 404U, "text/plain", std::string(path)};
                      }};

    [[nodiscard]] std::string asked(const std::string& request) const {
        const Client client(port);
        client.send(request);
        return client.receive();
    }
};

TEST_F(HttpServerTest, answers_a_path_and_closes) {
    const auto answer = asked("GET /known HTTP/1.1\r\nHost: venue\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\n\r\n/known"));
    EXPECT_THAT(asked("GET /other HTTP/1.0\r\n\r\n"), HasSubstr(" 404 Not Found\r\n"));
}

TEST_F(HttpServerTest, declines_what_is_no_get) {
    EXPECT_THAT(asked("POST /known HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n"), HasSubstr(" 405 "));
}

TEST_F(HttpServerTest, closes_on_what_is_no_http_and_on_a_request_without_end) {
    EXPECT_EQ(asked("8=FIX.4.4\r\n\r\n"), "");
    EXPECT_EQ(asked("GET /" + std::string(HttpServer::request_bytes_max, 'a') + " HTTP/1.1\r\n\r\n"), "");
}

TEST_F(HttpServerTest, silent_peers_take_no_more_than_their_places_and_only_for_seconds) {
    std::vector<std::unique_ptr<Client>> silent;
    for (std::size_t i = 0; i < HttpServer::connections_max; ++i) silent.push_back(std::make_unique<Client>(port));
    EXPECT_EQ(asked("GET /known HTTP/1.1\r\n\r\n"), "") << "one more is closed at once";
    for (const auto& client : silent) EXPECT_EQ(client->receive(), "") << "after its seconds each is closed";
    EXPECT_THAT(asked("GET /known HTTP/1.1\r\n\r\n"), HasSubstr("200 OK"));
}

TEST_F(HttpServerTest, a_port_that_is_taken_is_said) { EXPECT_THROW(HttpServer("127.0.0.1", port, {}), CannotListen); }

}  // namespace
}  // namespace venue::telemetry
