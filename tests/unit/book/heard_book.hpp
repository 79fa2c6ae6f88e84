// A book whose reports are kept as text, one line each, for tests that act and then compare all that was said.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "venue/engine/book/book.hpp"

namespace venue::test {

using engine::book::Instruction;
using engine::book::Side;
using engine::book::Ticks;

/// "accepted 1: 5 @ 100", "traded 2 with 1: 3 @ 100, left 0 and 2", "cancelled 1: 2 left", "rejected 1: id_is_live".
inline std::string text_of(const engine::book::Report& report) {
    using engine::book::ReportKind;
    const std::string begin = std::string(name(report.kind)) + " " + std::to_string(report.id);
    const std::string terms = std::to_string(report.quantity) + " @ " + std::to_string(report.price);
    const std::string why = std::string(name(report.reason));
    switch (report.kind) {
        case ReportKind::accepted:
        case ReportKind::modified:
            return begin + ": " + terms;
        case ReportKind::traded:
            return begin + " with " + std::to_string(report.resting_id) + ": " + terms + ", left " +
                   std::to_string(report.left) + " and " + std::to_string(report.resting_left);
        case ReportKind::cancelled:
            return begin + ": " + std::to_string(report.left) + " left" + (why == "none" ? "" : ", " + why);
        case ReportKind::rejected:
            return begin + ": " + why;
    }
    return begin;
}

class HeardBook {
  public:
    using Lines = std::vector<std::string>;

    HeardBook() = default;
    explicit HeardBook(std::uint32_t records_max) : book_(Sink{&lines_}, records_max) {}

    Lines buy(std::uint64_t id, std::int64_t quantity, Ticks price, Instruction instruction = Instruction::rest) {
        book_.place(id, Side::buy, price, quantity, instruction);
        return std::exchange(lines_, {});
    }
    Lines sell(std::uint64_t id, std::int64_t quantity, Ticks price, Instruction instruction = Instruction::rest) {
        book_.place(id, Side::sell, price, quantity, instruction);
        return std::exchange(lines_, {});
    }
    Lines cancel(std::uint64_t id) {
        book_.cancel(id);
        return std::exchange(lines_, {});
    }
    Lines modify(std::uint64_t id, std::int64_t quantity, Ticks price, Instruction instruction = Instruction::rest) {
        book_.modify(id, price, quantity, instruction);
        return std::exchange(lines_, {});
    }

    /// "bids 100:5(2) 99:1(1) offers 101:3(1)", best first.
    [[nodiscard]] std::string levels() const { return "bids" + side(Side::buy) + " offers" + side(Side::sell); }
    /// The ids of a side in the order in which they would trade, each followed by a space.
    [[nodiscard]] std::string queue(Side side) const {
        std::string ids;
        const engine::book::Ladder& ladder = book_.ladder();
        for (auto order = ladder.front(side); order != 0; order = ladder.after(order)) {
            ids += std::to_string(ladder.order(order).id) + " ";
        }
        return ids;
    }
    [[nodiscard]] auto& operator*() { return book_; }

  private:
    struct Sink {
        Lines* lines;
        void operator()(const engine::book::Report& report) const { lines->push_back(text_of(report)); }
    };

    [[nodiscard]] std::string side(Side side) const {
        std::string text;
        const engine::book::Ladder& ladder = book_.ladder();
        for (auto level = ladder.best(side); level != 0; level = ladder.level_after(level)) {
            const engine::book::Depth depth = ladder.depth(level);
            text += " " + std::to_string(depth.price) + ":" + std::to_string(depth.quantity) + "(" +
                    std::to_string(depth.order_count) + ")";
        }
        return text;
    }

    Lines lines_;
    engine::book::Book<Sink> book_{Sink{&lines_}};
};

}  // namespace venue::test
