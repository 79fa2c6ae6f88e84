#include "venue/commands/fix_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "venue/commands/exit_code.hpp"
#include "venue/fix/message_recorder.hpp"
#include "venue/fix/message_words.hpp"

namespace venue::commands {
namespace {

std::string with_bars(std::string_view message) {
    std::string text(message);
    std::ranges::replace(text, '\x01', '|');
    return text;
}

/// "2026…-17:50:00.123456  in   NewOrderSingle 17: …"; a line that is none of a recording as it is.
void print(std::istream& lines, const fix::MessageWords& words, bool is_raw) {
    for (std::string line; std::getline(lines, line);) {
        const auto recorded = fix::parse_line(line);
        if (!recorded) {
            fmt::print("{}\n", line);
            continue;
        }
        fmt::print("{} {:<3} {}\n", recorded->time, recorded->way == fix::Way::in ? "in" : "out",
                   is_raw ? with_bars(recorded->message) : words.tell(recorded->message));
        std::fflush(stdout);
    }
}

}  // namespace

int fix_log(const config::Settings& settings, const FixLogWish& wish) {
    const fix::MessageWords words(settings.fix.dictionaries);
    if (wish.comp_id == "-") {
        print(std::cin, words, wish.is_raw);
        return ok;
    }
    if (settings.recording.folder.empty()) {
        fmt::print(stderr, "Nothing is recorded: [recording] folder isn't set.\n");
        return configuration;
    }
    const auto file = [&](int number) { return fix::recording_file(settings.recording.folder, wish.comp_id, number); };
    int oldest = settings.recording.files_max - 1;
    while (oldest >= 0 && !std::filesystem::exists(file(oldest))) --oldest;
    if (oldest < 0) {
        fmt::print(stderr, "Nothing was recorded of {}: there is no {}.\n", wish.comp_id, file(0));
        return declined;
    }
    for (int number = oldest; number >= 0; --number) {
        std::ifstream lines(file(number), std::ios::binary);
        print(lines, words, wish.is_raw);
    }
    return ok;
}

}  // namespace venue::commands
