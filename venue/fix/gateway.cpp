#include "venue/fix/gateway.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <spdlog/spdlog.h>

#include <mutex>
#include <thread>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "venue/fix/connection.hpp"
#include "venue/fix/journal_reader.hpp"
#include "venue/fix/port_context.hpp"
#include "venue/fix/port_registry.hpp"
#include "venue/fix/sparse_count.hpp"
#include "venue/fix/spec_tables.hpp"

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

ptr::shared_ptr<FIX::DataDictionary> read_dictionary(const std::string& path) {
    try {
        return ptr::shared_ptr<FIX::DataDictionary>(new FIX::DataDictionary(path));
    } catch (const std::exception& error) {
        throw DictionaryUnreadable("[fix] dictionary: " + path + " is no FIX dictionary: " + error.what());
    }
}

FIX::DataDictionaryProvider dictionaries(const std::string& path) {
    FIX::DataDictionaryProvider provider;
    const auto dictionary = read_dictionary(path);
    // Fields beyond the specification are the rules of engagement's business: they are ignored.
    dictionary->checkUserDefinedFields(false);
    provider.addTransportDataDictionary(FIX::BeginString(FIX::BeginString_FIX44), dictionary);
    return provider;
}

}  // namespace

/// Everything in here happens on one thread, the worker, but for `release`, `stop` and what the journal's reader does.
class Gateway::Body {
  public:
    Body(Settings settings, Wiring wiring)
        : acceptor_(io_),
          tick_(io_),
          retry_(io_),
          reader_([this](JournalReader::Use use) { boost::asio::post(io_, std::move(use)); }),
          context_{std::move(settings), std::move(wiring), reader_, {}, std::make_shared<const model::Reference>(), {}},
          registry_(context_),
          events_{[this](Connection& from, std::string_view message) { received(from, message); },
                  [](Connection& by, model::Sequence mark) { written(by, mark); },
                  [this](Connection& connection) { closed(connection); },
                  [this] { return context_.wiring.admission() != model::Admission::slow; }} {
        context_.dictionaries = dictionaries(context_.settings.dictionary);
    }
    ~Body() { stop(); }

    void bind();
    void restore(const model::Reference& reference, const std::vector<RestoredSession>& sessions, model::Sequence last);
    void start();
    void release(std::shared_ptr<const model::Group> group);
    void stop();

  private:
    void accept();
    void accepted(const error_code& error, tcp::socket socket);
    void accept_later(const error_code& why);
    void admit(tcp::socket socket);
    void turn_away(tcp::socket socket);
    void tick();
    void received(Connection& from, std::string_view message);
    void first_message(Connection& from, std::string_view message);
    static void written(Connection& by, model::Sequence mark);
    void closed(Connection& connection);
    void release_waiting();
    void say_goodbye();
    void end_when_quiet();

    boost::asio::io_context io_{1};
    tcp::acceptor acceptor_;
    boost::asio::steady_timer tick_;
    boost::asio::steady_timer retry_;
    JournalReader reader_;
    PortContext context_;
    PortRegistry registry_;
    ConnectionEvents events_;
    std::unordered_set<std::shared_ptr<Connection>> connections_;
    std::unordered_set<const Connection*> pending_;  ///< Those that have not shown yet that they may log on.
    SparseCount turned_away_;
    SparseCount failed_;  ///< Attempts to accept a connection.
    bool stopping_ = false;

    std::mutex mutex_;
    std::vector<std::shared_ptr<const model::Group>> waiting_;  ///< Released, not yet taken by the worker.
    std::thread worker_;
};

// ---- Listening ------------------------------------------------------------------------------------------------------

void Gateway::Body::bind() {
    const auto& [address, port] = std::tie(context_.settings.address, context_.settings.port);
    try {
        const tcp::endpoint endpoint(boost::asio::ip::make_address(address), port);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(endpoint);
    } catch (const boost::system::system_error& error) {
        throw CannotListen("Can't listen on " + address + ":" + std::to_string(port) + ": " + error.code().message() +
                           ".");
    }
}

void Gateway::Body::accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) { accepted(error, std::move(socket)); });
}

void Gateway::Body::accepted(const error_code& error, tcp::socket socket) {
    if (stopping_) return;
    if (error) return accept_later(error);
    if (pending_.size() >= context_.settings.pending_logons_max) {
        turn_away(std::move(socket));
    } else {
        admit(std::move(socket));
    }
    accept();
}

