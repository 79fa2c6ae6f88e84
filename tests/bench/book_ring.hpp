// Hands reports from the thread that matches to the one that listens. One slot is one cache line and carries its own
// stamp, so the two threads share no counter but the reader's, which moves in strides.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>

#include "venue/engine/book/report.hpp"

namespace bench {

/// Waits a good while before it looks again: whoever polls a line that the other core is about to write makes both wait
/// for each other. After a long time it gives the core away; on a busy machine the other thread may be waiting for it.
class Patience {
  public:
    void look_again() {
        if (++turns_ % 65'536 == 0) std::this_thread::yield();
    }
    void wait() {
        if (++turns_ % 16'384 == 0) return std::this_thread::yield();
        for (int pause = 0; pause < 32; ++pause) {
#ifdef __x86_64__
            __builtin_ia32_pause();
#endif
        }
    }

  private:
    unsigned turns_ = 0;
};

class ReportRing {
  public:
    /// Waits while the ring is full.
    void push(const venue::engine::book::Report& report) {
        const std::uint64_t number = next_++;
        if ((number & (block - 1)) == 0) claim(number);
        Slot& slot = slots_[number & mask];
        slot.report = report;
        slot.stamp.store(number + 1, std::memory_order_release);
    }

    [[nodiscard]] std::uint64_t pushed() const { return next_; }

    /// Gives every report that has come to `take`; returns whether there was one. For one reading thread.
    template <class Take>
    bool drain(Take take) {
        const std::uint64_t before = taken_;
        while (slots_[taken_ & mask].stamp.load(std::memory_order_acquire) == taken_ + 1) {
            take(slots_[taken_ & mask].report);
            if ((++taken_ & (stride - 1)) == 0) read_.store(taken_, std::memory_order_release);
        }
        return taken_ != before;
    }

  private:
    static constexpr std::uint64_t size = 2'048;
    static constexpr std::uint64_t mask = size - 1;
    static constexpr std::uint64_t stride = 256;
    static constexpr std::uint64_t block = 16;

    struct alignas(64) Slot {
        venue::engine::book::Report report;
        std::atomic<std::uint64_t> stamp{0};
    };
    static_assert(sizeof(Slot) == 64);

    /// Takes a block of lines from the reader's core in one go, because each of them alone costs a way there and back.
    void claim(std::uint64_t first) {
        if (first + block > room_until_) wait_for_room(first + block);
        for (std::uint64_t number = first; number < first + block; ++number) {
            slots_[number & mask].stamp.store(0, std::memory_order_relaxed);
        }
    }

    void wait_for_room(std::uint64_t end) {
        Patience patience;
        for (;; patience.wait()) {
            room_until_ = read_.load(std::memory_order_acquire) + size;
            if (room_until_ >= end) return;
        }
    }

    std::unique_ptr<Slot[]> slots_ = std::make_unique<Slot[]>(size);
    alignas(64) std::uint64_t next_ = 0;
    std::uint64_t room_until_ = size;
    alignas(64) std::uint64_t taken_ = 0;
    alignas(64) std::atomic<std::uint64_t> read_{0};
};

/// What both books are given as their sink.
struct RingSink {
    ReportRing* ring;
    void operator()(const venue::engine::book::Report& report) const { ring->push(report); }
};

}  // namespace bench
