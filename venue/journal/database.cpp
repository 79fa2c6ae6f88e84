#include "venue/journal/database.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace venue::journal {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// SQLSTATE that venue.append_group raises when another venue took the fence.
constexpr auto fence_taken = "V0001";

/// A server that vanished without a word is noticed within about ten seconds.
std::string with_options(const std::string& url) {
    const bool is_uri = url.starts_with("postgresql://") || url.starts_with("postgres://");
    std::string text = url;
    char separator = !is_uri ? ' ' : url.find('?') == url.npos ? '?' : '&';
    for (const char* option : {"application_name=venue", "connect_timeout=5", "keepalives_idle=5",
                               "keepalives_interval=2", "keepalives_count=3", "tcp_user_timeout=10000"}) {
        text.append(1, separator).append(option);
        if (is_uri) separator = '&';
    }
    return text;
}

/// The server's end of the connection finds out as soon that this one vanished, and lets go of its locks: else whoever
/// takes over would wait for two hours. Between processes of one machine these mean nothing.
constexpr auto vanishing_is_noticed =
    "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3;"
    "set tcp_user_timeout = '10s';";

/// Whether the server says that it ends the connection: it is told to stop, or one of its processes crashed.
bool ends_connection(const std::string& sqlstate) { return sqlstate.starts_with("57P"); }

/// Whether a page or an index that was read isn't what the server had written. Starting again mends nothing.
bool is_corrupted(const std::string& sqlstate) { return sqlstate == "XX001" || sqlstate == "XX002"; }

[[noreturn]] void throw_damaged(const std::string& doing, const std::string& words) {
    throw JournalUnreadable("What the database has stored is damaged, as was found while " + doing + ": " +
                            plain_words(words) + ".");
}

[[noreturn]] void throw_gone(const std::string& doing, const std::string& words) {
    throw JournalFailed("The database went away while " + doing + " (" + plain_words(words) + ").");
}

std::unique_ptr<pqxx::connection> connect(const std::string& url, std::int64_t wait_ms) {
    const auto deadline = Clock::now() + std::chrono::milliseconds(wait_ms);
    for (;;) {
        try {
            return std::make_unique<pqxx::connection>(with_options(url));
        } catch (const pqxx::failure& error) {
            if (Clock::now() >= deadline) {
                throw JournalFailed("No connection to the database within " + std::to_string(wait_ms) +
                                    " ms: " + plain_words(error.what()));
            }
        }
        std::this_thread::sleep_for(200ms);
    }
}

/// The library would open a lost connection again by itself, and with it lose the writer's lock without a word. The
/// function is marked as deprecated only because its next major release never does that any more.
void never_reconnect(pqxx::connection& connection) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
}

}  // namespace

std::string plain_words(const std::string& message) {
    std::string text = message.substr(0, message.find("\nCONTEXT:"));
    for (const char* severity : {"ERROR:  ", "FATAL:  ", "WARNING:  "}) {
        if (text.starts_with(severity)) text.erase(0, std::string_view(severity).size());
    }
    std::ranges::replace(text, '\n', ' ');
    text.erase(std::ranges::unique(text, [](char a, char b) { return a == ' ' && b == ' '; }).begin(), text.end());
    while (text.ends_with(' ') || text.ends_with('.')) text.pop_back();
    return text;
}

void throw_warned(const std::string& doing, const std::string& warning) {
    if (warning.starts_with("FATAL")) throw_gone(doing, warning);
    throw JournalFailed("The database warned while " + doing + ": " + plain_words(warning) + ".");
}

bool Warnings::operator()(const char message[]) noexcept {
    try {
        text_ += message;
    } catch (const std::bad_alloc&) {
        // What is left of the text still says that there was a warning; an empty one can't be kept.
    }
    return false;
}

Database::Database(const std::string& url, std::int64_t wait_ms) : connection_(connect(url, wait_ms)) {
    warnings_ = std::make_unique<Warnings>(*connection_);
    never_reconnect(*connection_);
    guarded("setting up the connection", [&] {
        execute(vanishing_is_noticed);
        // Sorting would spill a long journal to disk where its index is in order already.
        execute(
            "set client_min_messages = warning; set synchronous_commit = on; set jit = off; set enable_sort = off;"
            "set plan_cache_mode = force_generic_plan; set lock_timeout = '10s'");
    });
}

pqxx::result Database::execute(const std::string& statement) {
    return pqxx::nontransaction(*connection_).exec(statement);
}

void Database::prepare(const std::string& name, const std::string& statement) {
    connection_->prepare(name, statement);
    connection_->prepare_now(name);
}

void rethrow_as_journal_failure(const std::string& doing) {
    try {
        throw;
    } catch (const JournalFailed&) {
        throw;
    } catch (const JournalUnreadable&) {
        throw;
    } catch (const DurabilityNotOffered&) {
        throw;
    } catch (const pqxx::sql_error& error) {
        if (error.sqlstate() == fence_taken) {
            throw FenceLost("Another venue took over: " + plain_words(error.what()) + ".");
        }
        if (ends_connection(error.sqlstate())) throw_gone(doing, error.what());
        if (is_corrupted(error.sqlstate())) throw_damaged(doing, error.what());
        throw JournalFailed("The database failed while " + doing + ": " + plain_words(error.what()) + ".");
    } catch (const pqxx::broken_connection& error) {
        throw_gone(doing, error.what());
    } catch (const pqxx::failure& error) {
        throw JournalFailed("The database failed while " + doing + ": " + plain_words(error.what()) + ".");
    }
}

}  // namespace venue::journal
