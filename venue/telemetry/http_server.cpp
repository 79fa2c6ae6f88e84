#include "venue/telemetry/http_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <csignal>
#include <thread>
#include <utility>

namespace venue::telemetry {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using boost::system::error_code;
namespace beast = boost::beast;
namespace http = beast::http;

/// When no connection can be accepted, because there are too many, trying at once again helps nobody.
constexpr auto accept_retry = 100ms;

/// The thread that it starts takes no signal: what a signal does is decided elsewhere.
std::thread start_without_signals(std::function<void()> work) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread(std::move(work));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

/// One connection asks once. It lives as long as something that it waits for holds it.
class Exchange : public std::enable_shared_from_this<Exchange> {
  public:
    Exchange(tcp::socket socket, const HttpServer::Answer& answer, std::size_t& open)
        : stream_(std::move(socket)), answer_(answer), open_(open) {
        ++open_;
    }
    ~Exchange() { --open_; }

    void start() {
        parser_.header_limit(HttpServer::request_bytes_max);
        stream_.expires_after(std::chrono::seconds(HttpServer::request_seconds_max));
        http::async_read_header(stream_, buffer_, parser_, [self = shared_from_this()](error_code error, std::size_t) {
            if (!error) self->respond();
        });
    }

  private:
    [[nodiscard]] HttpAnswer judge() const {
        if (parser_.get().method() != http::verb::get) return {405, "text/plain; charset=utf-8", "Only GET is.\n"};
        return answer_({parser_.get().target().data(), parser_.get().target().size()});
    }

    void respond() {
        auto answer = judge();
        response_.result(answer.status);
        response_.set(http::field::content_type, answer.content_type);
        response_.set(http::field::cache_control, "no-store");
        response_.keep_alive(false);
        response_.body() = std::move(answer.body);
        response_.prepare_payload();
        http::async_write(stream_, response_, [self = shared_from_this()](error_code, std::size_t) { self->close(); });
    }

    void close() {
        error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }

    beast::tcp_stream stream_;
    beast::flat_buffer buffer_{HttpServer::request_bytes_max};
    http::request_parser<http::empty_body> parser_;
    http::response<http::string_body> response_;
    const HttpServer::Answer& answer_;
    std::size_t& open_;
};

}  // namespace

/// Everything in here happens on its own thread, but for making and ending it.
class HttpServer::Body {
  public:
    Body(const std::string& address, std::uint16_t port, Answer answer)
        : answer_(std::move(answer)), acceptor_(io_), retry_(io_) {
        listen(address, port);
        accept();
        thread_ = start_without_signals([this] { io_.run(); });
    }
    ~Body() {
        io_.stop();
        thread_.join();
    }

  private:
    void listen(const std::string& address, std::uint16_t port) {
        try {
            const tcp::endpoint endpoint(boost::asio::ip::make_address(address), port);
            acceptor_.open(endpoint.protocol());
            acceptor_.set_option(tcp::acceptor::reuse_address(true));
            acceptor_.bind(endpoint);
            acceptor_.listen();
        } catch (const boost::system::system_error& error) {
            throw CannotListen("[telemetry]: can't listen on " + address + ":" + std::to_string(port) + ": " +
                               error.code().message() + ".");
        }
    }

    void accept() {
        acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
            if (error) return try_later();
            if (open_ < connections_max) std::make_shared<Exchange>(std::move(socket), answer_, open_)->start();
            accept();
        });
    }

    void try_later() {
        retry_.expires_after(accept_retry);
        retry_.async_wait([this](const error_code& error) {
            if (!error) accept();
        });
    }

    // What connections refer to stands before the context that they live in.
    Answer answer_;
    std::size_t open_ = 0;
    boost::asio::io_context io_{1};
    tcp::acceptor acceptor_;
    boost::asio::steady_timer retry_;
    std::thread thread_;
};

HttpServer::HttpServer(const std::string& address, std::uint16_t port, Answer answer)
    : body_(std::make_unique<Body>(address, port, std::move(answer))) {}
HttpServer::~HttpServer() = default;

}  // namespace venue::telemetry
