#include "tests/scenario/tcp_venue.hpp"

#include <cstdlib>
#include <fstream>
#include <pqxx/pqxx>
#include <sstream>

#include "tests/scenario/reference_toml.hpp"

namespace scenario {
namespace {

struct Credentials {
    std::string username;
    std::string password;
};

Credentials credentials_of(const std::string& file, const std::string& wanted) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string name, sender;
        Credentials found;
        words >> name >> sender >> found.username >> found.password;
        if (sender == wanted) return found;
    }
    throw ScriptFault(file + " has no session " + wanted);
}

}  // namespace

TcpVenue::TcpVenue(const Script& script, TcpTarget target) : target_(std::move(target)) {
    if (script.moves_time()) throw ScriptFault(script.file + ":0: time can't be moved over TCP");
    for (const auto& session : script.sessions) {
        const auto sender = comp_id(session.name);
        const auto [username, password] = credentials_of(target_.credentials_file, sender);
        sessions_[session.name] = std::make_unique<TcpSession>(target_, sender, session.version, username, password);
    }
}

/// Asks for the status of an order that can't exist: the answer leaves after everything that was to be told before.
std::optional<Message> TcpVenue::left_over(const std::string& session) {
    send(session, {"H", {{11, "the-last-question"}, {55, "BTC-USD"}, {54, "1"}}});
    const auto message = receive(session);
    if (!message) throw ScriptFault(session + ": the venue does not answer any more");
    for (const auto& field : message->fields) {
        if (field.tag == 11 && field.value == "the-last-question") return {};
    }
    return message;
}

std::string TcpVenue::ledger(const std::string& account, const std::string& asset) {
    return balance("ledger", account, asset);
}

std::string TcpVenue::held(const std::string& account, const std::string& asset) {
    return balance("held", account, asset);
}

std::string TcpVenue::balance(const char* column, const std::string& account, const std::string& asset) const {
    pqxx::connection connection(target_.database);
    pqxx::read_transaction work(connection);
    const auto found = work.exec_params(
        "select trim_scale((case $1 when 'held' then held else ledger end) * ('1e-' || ledger_digits)::numeric)"
        " from venue.balances join venue.assets using (asset, code) where account_name = $2 and code = $3",
        column, account, asset);
    return found.empty() ? "0" : found[0][0].as<std::string>();
}

void TcpVenue::operate(const std::vector<std::string>& words) {
    std::string line = target_.operating;
    for (const auto& word : words) line += ' ' + word;
    if (std::system(line.c_str()) != 0) throw ScriptFault(line + " did not succeed");
}

void TcpVenue::set_time(std::int64_t) { throw ScriptFault("time can't be moved over TCP"); }

}  // namespace scenario
