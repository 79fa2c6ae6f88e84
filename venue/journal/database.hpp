// A connection to PostgreSQL, with what every connection of this room wants: a limit on waiting, no reconnecting behind
// our back, and one kind of failure.
#pragma once

#include <exception>
#include <memory>
#include <pqxx/pqxx>
#include <string>

#include "venue/journal/journal.hpp"

namespace venue::journal {

/// Keeps what the server warns of. A commit that was cancelled while it waited for a synchronous standby is reported
/// as done, with no more than a warning.
class Warnings : public pqxx::errorhandler {
  public:
    explicit Warnings(pqxx::connection& connection) : pqxx::errorhandler(connection) {}
    bool operator()(const char message[]) noexcept override;
    /// What was warned of since the last call.
    std::string take() { return std::exchange(text_, {}); }

  private:
    std::string text_;
};

class Database {
  public:
    /// Waits for the server at most `wait_ms`, then throws JournalFailed.
    Database(const std::string& url, std::int64_t wait_ms);

    /// Runs one statement, which is a transaction of its own.
    pqxx::result execute(const std::string& statement);
    template <class... Parameters>
    pqxx::result execute(const std::string& statement, const Parameters&... parameters) {
        return pqxx::nontransaction(*connection_).exec_params(statement, parameters...);
    }
    template <class... Parameters>
    pqxx::result execute_prepared(const std::string& name, const Parameters&... parameters) {
        return pqxx::nontransaction(*connection_).exec_prepared(name, parameters...);
    }
    void prepare(const std::string& name, const std::string& statement);

    pqxx::connection& connection() { return *connection_; }
    Warnings& warnings() { return *warnings_; }

  private:
    std::unique_ptr<pqxx::connection> connection_;
    std::unique_ptr<Warnings> warnings_;
};

/// What the server or the library said, on one line: without severity, call stack and full stop.
std::string plain_words(const std::string& message);

/// Throws JournalFailed: a warning while writing means that what was written may not be safe.
[[noreturn]] void throw_warned(const std::string& doing, const std::string& warning);

/// Turns the failure in flight into FenceLost, JournalFailed or, where the server finds a page damaged,
/// JournalUnreadable with one sentence; what already is of this room passes.
[[noreturn]] void rethrow_as_journal_failure(const std::string& doing);

/// Runs `work`; any failure of the database leaves as rethrow_as_journal_failure says.
template <class Work>
auto guarded(const std::string& doing, Work&& work) {
    try {
        return work();
    } catch (const std::exception&) {
        rethrow_as_journal_failure(doing);
    }
}

}  // namespace venue::journal