void Gateway::Body::accept_later(const error_code& why) {
    if (failed_.add()) {
        spdlog::error("fix: no connection can be accepted, the {}. time: {}", failed_.count(), why.message());
    }
    retry_.expires_after(accept_retry);
    retry_.async_wait([this](const error_code& cancelled) {
        if (!cancelled) accept();
    });
}

void Gateway::Body::admit(tcp::socket socket) {
    const auto connection = std::make_shared<Connection>(std::move(socket), context_.settings, events_);
    connections_.insert(connection);
    pending_.insert(connection.get());
    connection->start();
}

/// The socket closes as it goes: who can open connections must not be able to use up the venue's descriptors.
void Gateway::Body::turn_away(tcp::socket /*socket*/) {
    if (!turned_away_.add()) return;
    spdlog::warn("fix: {} connections wait for their logon; another one is closed, the {}. time", pending_.size(),
                 turned_away_.count());
}

// ---- What connections tell ------------------------------------------------------------------------------------------

void Gateway::Body::received(Connection& from, std::string_view message) {
    if (from.port != nullptr) {
        from.port->receive(message);
    } else {
        first_message(from, message);
    }
}

/// Who doesn't name a session that exists hears nothing at all.
void Gateway::Body::first_message(Connection& from, std::string_view message) {
    Fields logon;
    const bool is_whole = logon.parse(message) && !logon.invalid_tag();
    if (!is_whole || logon.message_type() != "A" || logon.text(tag::begin_string) != "FIX.4.4") {
        return from.close("its first message is no Logon of FIX.4.4");
    }
    auto* port = registry_.find(logon.text(tag::sender_comp_id));
    if (port == nullptr || logon.text(tag::target_comp_id) != context_.settings.comp_id) {
        return from.close("its CompIDs are not known here");
    }
    const auto judged = judge_logon(logon, port->session(), sending_time_now());
    if (const auto* refusal = std::get_if<LogonRefusal>(&judged)) return port->refuse(from, *refusal);
    const auto flaw = find_flaw(message, context_.dictionaries);
    if (!flaw.empty()) return port->refuse(from, flaw);
    if (port->is_taken()) return port->refuse(from, "This session is logged on already.");
    pending_.erase(&from);
    port->hold(from, message, std::get<LogonTerms>(judged));
}

void Gateway::Body::written(Connection& by, model::Sequence mark) {
    if (by.port != nullptr) by.port->written(mark);
}

void Gateway::Body::closed(Connection& connection) {
    const auto kept = connection.shared_from_this();
    if (auto* port = std::exchange(connection.port, nullptr)) port->closed(connection);
    pending_.erase(&connection);
    connections_.erase(kept);
    end_when_quiet();
}

void Gateway::Body::tick() {
    tick_.expires_after(tick_every);
    tick_.async_wait([this](const error_code& error) {
        if (error) return;
        const auto now = std::chrono::steady_clock::now();
        for (const auto& connection : connections_) connection->check_progress(now);
        for (const auto& port : registry_.all()) port->tick();
        tick();
    });
}

// ---- Releases -------------------------------------------------------------------------------------------------------

void Gateway::Body::restore(const model::Reference& reference, const std::vector<RestoredSession>& sessions,
                            model::Sequence last) {
    context_.reference = std::make_shared<const model::Reference>(reference);
    registry_.restore(sessions, last);
}

void Gateway::Body::release(std::shared_ptr<const model::Group> group) {
    bool is_first = false;
    {
        const std::lock_guard lock(mutex_);
        is_first = waiting_.empty();
        waiting_.push_back(std::move(group));
    }
    if (is_first) boost::asio::post(io_, [this] { release_waiting(); });
}

void Gateway::Body::release_waiting() {
    std::vector<std::shared_ptr<const model::Group>> groups;
    {
        const std::lock_guard lock(mutex_);
        groups.swap(waiting_);
    }
    for (const auto& group : groups) registry_.release(*group);
}

// ---- Threads --------------------------------------------------------------------------------------------------------

void Gateway::Body::start() {
    error_code error;
    acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
    if (error) throw CannotListen("Can't listen: " + error.message() + ".");
    boost::asio::post(io_, [this] {
        for (const auto& port : registry_.all()) port->advance();
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
    for (const auto& port : registry_.all()) port->log_out("The venue is closing.");
    tick_.expires_after(stop_wait);
    tick_.async_wait([this](const error_code& error) {
        if (!error) io_.stop();
    });
    end_when_quiet();
}

void Gateway::Body::end_when_quiet() {
    if (stopping_ && connections_.empty()) io_.stop();
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
