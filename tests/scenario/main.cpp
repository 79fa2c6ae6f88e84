// scenario_runner SCRIPT…: plays each script against a venue inside this process; one line per script.
// scenario_runner --ask SCRIPT…: asks the same and expects nothing; what came back is printed.
// scenario_runner --reference SCRIPT: prints the reference file that the script gives, for a venue's first start.
// scenario_runner --tcp HOST:PORT --venue COMP_ID --credentials FILE --database URL --operating COMMAND SCRIPT: plays
// it over TCP.
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "tests/scenario/player.hpp"
#include "tests/scenario/reference_toml.hpp"
#include "tests/scenario/tcp_venue.hpp"
#include "tests/support/in_process_venue.hpp"

namespace scenario {
namespace {

struct Options {
    bool prints_reference = false;
    bool expects_nothing = false;
    TcpTarget target;
    std::vector<std::string> scripts;
};

Options read_options(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string{}; };
        if (words[i] == "--reference") {
            options.prints_reference = true;
        } else if (words[i] == "--ask") {
            options.expects_nothing = true;
        } else if (words[i] == "--tcp") {
            options.target.address = value();
        } else if (words[i] == "--venue") {
            options.target.comp_id = value();
        } else if (words[i] == "--credentials") {
            options.target.credentials_file = value();
        } else if (words[i] == "--database") {
            options.target.database = value();
        } else if (words[i] == "--operating") {
            options.target.operating = value();
        } else {
            options.scripts.push_back(words[i]);
        }
    }
    return options;
}

void run(const Options& options, const Script& script) {
    if (options.prints_reference) {
        std::printf("%s", reference_toml(script).c_str());
    } else if (options.expects_nothing) {
        InProcessVenue venue(script);
        ask(script, venue, [](const std::string& session, const Message& message) {
            std::printf("%s < %s\n", session.c_str(), shown(message).c_str());
        });
    } else if (options.target.address.empty()) {
        InProcessVenue venue(script);
        play(script, venue);
    } else {
        TcpVenue venue(script, options.target);
        play(script, venue);
    }
}

/// False, and a line that says why, when the script didn't play as written.
bool try_run(const Options& options, const std::string& file) {
    try {
        run(options, load_script(file));
        if (!options.prints_reference) std::printf("passed %s\n", file.c_str());
        return true;
    } catch (const std::exception& fault) {
        std::printf("FAILED %s\n", fault.what());
        return false;
    }
}

}  // namespace
}  // namespace scenario

int main(int count, char** words) {
    const auto options = scenario::read_options({words + 1, words + count});
    int failed = 0;
    for (const auto& script : options.scripts) failed += scenario::try_run(options, script) ? 0 : 1;
    if (options.scripts.empty()) std::printf("no script named\n");
    return failed == 0 && !options.scripts.empty() ? 0 : 1;
}
