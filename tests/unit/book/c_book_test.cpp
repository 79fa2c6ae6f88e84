// The same book from C.
#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "venue/engine/book/report.hpp"
#include "venue/engine/book/venue_book.h"

namespace venue::test {
namespace {

using testing::ElementsAre;
using Lines = std::vector<std::string>;

void keep(void* lines, const venue_report* report) {
    using namespace engine::book;
    static_cast<Lines*>(lines)->push_back(std::string(name(static_cast<ReportKind>(report->kind))) + " " +
                                          std::to_string(report->id) + " " + std::to_string(report->resting_id) + " " +
                                          std::to_string(report->quantity) + "@" + std::to_string(report->price) + " " +
                                          std::to_string(report->left) + " " + std::to_string(report->resting_left) +
                                          " " + std::string(name(static_cast<Reason>(report->reason))));
}

class CBook : public testing::Test {
  protected:
    Lines lines;
    std::unique_ptr<venue_book, void (*)(venue_book*)> owned{venue_book_new(keep, &lines, 0), venue_book_free};
    venue_book* book = owned.get();
};

TEST_F(CBook, IsDrivenMessageByMessage) {
    venue_book_place(book, 1, VENUE_SELL, 100, 5, VENUE_REST);
    venue_book_place(book, 2, VENUE_BUY, 101, 3, VENUE_IOC);
    venue_book_modify(book, 1, 100, 1, VENUE_REST);
    venue_book_cancel(book, 1);
    EXPECT_THAT(lines,
                ElementsAre("accepted 1 0 5@100 5 0 none", "accepted 2 0 3@101 3 0 none", "traded 2 1 3@100 0 2 none",
                            "modified 1 0 1@100 1 0 none", "cancelled 1 0 0@100 1 0 none"));
}

TEST_F(CBook, ShowsItsDepth) {
    venue_depth depths[2] = {};
    EXPECT_EQ(venue_book_best(book, VENUE_BUY, depths), 0);
    for (std::uint64_t id = 1; id <= 4; ++id)
        venue_book_place(book, id, VENUE_BUY, 100 - static_cast<std::int64_t>(id / 2), 2, VENUE_REST);
    EXPECT_EQ(venue_book_best(book, VENUE_BUY, depths), 1);
    EXPECT_EQ(depths[0].price, 100);
    EXPECT_EQ(venue_book_levels(book, VENUE_BUY, depths, 2), 2U);
    EXPECT_EQ(depths[1].price, 99);
    EXPECT_EQ(depths[1].quantity, 4);
    EXPECT_EQ(depths[1].order_count, 2U);
    EXPECT_EQ(venue_book_depth(book, VENUE_BUY, 98).quantity, 2);
    EXPECT_EQ(venue_book_depth(book, VENUE_SELL, 98).quantity, 0);
    EXPECT_EQ(venue_book_open(book, 3), 2);
    EXPECT_EQ(venue_book_order_count(book), 4U);
}

TEST_F(CBook, DeclinesNumbersThatNameNothing) {
    venue_book_place(book, 1, 0, 100, 5, VENUE_REST);
    venue_book_place(book, 1, 3, 100, 5, VENUE_REST);
    venue_book_place(book, 1, VENUE_BUY, 100, 5, 4);
    venue_book_modify(book, 1, 100, 5, -1);
    EXPECT_THAT(lines, ElementsAre("rejected 1 0 5@100 0 0 side_is_unknown", "rejected 1 0 5@100 0 0 side_is_unknown",
                                   "rejected 1 0 5@100 0 0 instruction_is_unknown",
                                   "rejected 1 0 5@100 0 0 instruction_is_unknown"));
    EXPECT_EQ(venue_book_levels(book, 7, nullptr, 1), 0U);
    EXPECT_EQ(venue_book_order_count(book), 0U);
}

}  // namespace
}  // namespace venue::test
