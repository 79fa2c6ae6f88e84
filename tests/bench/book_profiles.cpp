// Every profile: the book, the naive book and the bare ring in turns, medians, and a ratio for each round.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/bench/book_cases.hpp"
#include "tests/bench/book_naive.hpp"
#include "tests/bench/book_rounds.hpp"
#include "venue/engine/book/book.hpp"

namespace bench {
namespace {

using venue::engine::book::Book;
using venue::engine::book::Report;

/// Millions of messages a second, round by round.
struct Figures {
    std::vector<double> book;
    std::vector<double> naive;
    std::vector<double> ceiling;
    std::vector<double> ratio;
    std::vector<double> alone;
    std::vector<double> naive_alone;
};

struct Keep {
    std::vector<Report>* reports;
    void operator()(const Report& report) const { reports->push_back(report); }
};

/// The reports of the measured messages.
std::vector<Report> reports_of(const Flow& flow) {
    std::vector<Report> reports;
    Book<Keep> book{Keep{&reports}};
    for (const Message& message : flow.first) play(book, message);
    reports.clear();
    for (const Message& message : flow.messages) play(book, message);
    return reports;
}

std::size_t count_of(const std::vector<Report>& reports, venue::engine::book::ReportKind kind) {
    return static_cast<std::size_t>(
        std::ranges::count_if(reports, [kind](const Report& report) { return report.kind == kind; }));
}

void must_agree(const Profile& profile, const Digest& one, const Digest& other) {
    if (one == other) return;
    std::fprintf(stderr, "book_load: two books disagree in profile %s\n", std::string(profile.name).c_str());
    std::exit(1);
}

void play_one_round(const Profile& profile, const Flow& flow, const std::vector<Report>& reports, Figures& figures) {
    const double millions = static_cast<double>(flow.messages.size()) / 1e6;
    const Round book = play_round<Book>(flow);
    const Round naive = play_round<NaiveBook>(flow);
    const Round ceiling = play_reports(reports);
    const Round alone = play_alone<Book>(flow);
    const Round naive_alone = play_alone<NaiveBook>(flow);
    for (const Round* other : {&naive, &alone, &naive_alone}) must_agree(profile, book.digest, other->digest);
    figures.book.push_back(millions / book.seconds);
    figures.naive.push_back(millions / naive.seconds);
    figures.ceiling.push_back(millions / ceiling.seconds);
    figures.ratio.push_back(naive.seconds / book.seconds);
    figures.alone.push_back(millions / alone.seconds);
    figures.naive_alone.push_back(millions / naive_alone.seconds);
}

void print(const Profile& profile, const Figures& figures, const std::vector<Report>& reports) {
    using venue::engine::book::ReportKind;
    std::printf(
        "{\"bench\": \"book\", \"profile\": \"%s\", \"millions_per_second\": %.2f, \"naive\": %.2f, \"ratio\": %.2f, "
        "\"ceiling\": %.2f, \"best\": %.2f, \"alone\": %.2f, \"naive_alone\": %.2f, \"rounds\": %zu, \"placed\": %zu, "
        "\"cancelled\": %zu, \"modified\": %zu, \"trades\": %zu}\n",
        std::string(profile.name).c_str(), median(figures.book), median(figures.naive), median(figures.ratio),
        median(figures.ceiling), std::ranges::max(figures.book), median(figures.alone), median(figures.naive_alone),
        figures.book.size(), count_of(reports, ReportKind::accepted), count_of(reports, ReportKind::cancelled),
        count_of(reports, ReportKind::modified), count_of(reports, ReportKind::traded));
    std::fflush(stdout);
}

}  // namespace

double median(std::vector<double> figures) {
    std::ranges::sort(figures);
    return figures[figures.size() / 2];
}

ProfileFigures measure_profile(const Profile& profile, const BookOptions& options) {
    const Flow flow = draw_flow(profile, options.messages, options.seed);
    const std::vector<Report> reports = reports_of(flow);
    Figures figures;
    for (int round = 0; round < options.rounds; ++round) play_one_round(profile, flow, reports, figures);
    print(profile, figures, reports);
    return {median(figures.book), median(figures.ratio)};
}

}  // namespace bench
