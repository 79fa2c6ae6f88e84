// A FIX 4.4 load generator: limit orders that rest and are cancelled later, in a book that stays at its size.
// Prints JSON lines, "measuring", "measured" and the result, with "counted" in between where that is asked for;
// anything but a confirmed order or cancel ends the run with exit code 1 and the message on standard error.
#include "tests/bench/load_run.hpp"

#include <cstdio>
#include <exception>

namespace {

using namespace bench;

std::uint64_t answers_of(const Tally& tally) { return tally.measured_places + tally.measured_cancels; }

void announce(const char* step, std::int64_t elapsed_ns, const Tally& tally) {
    std::printf("{\"step\":\"%s\",\"elapsed_us\":%ld,\"answers\":%lu}\n", step, elapsed_ns / 1000, answers_of(tally));
    std::fflush(stdout);
}

/// Nanoseconds as microseconds with one decimal, rounded up.
std::string microseconds(std::uint64_t ns) {
    const std::uint64_t tenths = (ns + 99) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

void print(const RoundResult& result) {
    const std::uint64_t answers = answers_of(result.tally);
    const auto elapsed_us = static_cast<std::uint64_t>(result.elapsed_ns / 1000);
    const auto percentile = [&](std::uint64_t per_mille) {
        return microseconds(result.tally.latency.percentile_ns(per_mille));
    };
    std::printf(
        "{\"step\":\"result\",\"logon_us\":%ld,\"answers\":%lu,\"places\":%lu,\"cancels\":%lu,\"elapsed_us\":%lu,"
        "\"per_second\":%lu,\"p50_us\":%s,\"p99_us\":%s,\"p999_us\":%s}\n",
        result.logon_ns / 1000, answers, result.tally.measured_places, result.tally.measured_cancels, elapsed_us,
        answers * 1'000'000 / elapsed_us, percentile(500).c_str(), percentile(990).c_str(), percentile(999).c_str());
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const LoadOptions options = read_options({argv + 1, argv + argc});
        print(LoadRun(options).run(announce));
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "fix_load: %s\n", failure.what());
        return 1;
    }
}
