#include "venue/fix/gateway.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <mutex>
#include <thread>
#include <utility>

#include "venue/fix/door.hpp"
#include "venue/fix/journal_reader.hpp"
#include "venue/fix/log.hpp"
#include "venue/fix/sparse_count.hpp"

namespace venue::fix {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using boost::system::error_code;

/// Session timers run on whole seconds.
constexpr auto tick_every = 1s;
/// When no connection can be accepted, because there are too many, trying at once again helps nobody.
constexpr auto accept_retry = 100ms;
/// How long participants may take to answer the last Logout.
constexpr auto stop_wait = 3s;

}  // namespace

/// Everything in here happens on one thread, the worker, but for `release`, `stop` and what the journal's reader does.
class Gateway::Body {
  public:
    Body(Settings settings, Wiring wiring)
        : address_(settings.address),
          port_(settings.port),
          traffic_(wiring.traffic),
          acceptor_(io_),
          tick_(io_),
          retry_(io_),
          reader_([this](JournalReader::Use use) { boost::asio::post(io_, std::move(use)); }),
          door_(settings, std::move(wiring), reader_, read_dictionaries(settings.dictionaries),
                [this] { end_when_quiet(); }) {}
    ~Body() { stop(); }

    void bind();
    void restore(const model::Reference& reference, const std::vector<RestoredSession>& sessions,
                 model::Sequence last) {
        door_.restore(reference, sessions, last);
    }
    void start();
    void release(std::shared_ptr<const model::Group> group);
    void stop();

  private:
    void accept();
    void accepted(const error_code& error, tcp::socket socket);
    void accept_later(const error_code& why);
    void tick();
    void release_waiting();
    void say_goodbye();
    void end_when_quiet();

    const std::string address_;
    const std::uint16_t port_;
    const std::shared_ptr<Traffic> traffic_;
    boost::asio::io_context io_{1};
    tcp::acceptor acceptor_;
    boost::asio::steady_timer tick_;
    boost::asio::steady_timer retry_;
    ReaderThread reader_;
    Door door_;
    SparseCount failed_;  ///< Attempts to accept a connection.
    bool stopping_ = false;

    std::mutex mutex_;
    std::vector<std::shared_ptr<const model::Group>> waiting_;  ///< Released, not yet taken by the worker.
    std::thread worker_;
};

// ---- Listening ------------------------------------------------------------------------------------------------------

void Gateway::Body::bind() {
    try {
        const tcp::endpoint endpoint(boost::asio::ip::make_address(address_), port_);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(endpoint);
    } catch (const boost::system::system_error& error) {
        throw CannotListen("Can't listen on " + address_ + ":" + std::to_string(port_) + ": " + error.code().message() +
                           ".");
    }
}

void Gateway::Body::accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) { accepted(error, std::move(socket)); });
}

void Gateway::Body::accepted(const error_code& error, tcp::socket socket) {
    if (stopping_) return;
    if (error) return accept_later(error);
    door_.let_in(std::move(socket));
    accept();
}

void Gateway::Body::accept_later(const error_code& why) {
    if (failed_.add()) log().error("no connection can be accepted, the {}. time: {}", failed_.count(), why.message());
    retry_.expires_after(accept_retry);
    retry_.async_wait([this](const error_code& cancelled) {
        if (!cancelled) accept();
    });
}

void Gateway::Body::tick() {
    tick_.expires_after(tick_every);
    tick_.async_wait([this](const error_code& error) {
        if (error) return;
        door_.tick(std::chrono::steady_clock::now());
        tick();
    });
}

// ---- Releases -------------------------------------------------------------------------------------------------------

void Gateway::Body::release(std::shared_ptr<const model::Group> group) {
    bool is_first = false;
    {
        const std::lock_guard lock(mutex_);
        is_first = waiting_.empty();
        waiting_.push_back(std::move(group));
        traffic_->waiting_groups = static_cast<std::int64_t>(waiting_.size());
    }
    if (is_first) boost::asio::post(io_, [this] { release_waiting(); });
}

void Gateway::Body::release_waiting() {
    std::vector<std::shared_ptr<const model::Group>> groups;
    {
        const std::lock_guard lock(mutex_);
        groups.swap(waiting_);
        traffic_->waiting_groups = 0;
    }
    for (const auto& group : groups) door_.release(*group);
}

// ---- Threads --------------------------------------------------------------------------------------------------------

void Gateway::Body::start() {
    error_code error;
    acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
    if (error) throw CannotListen("Can't listen: " + error.message() + ".");
    boost::asio::post(io_, [this] {
        door_.open();
        accept();
        tick();
    });
    worker_ = std::thread([this] { io_.run(); });
}

void Gateway::Body::stop() {
    if (worker_.joinable()) {
        boost::asio::post(io_, [this] { say_goodbye(); });
        worker_.join();
    }
    reader_.stop();
}

void Gateway::Body::say_goodbye() {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
    door_.say_goodbye();
    tick_.expires_after(stop_wait);
    tick_.async_wait([this](const error_code& error) {
        if (!error) io_.stop();
    });
    end_when_quiet();
}

void Gateway::Body::end_when_quiet() {
    if (stopping_ && door_.is_quiet()) io_.stop();
}

// ---- The door -------------------------------------------------------------------------------------------------------

Gateway::Gateway(Settings settings, Wiring wiring)
    : body_(std::make_unique<Body>(std::move(settings), std::move(wiring))) {}
Gateway::~Gateway() = default;

void Gateway::bind() { body_->bind(); }
void Gateway::restore(const model::Reference& reference, const std::vector<RestoredSession>& sessions,
                      model::Sequence last) {
    body_->restore(reference, sessions, last);
}
void Gateway::start() { body_->start(); }
void Gateway::release(std::shared_ptr<const model::Group> group) { body_->release(std::move(group)); }
void Gateway::stop() { body_->stop(); }

}  // namespace venue::fix
