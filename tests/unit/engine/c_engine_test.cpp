// The whole engine from C.
#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "venue/engine/venue_engine.h"

namespace venue::test {
namespace {

using testing::ElementsAre;
using Lines = std::vector<std::string>;

constexpr const char* kinds[] = {"", "accepted", "traded", "cancelled", "modified", "rejected"};

void keep(void* lines, const venue_engine_report* r) {
    std::string line = std::string(kinds[r->kind]) + " " + std::to_string(r->participant) + ":" +
                       std::to_string(r->id) + " " + std::to_string(r->quantity) + "@" + std::to_string(r->price) +
                       " left " + std::to_string(r->left);
    if (r->kind == VENUE_TRADED) {
        line += std::string(r->resting != 0 ? " resting" : " incoming") + ", fee " + std::to_string(r->fee);
    }
    const std::string reason = venue_engine_reason_name(r->reason);
    static_cast<Lines*>(lines)->push_back(line + (reason.empty() ? "" : " " + reason));
}

/// Makers pay a hundredth of a percent, takers three.
class CEngine : public testing::Test {
  protected:
    Lines lines;
    std::unique_ptr<venue_engine, void (*)(venue_engine*)> owned{venue_engine_new(keep, &lines, 1'000, 3'000),
                                                                 venue_engine_free};
    venue_engine* engine = owned.get();
    const std::int32_t alice = venue_engine_join(engine, 1'000, 0, VENUE_SELF_TRADE_ALLOWED);
    const std::int32_t bob = venue_engine_join(engine, 10, 100'000, VENUE_CANCEL_NEWEST);
};

TEST_F(CEngine, IsDrivenMessageByMessageWithHoldsAndFees) {
    venue_engine_place(engine, alice, 7, VENUE_SELL, 100, 5, VENUE_REST);
    venue_engine_place(engine, bob, 7, VENUE_BUY, 101, 3, VENUE_IOC);
    venue_engine_modify(engine, alice, 7, 110, 4);
    venue_engine_cancel(engine, alice, 7);
    EXPECT_THAT(lines,
                ElementsAre("accepted 1:7 5@100 left 5", "accepted 2:7 3@101 left 3",
                            "traded 2:7 3@100 left 0 incoming, fee 90000", "traded 1:7 3@100 left 2 resting, fee 30000",
                            "modified 1:7 7@110 left 4", "cancelled 1:7 7@110 left 0 by_request"));
    const venue_funds base = venue_engine_base(engine, bob);
    const venue_funds quote = venue_engine_quote(engine, bob);
    EXPECT_EQ(base.available, 13);
    EXPECT_EQ(quote.available, 99'699);
    EXPECT_EQ(quote.held, 0);
}

TEST_F(CEngine, HoldsWhatAnOrderMayCost) {
    venue_engine_place(engine, bob, 1, VENUE_BUY, 100, 600, VENUE_REST);
    venue_engine_place(engine, bob, 2, VENUE_BUY, 100, 600, VENUE_REST);
    EXPECT_THAT(lines, ElementsAre("accepted 2:1 600@100 left 600", "rejected 2:2 0@0 left 0 insufficient_funds"));
    EXPECT_EQ(venue_engine_quote(engine, bob).held, 60'018);
}

TEST_F(CEngine, TakesAnIdAgainWhenItsOrderHasEnded) {
    venue_engine_place(engine, alice, 18'446'744'073'709'551'615U, VENUE_SELL, 100, 5, VENUE_REST);
    venue_engine_place(engine, alice, 18'446'744'073'709'551'615U, VENUE_SELL, 100, 5, VENUE_REST);
    venue_engine_cancel(engine, alice, 18'446'744'073'709'551'615U);
    venue_engine_cancel(engine, alice, 18'446'744'073'709'551'615U);
    venue_engine_place(engine, alice, 18'446'744'073'709'551'615U, VENUE_SELL, 100, 5, VENUE_REST);
    EXPECT_THAT(lines, ElementsAre("accepted 1:18446744073709551615 5@100 left 5",
                                   "rejected 1:18446744073709551615 0@0 left 0 duplicate_cl_ord_id",
                                   "cancelled 1:18446744073709551615 5@100 left 0 by_request",
                                   "rejected 1:18446744073709551615 0@0 left 0 unknown_order",
                                   "accepted 1:18446744073709551615 5@100 left 5"));
}

TEST_F(CEngine, PreventsSelfTradesAsWasSaidAtTheJoining) {
    venue_engine_place(engine, bob, 1, VENUE_SELL, 100, 5, VENUE_REST);
    venue_engine_place(engine, bob, 2, VENUE_BUY, 100, 5, VENUE_REST);
    EXPECT_THAT(lines, ElementsAre("accepted 2:1 5@100 left 5", "accepted 2:2 5@100 left 5",
                                   "cancelled 2:2 5@100 left 0 self_trade_prevented"));
}

TEST_F(CEngine, ShowsItsBook) {
    for (std::uint64_t id = 1; id <= 4; ++id)
        venue_engine_place(engine, alice, id, VENUE_SELL, 100 + static_cast<std::int64_t>(id / 2), 2, VENUE_POST_ONLY);
    venue_depth depths[2] = {};
    EXPECT_EQ(venue_engine_levels(engine, VENUE_BUY, depths, 2), 0U);
    EXPECT_EQ(venue_engine_levels(engine, VENUE_SELL, depths, 2), 2U);
    EXPECT_EQ(depths[0].price, 100);
    EXPECT_EQ(depths[1].price, 101);
    EXPECT_EQ(depths[1].quantity, 4);
    EXPECT_EQ(depths[1].order_count, 2U);
}

TEST_F(CEngine, DeclinesNumbersThatNameNothing) {
    venue_engine_place(engine, alice, 1, 3, 100, 5, VENUE_REST);
    venue_engine_place(engine, alice, 1, VENUE_SELL, 100, 5, 4);
    venue_engine_place(engine, alice, 1, VENUE_SELL, -100, 5, VENUE_REST);
    venue_engine_place(engine, 3, 1, VENUE_SELL, 100, 5, VENUE_REST);
    venue_engine_cancel(engine, 0, 1);
    venue_engine_modify(engine, alice, 1, 100, 5);
    EXPECT_THAT(lines,
                ElementsAre("rejected 1:1 0@0 left 0 unsupported_characteristic",
                            "rejected 1:1 0@0 left 0 unsupported_characteristic",
                            "rejected 1:1 0@0 left 0 price_not_positive", "rejected 3:1 0@0 left 0 not_authorised",
                            "rejected 0:1 0@0 left 0 not_authorised", "rejected 1:1 0@0 left 0 unknown_order"));
    EXPECT_EQ(venue_engine_join(engine, -1, 0, VENUE_SELF_TRADE_ALLOWED), 0);
    EXPECT_EQ(venue_engine_join(engine, 0, 0, 5), 0);
    EXPECT_EQ(venue_engine_new(keep, nullptr, 0, 1'000'001), nullptr);
    EXPECT_STREQ(venue_engine_reason_name(65'535), "");
}

TEST_F(CEngine, GivesTheSameStateForTheSameCalls) {
    Lines others;
    const std::unique_ptr<venue_engine, void (*)(venue_engine*)> other{venue_engine_new(keep, &others, 1'000, 3'000),
                                                                       venue_engine_free};
    venue_engine_join(other.get(), 1'000, 0, VENUE_SELF_TRADE_ALLOWED);
    venue_engine_join(other.get(), 10, 100'000, VENUE_CANCEL_NEWEST);
    EXPECT_EQ(venue_engine_state_hash(engine), venue_engine_state_hash(other.get()));
    venue_engine_place(engine, alice, 1, VENUE_SELL, 100, 5, VENUE_REST);
    EXPECT_NE(venue_engine_state_hash(engine), venue_engine_state_hash(other.get()));
}

}  // namespace
}  // namespace venue::test
