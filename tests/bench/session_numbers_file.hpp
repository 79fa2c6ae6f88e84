// The sequence numbers that sessions continue at when they log on without a reset: one line for each SenderCompID,
// the next number out, the next number in. A session that the file doesn't name starts at 1.
#pragma once

#include "tests/bench/load_session.hpp"

#include <fstream>
#include <map>

namespace bench {

inline std::map<std::string, SessionNumbers> read_numbers(const std::string& path) {
    std::map<std::string, SessionNumbers> numbers;
    std::ifstream file(path);
    std::string sender;
    SessionNumbers next;
    while (file >> sender >> next.next_out >> next.next_in) numbers[sender] = next;
    return numbers;
}

inline void write_numbers(const std::string& path, const std::map<std::string, SessionNumbers>& numbers) {
    if (path.empty()) return;
    std::ofstream file(path);
    for (const auto& [sender, next] : numbers) file << sender << ' ' << next.next_out << ' ' << next.next_in << '\n';
    if (!file.flush()) throw LoadFailure("can't write " + path);
}

}  // namespace bench
