#include "tests/bench/load_options.hpp"

#include "tests/bench/fix_text.hpp"

#include <charconv>
#include <fstream>
#include <functional>
#include <limits>
#include <map>

namespace bench {
namespace {

using Setter = std::function<void(const std::string&)>;

std::uint64_t whole_number(const std::string& text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most)
        throw LoadFailure("'" + text + "' is not a number from " + std::to_string(least) + " to " +
                          std::to_string(most));
    return number;
}

Setter text_into(std::string& target) {
    return [&target](const std::string& value) { target = value; };
}

Setter number_into(std::uint64_t& target, std::uint64_t least, std::uint64_t most) {
    return [&target, least, most](const std::string& value) { target = whole_number(value, least, most); };
}

Peer peer_named(const std::string& name) {
    if (name == "venue") return Peer::venue;
    if (name == "echo") return Peer::echo;
    throw LoadFailure("--peer is venue or echo, not '" + name + "'");
}

std::map<std::string, Setter> setters_of(LoadOptions& options) {
    constexpr std::uint64_t ms_max = 3'600'000;
    return {
        {"--host", text_into(options.host)},
        {"--port",
         [&](const std::string& value) {
             options.port =
                 static_cast<std::uint16_t>(whole_number(value, 1, std::numeric_limits<std::uint16_t>::max()));
         }},
        {"--target", text_into(options.target)},
        {"--symbol", text_into(options.symbol)},
        {"--sessions-file", text_into(options.sessions_file)},
        {"--numbers-file", text_into(options.numbers_file)},
        {"--peer", [&](const std::string& value) { options.peer = peer_named(value); }},
        {"--sessions", number_into(options.session_count, 1, 10'000)},
        {"--window", number_into(options.window, 1, 100'000)},
        {"--book", number_into(options.book_size, 1, 10'000'000)},
        {"--settle-ms", number_into(options.settle_ms, 0, ms_max)},
        {"--measure-ms", number_into(options.measure_ms, 1, ms_max)},
        {"--tell-every-ms", number_into(options.tell_every_ms, 1, ms_max)},
        {"--silence-ms-max", number_into(options.silence_ms_max, 1, ms_max)},
    };
}

std::string none_if_dash(std::string word) { return word == "-" ? std::string() : std::move(word); }

}  // namespace

LoadOptions read_options(const std::vector<std::string>& arguments) {
    LoadOptions options;
    const auto setters = setters_of(options);
    const std::map<std::string, bool&> flags = {{"--leave-book", options.leave_book}, {"--idle", options.idle}};
    for (std::size_t at = 0; at < arguments.size(); ++at) {
        const auto flag = flags.find(arguments[at]);
        if (flag != flags.end()) {
            flag->second = true;
            continue;
        }
        const auto setter = setters.find(arguments[at]);
        if (setter == setters.end()) throw LoadFailure("unknown option " + arguments[at]);
        if (at + 1 == arguments.size()) throw LoadFailure(arguments[at] + " needs a value");
        setter->second(arguments[++at]);
    }
    if (options.port == 0 || options.sessions_file.empty()) throw LoadFailure("--port and --sessions-file are needed");
    if (options.book_size < options.session_count) throw LoadFailure("--book has less than one order per session");
    return options;
}

std::vector<SessionLogin> read_logins(const LoadOptions& options) {
    std::ifstream file(options.sessions_file);
    std::vector<SessionLogin> logins;
    SessionLogin login;
    while (logins.size() < options.session_count &&
           file >> login.sender >> login.username >> login.password >> login.account)
        logins.push_back(
            {login.sender, none_if_dash(login.username), none_if_dash(login.password), none_if_dash(login.account)});
    if (logins.size() < options.session_count)
        throw LoadFailure(options.sessions_file + " has fewer than " + std::to_string(options.session_count) +
                          " sessions");
    return logins;
}

}  // namespace bench
