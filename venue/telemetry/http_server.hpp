// A small HTTP server for those who watch: GET only, a limit on everything that comes from outside, one thread of its
// own. A slow or malicious peer costs one of a few connections for a few seconds, and the venue nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace venue::telemetry {

/// The address can't be listened on.
struct CannotListen : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct HttpAnswer {
    unsigned status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
};

class HttpServer {
  public:
    /// Answers a path; called on the server's thread.
    using Answer = std::function<HttpAnswer(std::string_view path)>;

    static constexpr std::size_t connections_max = 16;
    static constexpr std::size_t request_bytes_max = 8'192;
    static constexpr int request_seconds_max = 5;

    /// Listens from here on. Throws CannotListen.
    HttpServer(const std::string& address, std::uint16_t port, Answer answer);
    ~HttpServer();

  private:
    class Body;
    std::unique_ptr<Body> body_;
};

}  // namespace venue::telemetry
