// The book against a naive one, in turns, over every profile; then memory and worst cases. JSON, one object a line.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>

#include "tests/bench/book_cases.hpp"

namespace bench {
namespace {

constexpr const char* usage =
    "book_load [--messages N] [--rounds N] [--seed N] [--profile NAME]\n"
    "profiles: static, normal, swing 25, swing 40, flash crash, long-lived, deep, symmetric\n";

[[noreturn]] void refuse() {
    std::fputs(usage, stderr);
    std::exit(64);
}

std::uint64_t number_of(const char* text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text, text + std::strlen(text), number);
    if (error != std::errc{} || *end != '\0' || number == 0) refuse();
    return number;
}

BookOptions read_options(int count, char** words) {
    BookOptions options;
    for (int at = 1; at < count; at += 2) {
        const std::string_view word = words[at];
        if (at + 1 == count) refuse();
        if (word == "--messages")
            options.messages = number_of(words[at + 1]);
        else if (word == "--rounds")
            options.rounds = static_cast<int>(number_of(words[at + 1]));
        else if (word == "--seed")
            options.seed = number_of(words[at + 1]);
        else if (word == "--profile")
            options.only = words[at + 1];
        else
            refuse();
    }
    return options;
}

/// In a process of its own, which gives all its memory back.
void apart(const std::function<void()>& measure) {
    const pid_t child = fork();
    if (child == 0) {
        measure();
        std::fflush(stdout);
        _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) std::exit(1);
}

void measure_extremes() {
    for (const std::size_t orders : {1'000'000UL, 10'000'000UL}) {
        for (const bool one_price_each : {false, true}) apart([=] { measure_memory(orders, one_price_each); });
    }
    apart(measure_many_books);
    apart(measure_sweep);
}

void measure_all(const BookOptions& options) {
    std::vector<ProfileFigures> figures;
    for (const Profile& profile : profiles) figures.push_back(measure_profile(profile, options));
    const auto slowest = [](auto begin, auto end) {
        return std::min_element(begin, end,
                                [](const ProfileFigures& one, const ProfileFigures& other) {
                                    return one.millions_per_second < other.millions_per_second;
                                })
            ->millions_per_second;
    };
    const double ratio = std::ranges::min(figures, {}, &ProfileFigures::ratio).ratio;
    std::printf(
        "{\"bench\": \"book\", \"case\": \"summary\", \"worst_of_everyday\": %.2f, \"worst_of_all\": %.2f, "
        "\"worst_ratio_to_naive\": %.2f}\n",
        slowest(figures.begin(), figures.begin() + everyday_profiles), slowest(figures.begin(), figures.end()), ratio);
    std::fflush(stdout);
    measure_extremes();
}

int run(const BookOptions& options) {
    measure_round_trip();
    if (options.only.empty()) {
        measure_all(options);
        return 0;
    }
    const auto chosen = std::ranges::find(profiles, options.only, &Profile::name);
    if (chosen == std::end(profiles)) refuse();
    measure_profile(*chosen, options);
    return 0;
}

}  // namespace
}  // namespace bench

int main(int count, char** words) { return bench::run(bench::read_options(count, words)); }
