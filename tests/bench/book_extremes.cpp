// Memory at a million and ten million orders, ten thousand books, and the worst single messages.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <deque>
#include <fstream>
#include <thread>

#include "tests/bench/book_cases.hpp"
#include "tests/bench/book_naive.hpp"
#include "tests/bench/book_rounds.hpp"
#include "venue/engine/book/book.hpp"

namespace bench {
namespace {

using venue::engine::book::Book;

struct Deaf {
    void operator()(const Report& /*unused*/) const {}
};

/// Memory of this process that is really there.
std::size_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t whole = 0;
    std::size_t resident = 0;
    file >> whole >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// Spread over all 64 bits.
std::uint64_t id_of(std::uint64_t number) { return number * 0x9E3779B97F4A7C15U; }

double us_since(Clock::time_point start) { return seconds_since(start) * 1e6; }

template <class AnyBook>
double sweep_us(AnyBook& book, Listener& listener) {
    for (std::uint64_t at = 0; at < 10'000; ++at) {
        book.place(id_of(at + 1), Side::sell, 1'000 + static_cast<Ticks>(at % 500), 1, Instruction::rest);
    }
    listener.catch_up();
    const auto start = Clock::now();
    book.place(id_of(0), Side::buy, 2'000, 10'000, Instruction::ioc);
    return us_since(start);
}

template <template <class> class AnyBook>
void sweep_rounds(const char* name) {
    Listener listener;
    AnyBook<RingSink> book{listener.sink()};
    std::vector<double> rounds;
    for (int round = 0; round < 101; ++round) rounds.push_back(sweep_us(book, listener));
    std::printf(
        "{\"bench\": \"book\", \"case\": \"sweep of 10000\", \"book\": \"%s\", \"p50_us\": %.0f, \"worst_us\": %.0f}\n",
        name, median(rounds), std::ranges::max(rounds));
    std::fflush(stdout);
}

/// The twenty longest times: the longest is often the machine's, which took the core away; the twentieth is the book's.
class Slowest {
  public:
    void take(double us) {
        if (us <= times_.front()) return;
        times_.front() = us;
        std::ranges::sort(times_);
    }
    [[nodiscard]] double worst() const { return times_.back(); }
    [[nodiscard]] double last() const { return times_.front(); }

  private:
    std::array<double, 20> times_{};
};

struct alignas(64) Ball {
    std::atomic<int> thrown{0};
};

}  // namespace

void measure_round_trip() {
    constexpr int count = 100'000;
    Ball there;
    Ball back;
    std::thread other([&] {
        for (int at = 1; at <= count; back.thrown.store(at++)) {
            for (Patience patience; there.thrown.load() != at;) patience.look_again();
        }
    });
    const auto start = Clock::now();
    for (int at = 1; at <= count; ++at) {
        there.thrown.store(at);
        for (Patience patience; back.thrown.load() != at;) patience.look_again();
    }
    const double seconds = seconds_since(start);
    other.join();
    std::printf("{\"bench\": \"book\", \"case\": \"round trip between cores\", \"ns\": %.0f}\n", seconds / count * 1e9);
    std::fflush(stdout);
}

void measure_memory(std::size_t orders, bool one_price_each) {
    const std::size_t before = resident_bytes();
    Book<Deaf> book{Deaf{}};
    Slowest slowest;
    const auto start = Clock::now();
    for (std::size_t at = 0; at < orders; ++at) {
        const auto price = static_cast<Ticks>(one_price_each ? at * 1'000'003 : id_of(at) % 20'000);
        const auto one = Clock::now();
        book.place(id_of(at), Side::buy, price, 1, Instruction::rest);
        slowest.take(us_since(one));
    }
    const double seconds = seconds_since(start);
    const auto resident = static_cast<double>(resident_bytes() - before);
    std::printf(
        "{\"bench\": \"book\", \"case\": \"memory\", \"orders\": %zu, \"prices\": \"%s\", \"bytes_per_order\": %.1f, "
        "\"slowest_arrival_us\": %.0f, \"twentieth_us\": %.0f, \"seconds\": %.2f}\n",
        orders, one_price_each ? "one each" : "20000", resident / static_cast<double>(orders), slowest.worst(),
        slowest.last(), seconds);
    std::fflush(stdout);
}

void measure_many_books() {
    const std::size_t before = resident_bytes();
    std::deque<Book<Deaf>> books;
    for (int at = 0; at < 10'000; ++at) books.emplace_back(Deaf{});
    const auto empty = static_cast<double>(resident_bytes() - before);
    for (auto& book : books) {
        for (std::uint64_t at = 0; at < 100; ++at) {
            const Side side = at % 2 == 0 ? Side::buy : Side::sell;
            const auto away = static_cast<Ticks>(at % 40 + 1);
            book.place(id_of(at), side, side == Side::buy ? -away : away, 1, Instruction::rest);
        }
    }
    const auto full = static_cast<double>(resident_bytes() - before);
    std::printf(
        "{\"bench\": \"book\", \"case\": \"10000 books\", \"bytes_each_empty\": %.0f, \"bytes_each_of_100_orders\": "
        "%.0f}\n",
        empty / 10'000, full / 10'000);
    std::fflush(stdout);
}

void measure_sweep() {
    sweep_rounds<Book>("book");
    sweep_rounds<NaiveBook>("naive");
}

}  // namespace bench
