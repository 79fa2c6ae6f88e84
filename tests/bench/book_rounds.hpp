// Plays a flow into a book while another thread listens to its reports, and says how long that took.
#pragma once

#include <time.h>

#include <chrono>
#include <thread>
#include <vector>

#include "tests/bench/book_digest.hpp"
#include "tests/bench/book_flow.hpp"
#include "tests/bench/book_ring.hpp"

namespace bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The other core: takes every report off the ring and digests it.
class Listener {
  public:
    Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { stop(); }

    [[nodiscard]] RingSink sink() { return {&ring_}; }
    /// Waits until everything that was pushed has been heard.
    void catch_up() const {
        Patience patience;
        while (heard_.load(std::memory_order_acquire) != ring_.pushed()) patience.wait();
    }
    /// Ends the thread; the digest is final.
    Digest stop() {
        if (thread_.joinable()) {
            catch_up();
            stopping_.store(true, std::memory_order_relaxed);
            thread_.join();
        }
        return digest_;
    }

  private:
    void listen() {
        Patience patience;
        while (!stopping_.load(std::memory_order_relaxed)) {
            if (ring_.drain([this](const auto& report) { digest_(report); })) {
                heard_.store(digest_.count(), std::memory_order_release);
            } else {
                patience.wait();
            }
        }
    }

    ReportRing ring_;
    Digest digest_;
    alignas(64) std::atomic<std::uint64_t> heard_{0};
    std::atomic<bool> stopping_{false};
    std::thread thread_{[this] { listen(); }};
};

struct Round {
    double seconds = 0;
    Digest digest;
};

/// One round of one book: filled first, then timed until the last report was heard.
template <template <class> class AnyBook>
Round play_round(const Flow& flow) {
    Listener listener;
    AnyBook<RingSink> book{listener.sink()};
    for (const Message& message : flow.first) play(book, message);
    listener.catch_up();
    const auto start = Clock::now();
    for (const Message& message : flow.messages) play(book, message);
    listener.catch_up();
    return {seconds_since(start), listener.stop()};
}

/// Processor time of this thread.
inline double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct DigestSink {
    Digest* digest;
    void operator()(const venue::engine::book::Report& report) const { (*digest)(report); }
};

/// One round without a ring, in processor time: the book alone, digesting its own reports. A busy machine disturbs it
/// less than anything that needs two cores at once.
template <template <class> class AnyBook>
Round play_alone(const Flow& flow) {
    Digest digest;
    AnyBook<DigestSink> book{DigestSink{&digest}};
    for (const Message& message : flow.first) play(book, message);
    const double start = cpu_seconds();
    for (const Message& message : flow.messages) play(book, message);
    return {cpu_seconds() - start, digest};
}

/// The same reports without a book: what the ring and the listener allow at most.
inline Round play_reports(const std::vector<venue::engine::book::Report>& reports) {
    Listener listener;
    const RingSink sink = listener.sink();
    const auto start = Clock::now();
    for (const auto& report : reports) sink(report);
    listener.catch_up();
    return {seconds_since(start), listener.stop()};
}

}  // namespace bench
