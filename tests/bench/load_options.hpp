// What one run of the load generator is told on its command line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// Who answers: a venue with execution reports, or an echo that sends every byte back.
enum class Peer : std::uint8_t { venue, echo };

/// One line of the sessions file. Secrets come by file because a command line can be read by everyone.
struct SessionLogin {
    std::string sender;
    std::string username;
    std::string password;
    std::string account;
};

struct LoadOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    std::string target = "VENUE";
    std::string symbol = "BTC-USD";
    std::string sessions_file;
    std::string numbers_file;  // empty: log on with 141=Y and start at 1
    Peer peer = Peer::venue;
    bool leave_book = false;
    bool idle = false;  // log on, stay for the measured time, log out
    std::uint64_t session_count = 1;
    std::uint64_t window = 1;
    std::uint64_t book_size = 10'000;
    std::uint64_t settle_ms = 500;
    std::uint64_t measure_ms = 5'000;
    std::uint64_t tell_every_ms = 0;  // how often the answers so far are told while measuring; 0: never
    std::uint64_t silence_ms_max = 15'000;
};

LoadOptions read_options(const std::vector<std::string>& arguments);

/// The first `options.session_count` lines of the sessions file: sender, username, password, account; `-` for none.
std::vector<SessionLogin> read_logins(const LoadOptions& options);

}  // namespace bench
