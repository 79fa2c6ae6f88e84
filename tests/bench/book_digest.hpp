// One number for a stream of reports: two streams that differ in a field or in their order have different ones.
#pragma once

#include <cstdint>

#include "venue/engine/book/report.hpp"

namespace bench {

class Digest {
  public:
    void operator()(const venue::engine::book::Report& report) {
        const auto kind = static_cast<std::uint64_t>(report.kind) << 8 | static_cast<std::uint64_t>(report.reason);
        const std::uint64_t names = (kind + report.id) * odd ^ report.resting_id;
        const std::uint64_t terms =
            static_cast<std::uint64_t>(report.price) * odd + static_cast<std::uint64_t>(report.quantity);
        const std::uint64_t rest =
            static_cast<std::uint64_t>(report.left) * odd + static_cast<std::uint64_t>(report.resting_left);
        value_ = (value_ ^ (names + turned(terms, 21) + turned(rest, 42))) * odd;
        value_ ^= value_ >> 29;
        ++count_;
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }
    [[nodiscard]] std::uint64_t count() const { return count_; }
    bool operator==(const Digest&) const = default;

  private:
    static constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    static std::uint64_t turned(std::uint64_t word, int by) { return word << by | word >> (64 - by); }

    std::uint64_t value_ = 0;
    std::uint64_t count_ = 0;
};

}  // namespace bench
