// The book against a naive one that shares no code with it: the same reports, and after them the same levels and
// queues. First the market's own flows, then flows drawn to hurt: prices at the ends of the window and of 64 bits, ids
// in patterns and used again, quantities near the largest. A seed that fails is printed; add it to the fixed ones.
#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>
#include <limits>
#include <random>

#include "tests/bench/book_digest.hpp"
#include "tests/bench/book_flow.hpp"
#include "tests/bench/book_naive.hpp"
#include "venue/engine/book/book.hpp"

namespace venue::test {
namespace {

using bench::Message;
using bench::MessageKind;
using engine::book::Instruction;
using engine::book::Report;
using engine::book::Side;
using engine::book::Ticks;

struct Keep {
    std::vector<Report>* reports;
    void operator()(const Report& report) const { reports->push_back(report); }
};

/// Both books, given the same messages.
class Pair {
  public:
    void step(const Message& message) {
        ours_.clear();
        theirs_.clear();
        bench::play(book_, message);
        bench::play(naive_, message);
        ASSERT_EQ(ours_.size(), theirs_.size());
        for (std::size_t at = 0; at < ours_.size(); ++at) {
            ASSERT_TRUE(ours_[at] == theirs_[at]) << name(ours_[at].kind) << " " << name(theirs_[at].kind);
        }
        for (const Side side : {Side::buy, Side::sell}) {
            ASSERT_TRUE(book_.best(side) == naive_.best(side));
            ASSERT_TRUE(book_.depth(side, message.price) == naive_.depth(side, message.price));
        }
        ASSERT_EQ(book_.open(message.id), naive_.open(message.id));
        ASSERT_EQ(book_.order_count(), naive_.order_count());
        for (const Report& report : ours_) trades_ += report.kind == engine::book::ReportKind::traded ? 1 : 0;
    }

    /// Every level and every place in every queue, by both ways of walking.
    void compare_all() const {
        for (const Side side : {Side::buy, Side::sell}) {
            const engine::book::Ladder& ladder = book_.ladder();
            auto level = ladder.best(side);
            auto next = ladder.front(side);
            naive_.each_level(side, [&](Ticks price, const bench::NaiveLevel& expected) {
                ASSERT_NE(level, 0U);
                ASSERT_EQ(ladder.depth(level),
                          (engine::book::Depth{price, expected.quantity,
                                               static_cast<std::uint32_t>(expected.orders.size())}));
                auto order = ladder.first_of(level);
                for (const bench::NaiveOrder& each : expected.orders) {
                    ASSERT_EQ(ladder.order(order).id, each.id);
                    ASSERT_EQ(ladder.order(order).quantity, each.quantity);
                    ASSERT_EQ(order, next);
                    order = ladder.behind(order);
                    next = ladder.after(next);
                }
                ASSERT_EQ(order, 0U);
                level = ladder.level_after(level);
            });
            ASSERT_EQ(level, 0U);
            ASSERT_EQ(next, 0U);
        }
    }
    [[nodiscard]] std::uint64_t trades() const { return trades_; }

  private:
    std::vector<Report> ours_;
    std::vector<Report> theirs_;
    engine::book::Book<Keep> book_{Keep{&ours_}};
    bench::NaiveBook<Keep> naive_{Keep{&theirs_}};
    std::uint64_t trades_ = 0;
};

/// Messages that no market would send. The middle of its prices leaps every few hundred messages.
class HostileFlow {
  public:
    explicit HostileFlow(std::uint32_t seed) : random_(seed) { leap(); }

    Message next() {
        if (random_() % 700 == 0) leap();
        Message message{
            id(), price(), quantity(), MessageKind::place, pick() ? Side::buy : Side::sell, Instruction::rest};
        const std::uint64_t kind = random_() % 100;
        if (kind < 35) message.kind = MessageKind::cancel;
        if (kind >= 35 && kind < 50) message.kind = MessageKind::modify;
        if (random_() % 5 == 0) message.instruction = static_cast<Instruction>(random_() % 4);
        return message;
    }

  private:
    static constexpr Ticks highest = std::numeric_limits<Ticks>::max();
    static constexpr Ticks lowest = std::numeric_limits<Ticks>::min();
    static constexpr std::int64_t window = 1 << 18;

    bool pick() { return random_() % 2 == 0; }
    std::int64_t below(std::int64_t end) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(end));
    }

    void leap() {
        const Ticks places[] = {0,          window / 4,   window - 3,  -window * 3 / 4,
                                window * 5, highest - 40, lowest + 40, static_cast<Ticks>(random_())};
        middle_ = places[random_() % std::size(places)];
        crowded_ = random_() % 3 != 0;
        shift_ = static_cast<int>(random_() % 8) * 8;
        ids_ = pick() ? 200 : 5'000;
    }
    /// Few, so that they are used again; alike in most of their bits.
    std::uint64_t id() { return static_cast<std::uint64_t>(below(ids_)) << shift_; }

