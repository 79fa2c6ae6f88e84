// What the gateway does on its worker's thread: connections come in, log on to session ports, and hear what is
// released. It has no thread, timer or listener of its own, so that a simulation can walk through it step by step.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "venue/fix/connection.hpp"
#include "venue/fix/logon_guard.hpp"
#include "venue/fix/port_context.hpp"
#include "venue/fix/port_registry.hpp"
#include "venue/fix/sparse_count.hpp"

namespace venue::fix {

class Door {
  public:
    /// The reader outlives the door. Throws DictionaryUnreadable. `quiet` is called whenever the last connection has
    /// gone.
    Door(
        Settings settings, Wiring wiring, JournalReader& reader, FIX::DataDictionaryProvider dictionaries,
        std::function<void()> quiet = [] {});

    /// Before anybody comes: the sessions as recovery found them, and the last event that is durable. Throws
    /// DictionaryUnreadable where a session's own dictionary isn't of its version.
    void restore(const model::Reference& reference, const std::vector<RestoredSession>& sessions, model::Sequence last,
                 std::optional<model::Timestamp> lived_until = {});
    /// Lets every port begin what it waits for.
    void open();

    /// `tls`: what the connection is encrypted by; null: it isn't.
    void let_in(boost::asio::ip::tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> tls = nullptr);
    /// Hands over what is durable now. Groups come in order.
    void release(const model::Group& group) { registry_.release(group); }
    /// From here on logons are judged by these terms.
    void use(model::Access access);
    /// Once a second.
    void tick(std::chrono::steady_clock::time_point now);
    /// Logs every session out.
    void say_goodbye();
    /// By CompID: of this name alone, or all where it is empty.
    [[nodiscard]] std::vector<model::SessionLook> look(std::string_view comp_id) const;
    /// Why it can't be done; empty when it is, and what it changes was submitted.
    std::string carry_out(const model::SessionWish& wish);
    [[nodiscard]] bool is_quiet() const { return connections_.empty(); }

  private:
    void turn_away(boost::asio::ip::tcp::socket socket);
    [[nodiscard]] bool arrived(Connection& connection);
    void received(Connection& from, std::string_view message);
    void first_message(Connection& from, std::string_view message);
    void log_on(Connection& from, std::string_view message, const Fields& logon, SessionPort& port);
    /// A Logon on a connection that is logged on, by which the session's numbers are to begin anew.
    void log_on_again(Connection& from, std::string_view message, SessionPort& port);
    std::variant<LogonTerms, Refused> judge(const Connection& from, std::string_view message, const Fields& logon,
                                            const SessionPort& port);
    [[nodiscard]] bool needs_no_proof(const SessionPort& port) const;
    void record(std::string_view comp_id, Way way, std::string_view messages) const;
    void written(Connection& by, model::Sequence mark, std::span<const std::int64_t> read_at);
    void closed(Connection& connection);

    PortContext context_;
    PortRegistry registry_;
    LogonGuard guard_;
    ConnectionEvents events_;
    std::function<void()> quiet_;
    std::vector<std::shared_ptr<Connection>> connections_;  ///< In the order they came.
    std::unordered_set<const Connection*> pending_;         ///< Those that have not shown yet that they may log on.
    SparseCount turned_away_;
    SparseCount locked_out_;
};

}  // namespace venue::fix
