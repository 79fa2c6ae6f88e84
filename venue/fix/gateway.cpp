#include "venue/fix/gateway.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "venue/fix/door.hpp"
#include "venue/fix/journal_reader.hpp"
#include "venue/fix/listener.hpp"
#include "venue/fix/tls.hpp"

namespace venue::fix {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using boost::system::error_code;

/// Session timers run on whole seconds.
constexpr auto tick_every = 1s;
/// How long participants may take to answer the last Logout.
constexpr auto stop_wait = 3s;
/// Few, because each may be as large as a transaction gets; while whoever commits waits for room, what comes gathers in
/// the next one.
constexpr std::size_t waiting_groups_max = 16;

}  // namespace

/// Everything in here happens on one thread, the worker, but for `release`, `stop` and what the journal's reader does.
class Gateway::Body {
  public:
    Body(Settings settings, Wiring wiring)
        : tls_settings_(settings.tls),
          traffic_(wiring.traffic),
          tick_(io_),
          reader_([this](JournalReader::Use use) { boost::asio::post(io_, std::move(use)); }),
          door_(settings, std::move(wiring), reader_, read_dictionaries(settings.dictionaries),
                [this] { end_when_quiet(); }) {
        add_listeners(settings);
    }
    ~Body() { stop(); }

    void bind();
    void restore(const model::Reference& reference, const std::vector<RestoredSession>& sessions, model::Sequence last,
                 std::optional<model::Timestamp> lived_until) {
        door_.restore(reference, sessions, last, lived_until);
    }
    void start();
    void wait_for_room();
    void release(std::shared_ptr<const model::Group> group);
    void use(model::Access access);
    void read_certificate_again();
    void look(std::string comp_id, std::function<void(std::vector<model::SessionLook>)> told);
    void carry_out(model::SessionWish wish, std::function<void(const std::string&)> told);
    void stop();

  private:
    void add_listeners(const Settings& settings);
    void tick();
    void release_waiting();
    void say_goodbye();
    void end_when_quiet();

    const TlsSettings tls_settings_;
    const std::shared_ptr<Traffic> traffic_;
    boost::asio::io_context io_{1};
    boost::asio::steady_timer tick_;
    ReaderThread reader_;
    Door door_;
    std::shared_ptr<boost::asio::ssl::context> tls_;  ///< Null where there is no encrypted port.
    std::vector<std::unique_ptr<Listener>> listeners_;
    bool stopping_ = false;

    std::mutex mutex_;
    std::condition_variable taken_;
    std::vector<std::shared_ptr<const model::Group>> waiting_;  ///< Released, not yet taken by the worker.
    bool ended_ = false;                                        ///< Nobody takes any more.
    std::thread worker_;
};

// ---- Listening ------------------------------------------------------------------------------------------------------

void Gateway::Body::add_listeners(const Settings& settings) {
    listeners_.push_back(std::make_unique<Listener>(io_, settings.address, settings.port,
                                                    [this](tcp::socket socket) { door_.let_in(std::move(socket)); }));
    if (tls_settings_.port == 0) return;
    tls_ = read_tls(tls_settings_);
    listeners_.push_back(
        std::make_unique<Listener>(io_, tls_settings_.address, tls_settings_.port,
                                   [this](tcp::socket socket) { door_.let_in(std::move(socket), tls_); }));
}

void Gateway::Body::bind() {
    for (const auto& listener : listeners_) listener->bind();
}

void Gateway::Body::read_certificate_again() {
    if (tls_settings_.port == 0) return;
    boost::asio::post(io_, [this, fresh = read_tls(tls_settings_)]() mutable { tls_ = std::move(fresh); });
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

void Gateway::Body::wait_for_room() {
    std::unique_lock lock(mutex_);
    taken_.wait(lock, [&] { return waiting_.size() < waiting_groups_max || ended_; });
}

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
    taken_.notify_one();
    for (const auto& group : groups) door_.release(*group);
}

void Gateway::Body::use(model::Access access) {
    boost::asio::post(io_, [this, access = std::move(access)]() mutable { door_.use(std::move(access)); });
}

// ---- What an operator asks ------------------------------------------------------------------------------------------

void Gateway::Body::look(std::string comp_id, std::function<void(std::vector<model::SessionLook>)> told) {
    boost::asio::post(io_, [this, comp_id = std::move(comp_id), told = std::move(told)] { told(door_.look(comp_id)); });
}

/// One that says goodbye begins nothing that would outlive it.
void Gateway::Body::carry_out(model::SessionWish wish, std::function<void(const std::string&)> told) {
    boost::asio::post(io_, [this, wish = std::move(wish), told = std::move(told)] {
        told(stopping_ ? "The venue is stopping." : door_.carry_out(wish));
    });
}

// ---- Threads --------------------------------------------------------------------------------------------------------

void Gateway::Body::start() {
    for (const auto& listener : listeners_) listener->listen();
    boost::asio::post(io_, [this] {
        door_.open();
        for (const auto& listener : listeners_) listener->accept();
        tick();
    });
    worker_ = std::thread([this] { io_.run(); });
}

void Gateway::Body::stop() {
    if (worker_.joinable()) {
        boost::asio::post(io_, [this] { say_goodbye(); });
        worker_.join();
    }
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
    }
    taken_.notify_all();
    reader_.stop();
}

void Gateway::Body::say_goodbye() {
    stopping_ = true;
    for (const auto& listener : listeners_) listener->close();
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
                      model::Sequence last, std::optional<model::Timestamp> lived_until) {
    body_->restore(reference, sessions, last, lived_until);
}
void Gateway::start() { body_->start(); }
void Gateway::wait_for_room() { body_->wait_for_room(); }
void Gateway::release(std::shared_ptr<const model::Group> group) { body_->release(std::move(group)); }
void Gateway::use(model::Access access) { body_->use(std::move(access)); }
void Gateway::read_certificate_again() { body_->read_certificate_again(); }
void Gateway::look(std::string comp_id, std::function<void(std::vector<model::SessionLook>)> told) {
    body_->look(std::move(comp_id), std::move(told));
}
void Gateway::carry_out(model::SessionWish wish, std::function<void(const std::string& fault)> told) {
    body_->carry_out(std::move(wish), std::move(told));
}
void Gateway::stop() { body_->stop(); }

}  // namespace venue::fix