    Ticks price() {
        switch (random_() % 16) {
            case 0:
                return static_cast<Ticks>(random_());
            case 1:
                return pick() ? highest : lowest;
            case 2:
                return near(middle_, window / 4 + below(5) - 2);
            case 3:
                return near(middle_, window * 3 / 4 + below(5) - 2);
            case 4:
                return near(middle_, window + below(130) - 65);
            case 5:
                return near(middle_, below(window * 2));
            default:
                return near(middle_, below(crowded_ ? 20 : 3'000));
        }
    }
    /// Off by that much in either direction, and never past the ends.
    Ticks near(Ticks from, std::int64_t by) {
        Ticks price = 0;
        const bool past = pick() ? __builtin_add_overflow(from, by, &price) : __builtin_sub_overflow(from, by, &price);
        return past ? from : price;
    }
    std::int64_t quantity() {
        const std::uint64_t kind = random_() % 50;
        if (kind == 0) return std::numeric_limits<std::int64_t>::max() - below(3);
        if (kind == 1) return -below(3);
        return 1 + below(kind < 10 ? 2'000 : 10);
    }

    std::mt19937_64 random_;
    Ticks middle_ = 0;
    bool crowded_ = false;
    int shift_ = 0;
    std::int64_t ids_ = 200;
};

/// More by night: BOOK_MESSAGES says how many.
std::size_t message_count(std::size_t by_day) {
    const char* wanted = std::getenv("BOOK_MESSAGES");
    return wanted == nullptr ? by_day : std::strtoull(wanted, nullptr, 10);
}

class HostileMessages : public testing::TestWithParam<std::uint32_t> {};

TEST_P(HostileMessages, BookAndNaiveBookAgreeAfterEachOfThem) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    Pair books;
    HostileFlow flow(GetParam());
    const std::size_t count = message_count(200'000) / 10;
    for (std::size_t at = 0; at < count; ++at) {
        ASSERT_NO_FATAL_FAILURE(books.step(flow.next())) << "message " << at;
        if (at % 97 != 0) continue;
        ASSERT_NO_FATAL_FAILURE(books.compare_all()) << "message " << at;
    }
    // A run that traded little would prove little.
    EXPECT_GT(books.trades(), count / 20);
}

INSTANTIATE_TEST_SUITE_P(FixedSeeds, HostileMessages, testing::Range(1U, 10U));

std::uint32_t printed_seed() {
    const std::uint32_t seed = std::random_device{}();
    std::cout << "fresh seed " << seed << std::endl;
    return seed;
}
std::uint32_t fresh_seed() {
    static const std::uint32_t seed = printed_seed();
    return seed;
}
INSTANTIATE_TEST_SUITE_P(FreshSeed, HostileMessages, testing::Values(fresh_seed()));

struct DigestSink {
    bench::Digest* digest;
    void operator()(const Report& report) const { (*digest)(report); }
};

/// Plays a whole flow into a new book.
template <template <class> class AnyBook>
bench::Digest digest_of(const bench::Flow& flow) {
    bench::Digest digest;
    AnyBook<DigestSink> book{DigestSink{&digest}};
    for (const Message& message : flow.first) bench::play(book, message);
    for (const Message& message : flow.messages) bench::play(book, message);
    return digest;
}

class MarketProfiles : public testing::TestWithParam<bench::Profile> {};

TEST_P(MarketProfiles, BookAndNaiveBookGiveTheSameReports) {
    // A million orders at rest take a sanitized build too long by day; the benchmark has them all.
    bench::Profile profile = GetParam();
    if (std::getenv("BOOK_MESSAGES") == nullptr) profile.resting = std::min(profile.resting, 50'000U);
    const bench::Flow flow = bench::draw_flow(profile, message_count(200'000), 1);
    const bench::Digest ours = digest_of<engine::book::Book>(flow);
    EXPECT_TRUE(ours == digest_of<bench::NaiveBook>(flow));
    EXPECT_TRUE(ours == digest_of<engine::book::Book>(flow));
    EXPECT_GT(ours.count(), flow.messages.size());
}

INSTANTIATE_TEST_SUITE_P(Profiles, MarketProfiles, testing::ValuesIn(bench::profiles), [](const auto& profile) {
    std::string name(profile.param.name);
    std::erase_if(name, [](char letter) { return letter == ' ' || letter == '-'; });
    return name;
});

}  // namespace
}  // namespace venue::test
