// simulation --seeds COUNT [--from N]   runs seeds N to N + COUNT - 1 and a fresh one; every fault must have been hit
// simulation --seed N [--trace]         runs one seed again, exactly as it ran before
// simulation --twice COUNT              runs seeds twice: both runs of each must take the very same steps
// simulation --planted                  plants each known fault: some seed must turn red
// Both of the first forms take --plant FAULT, and --die-at STEP: a broken invariant at that step.
#include <spdlog/spdlog.h>

#include <cstdio>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/simulation/last_words.hpp"
#include "tests/simulation/world.hpp"

namespace venue::simulation {
namespace {

struct Options {
    std::uint64_t from = 1;
    std::uint64_t count = 0;
    std::uint64_t twice = 0;
    bool is_single = false;
    bool planted = false;
    Seed seed;
};

Options read_options(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string{"0"}; };
        if (words[i] == "--seeds") {
            options.count = std::stoull(value());
        } else if (words[i] == "--from") {
            options.from = std::stoull(value());
        } else if (words[i] == "--seed") {
            options.is_single = true;
            options.from = std::stoull(value());
        } else if (words[i] == "--twice") {
            options.twice = std::stoull(value());
        } else if (words[i] == "--trace") {
            options.seed.prints_trace = true;
        } else if (words[i] == "--die-at") {
            options.seed.dies_at = std::stoi(value());
        } else if (words[i] == "--planted") {
            options.planted = true;
        } else if (words[i] == "--plant") {
            options.seed.fault = planted_fault(value()).value();
        } else {
            throw std::runtime_error("no such option: " + words[i]);
        }
    }
    return options;
}

class Runner {
  public:
    explicit Runner(Options options) : options_(options) {}

    int run() {
        if (options_.planted) return run_planted();
        if (options_.twice > 0) return run_twice();
        if (options_.is_single) return run_single();
        return run_many();
    }

  private:
    Outcome play(std::uint64_t number, PlantedFault fault, bool prints) const {
        return World({number, fault, prints, options_.seed.dies_at}, dictionaries_).run();
    }

    /// False when it found something, which is then told with all that led there.
    bool run_one(std::uint64_t number) {
        const auto outcome = play(number, options_.seed.fault, options_.seed.prints_trace);
        coverage_.add(outcome.coverage);
        if (options_.is_single) std::printf("the hash of its steps is %016lx\n", outcome.hash);
        if (outcome.findings.empty()) return true;
        std::printf("\nSEED %lu IS RED; simulation --seed %lu --trace runs it again. Its steps:\n", number, number);
        if (!options_.seed.prints_trace) print(outcome.steps);
        std::printf("\nWhat was asked, as a scenario:\n\n");
        print(outcome.script);
        std::printf("\n");
        for (const auto& finding : outcome.findings) std::printf("FOUND in seed %lu: %s\n", number, finding.c_str());
        return false;
    }

    int run_single() {
        const auto is_green = run_one(options_.from);
        if (is_green) std::printf("seed %lu is green\n", options_.from);
        return is_green ? 0 : 1;
    }

    static void print(const std::vector<std::string>& lines) {
        for (const auto& line : lines) std::printf("%s\n", line.c_str());
    }

    int run_many() {
        const auto fresh = std::uint64_t{std::random_device{}()};
        std::printf("seeds %lu to %lu, and the fresh seed %lu\n", options_.from, options_.from + options_.count - 1,
                    fresh);
        int red = 0;
        for (std::uint64_t i = 0; i < options_.count && red < 5; ++i) red += run_one(options_.from + i) ? 0 : 1;
        const auto missed = coverage_.missed();
        for (const auto& [what, count] : coverage_.counts()) std::printf("%8ld  %s\n", count, what.c_str());
        for (const auto& what : missed) std::printf("NEVER HIT: %s\n", what.c_str());
        red += run_one(fresh) ? 0 : 1;
        return red == 0 && missed.empty() ? 0 : 1;
    }

    int run_twice() {
        int differing = 0;
        for (std::uint64_t number = options_.from; number < options_.from + options_.twice; ++number) {
            const auto once = play(number, PlantedFault::none, false).hash;
            const auto again = play(number, PlantedFault::none, false).hash;
            if (once == again) continue;
            std::printf("seed %lu took other steps the second time\n", number);
            ++differing;
        }
        return differing == 0 ? 0 : 1;
    }

    int run_planted() {
        int unnoticed = 0;
        for (const auto name : planted_fault_names()) unnoticed += is_noticed(name) ? 0 : 1;
        return unnoticed == 0 ? 0 : 1;
    }

    [[nodiscard]] bool is_noticed(std::string_view name) const {
        constexpr std::uint64_t seeds_max = 100;
        for (std::uint64_t number = 1; number <= seeds_max; ++number) {
            const auto outcome = play(number, planted_fault(name).value(), false);
            if (outcome.findings.empty()) continue;
            std::printf("%s: seed %lu: %s\n", std::string(name).c_str(), number, outcome.findings.front().c_str());
            return true;
        }
        std::printf("NOBODY NOTICED in %lu seeds: %s\n", seeds_max, std::string(name).c_str());
        return false;
    }

    const Options options_;
    const FIX::DataDictionaryProvider dictionaries_ = fix::read_dictionaries(DICTIONARIES);
    Coverage coverage_;
};

}  // namespace
}  // namespace venue::simulation

int main(int count, char** words) {
    spdlog::set_level(spdlog::level::off);
    venue::simulation::LastWords::prepare();
    const auto options = venue::simulation::read_options({words + 1, words + count});
    return venue::simulation::Runner(options).run();
}
