#include "tests/simulation/last_words.hpp"

#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

// Every death is an abort, whoever finds the fault, so that there is one place where it is told of.
extern "C" {
__attribute__((visibility("default"))) const char* __asan_default_options() { return "abort_on_error=1"; }
__attribute__((visibility("default"))) const char* __ubsan_default_options() {
    return "halt_on_error=1:abort_on_error=1:print_stacktrace=1";
}
}

namespace venue::simulation {
namespace {

const Run* under_way = nullptr;
std::uint64_t its_seed = 0;

/// In one system call, past every buffer; what can't be written is lost.
void say(std::string_view text) {
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
}

void say(std::uint64_t number) {
    char digits[20];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    say({digits, static_cast<std::size_t>(end - digits)});
}

void say_lines(const std::vector<std::string>& lines) {
    for (const auto& line : lines) {
        say(line);
        say("\n");
    }
}

void tell_death(int) {
    if (under_way == nullptr) return;
    const auto& run = *std::exchange(under_way, nullptr);
    say("\nSEED ");
    say(its_seed);
    say(" DIED; simulation --seed ");
    say(its_seed);
    say(" --trace runs it again. Its steps:\n");
    say_lines(run.trace.lines());
    say("\nWhat was asked, as a scenario:\n\n");
    say_lines(run.script);
    for (const auto& finding : run.findings.sentences()) {
        say("FOUND before: ");
        say(finding);
        say("\n");
    }
}

}  // namespace

LastWords::LastWords(std::uint64_t seed, const Run& run) {
    its_seed = seed;
    under_way = &run;
}

LastWords::~LastWords() { under_way = nullptr; }

void LastWords::prepare() {
    // Line by line even into a pipe: an abort drops what a buffer still holds.
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::signal(SIGABRT, tell_death);
}

}  // namespace venue::simulation
