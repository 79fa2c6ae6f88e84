#include <cstdio>

#include "venue/engine/book/book.hpp"

using namespace venue::engine::book;

// Everything that happens is told here, in order.
struct Printer {
    void operator()(const Report& report) const {
        std::printf("%s %llu", name(report.kind).data(), static_cast<unsigned long long>(report.id));
        if (report.kind == ReportKind::traded) {
            std::printf(" with %llu: %lld @ %lld", static_cast<unsigned long long>(report.resting_id),
                        static_cast<long long>(report.quantity), static_cast<long long>(report.price));
        }
        std::printf(", %lld left %s\n", static_cast<long long>(report.left), name(report.reason).data());
    }
};

int main() {
    Book book{Printer{}};
    book.place(70'001, Side::sell, 10'050, 5);  // id, side, price in ticks, quantity in lots
    book.place(3, Side::sell, 10'051, 5);
    book.place(900, Side::buy, 10'050, 2, Instruction::ioc);
    book.modify(3, 10'050, 4);  // to another price: to the back of its queue
    book.cancel(70'001);
    book.cancel(70'001);
    if (const auto best = book.best(Side::sell)) {
        std::printf("best offer %lld @ %lld\n", static_cast<long long>(best->quantity),
                    static_cast<long long>(best->price));
    }
    std::printf("at 10051: %lld\n", static_cast<long long>(book.depth(Side::sell, 10'051).quantity));
}
