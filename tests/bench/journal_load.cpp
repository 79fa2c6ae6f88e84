// journal_load DATABASE-URL SQL-DIR REFERENCE-FILE: writes a journal as the venue would, in phases that it reads from
// its input, one a line, and prints "ready", then what each phase did as one line of JSON:
//
//     rest COUNT            orders that rest, as many as fit into a second
//     append SECONDS        the mix of requests, as fast as the pipeline takes it
//     ack SECONDS RATE      the mix at so many requests a second
//     copy SECONDS          rows of the mix by bare binary COPY
//     commit COUNT          commits of a single row
#include <cstdio>
#include <exception>
#include <iostream>
#include <optional>
#include <sstream>

#include "tests/bench/copy_baseline.hpp"
#include "tests/bench/journal_walk.hpp"
#include "tests/bench/row_commits.hpp"

namespace bench {
namespace {

double microseconds(const LatencyHistogram& latency, std::uint64_t per_mille) {
    return static_cast<double>(latency.percentile_ns(per_mille)) / 1e3;
}

void print_latency(const LatencyHistogram& latency) {
    std::printf("\"count\": %llu, \"p50_us\": %.1f, \"p99_us\": %.1f, \"p999_us\": %.1f, \"max_us\": %.1f",
                static_cast<unsigned long long>(latency.count()), microseconds(latency, 500),
                microseconds(latency, 990), microseconds(latency, 999), microseconds(latency, 1000));
}

void print(const Walked& walked) {
    const auto& appended = walked.appended;
    const auto rows = appended.events + appended.postings;
    std::printf(
        "{\"seconds\": %.3f, \"orders\": %lld, \"events\": %lld, \"rows\": %lld, \"groups\": %lld, "
        "\"append_seconds\": %.3f, \"late_max_us\": %.1f, ",
        walked.seconds, static_cast<long long>(walked.orders), static_cast<long long>(appended.events),
        static_cast<long long>(rows), static_cast<long long>(appended.groups),
        static_cast<double>(appended.took_ns) / 1e9, static_cast<double>(walked.late_max_ns) / 1e3);
    print_latency(walked.latency);
    std::printf(", \"stalls\": [");
    const char* separator = "";
    for (const auto& stall : walked.stalls) {
        std::printf("%s{\"at_ms\": %lld, \"took_ms\": %.1f, \"events\": %zu}", std::exchange(separator, ", "),
                    static_cast<long long>(stall.at_unix_ms), static_cast<double>(stall.took_ns) / 1e6, stall.events);
    }
    std::printf("]}\n");
}

void print(const CopyBaseline::Copied& copied) {
    std::printf("{\"seconds\": %.3f, \"rows\": %lld}\n", copied.seconds, static_cast<long long>(copied.rows));
}

void print(const LatencyHistogram& latency) {
    std::printf("{");
    print_latency(latency);
    std::printf("}\n");
}

/// Plays the phases as they come.
class Phases {
  public:
    Phases(std::string url, const std::string& sql_dir, const std::string& reference_file)
        : url_(std::move(url)), walk_(url_, sql_dir, reference_file) {}

    void play(const std::string& line) {
        std::istringstream words(line);
        std::string phase;
        double size = 0;
        std::int64_t rate = 0;
        words >> phase >> size >> rate;
        if (phase == "rest") {
            print(walk_.rest(static_cast<std::int64_t>(size)));
        } else if (phase == "append") {
            print(walk_.flood(size));
        } else if (phase == "ack") {
            print(walk_.pace(size, rate));
        } else if (phase == "copy") {
            print(baseline().copy(size));
        } else if (phase == "commit") {
            print(commits().commit(static_cast<int>(size)));
        } else {
            throw std::runtime_error("no phase is called '" + phase + "'");
        }
        std::fflush(stdout);
    }

  private:
    CopyBaseline& baseline() {
        if (!baseline_) baseline_.emplace(url_);
        return *baseline_;
    }
    RowCommits& commits() {
        if (!commits_) commits_.emplace(url_);
        return *commits_;
    }

    std::string url_;
    JournalWalk walk_;
    std::optional<CopyBaseline> baseline_;
    std::optional<RowCommits> commits_;
};

}  // namespace
}  // namespace bench

int main(int count, char** arguments) {
    if (count != 4) {
        std::fprintf(stderr, "usage: journal_load DATABASE-URL SQL-DIR REFERENCE-FILE\n");
        return 64;
    }
    try {
        bench::Phases phases(arguments[1], arguments[2], arguments[3]);
        std::puts("ready");
        std::fflush(stdout);
        for (std::string line; std::getline(std::cin, line);) phases.play(line);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "journal_load: %s\n", error.what());
        return 1;
    }
    return 0;
}
