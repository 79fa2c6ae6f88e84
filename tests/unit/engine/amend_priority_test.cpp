// docs/amend-priority.md, row by row.
#include <gmock/gmock.h>

#include "tests/unit/engine/documented_rows.hpp"
#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::Decimal;
using model::Side;
using model::TimeInForce;
using model::Timestamp;

struct Row {
    const char* what;
    Decimal quantity{4, 0};
    Decimal price{100, 0};
    std::optional<Decimal> display{};
    std::optional<Timestamp> expires{};
    bool keeps = false;
    bool is_iceberg = true;
};

const std::vector<Row> rows = {
    {.what = "nothing"},
    {.what = "price", .price = {101, 0}},
    {.what = "quantity, smaller", .quantity = {3, 0}, .keeps = true},
    {.what = "quantity, larger", .quantity = {5, 0}},
    {.what = "displayed quantity, smaller", .display = Decimal{1, 0}, .keeps = true},
    {.what = "displayed quantity, larger", .display = Decimal{3, 0}},
    {.what = "an order that showed all becomes an iceberg",
     .display = Decimal{1, 0},
     .keeps = true,
     .is_iceberg = false},
    {.what = "expire time", .expires = Timestamp{9'000}, .keeps = true},
    {.what = "quantity smaller, and expire time", .quantity = {3, 0}, .expires = Timestamp{9'000}, .keeps = true},
    {.what = "quantity larger, and expire time", .quantity = {5, 0}, .expires = Timestamp{9'000}},
    {.what = "quantity smaller, and price", .quantity = {3, 0}, .price = {101, 0}},
    {.what = "quantity smaller, and displayed quantity larger", .quantity = {3, 0}, .display = Decimal{3, 0}},
};

class AmendPriority : public testing::TestWithParam<Row> {};

/// Whoever is at the front of the level is the one that the next order trades with.
TEST_P(AmendPriority, IsAsTheDocumentSays) {
    const Row& row = GetParam();
    SmallVenue venue;
    venue.deposit("alice", "BTC", "100");
    venue.deposit("bob", "USD", "10000");
    model::AskedTerms terms{.expires = Timestamp{5'000}};
    if (row.is_iceberg) terms.display = Decimal{2, 0};
    venue.handle(with(terms, order("a1", Side::sell, "4 @ 100", TimeInForce::gtd)), "ALICE");
    venue.sell("ALICE2", "other", "1 @ 100");
    venue.sell("ALICE2", "another", "1 @ 101");

    model::ReplaceOrder change;
    change.cl_ord_id = model::ClOrdId("a2");
    change.orig_cl_ord_id = model::ClOrdId("a1");
    change.symbol = "BTC-USD";
    change.side = Side::sell;
    change.quantity = row.quantity;
    change.price = row.price;
    venue.handle(with({.display = row.display, .expires = row.expires}, change), "ALICE");
    const auto& replaced = std::get<model::OrderReplaced>(venue.events().back().body);
    EXPECT_EQ(replaced.kept_place, row.keeps);
    const bool moved = row.price != Decimal{100, 0};
    if (moved) venue.buy("BOB", "b0", "1 @ 100");
    const char* const behind = moved ? "another filled" : "other filled";
    EXPECT_THAT(venue.buy("BOB", "b1", "1 @ 101").back(), testing::HasSubstr(row.keeps ? "a2 open" : behind));
}

INSTANTIATE_TEST_SUITE_P(Table, AmendPriority, testing::ValuesIn(rows));

TEST(AmendPriorityOfPeggedOrders, IsAsTheDocumentSays) {
    for (const bool by_limit : {true, false}) {
        SmallVenue venue;
        venue.deposit("alice", "BTC", "100");
        venue.deposit("bob", "USD", "10000");
        venue.sell("ALICE2", "followed", "1 @ 100");
        auto asked = order("a1", Side::sell, "4 @ 90");
        asked.type = model::OrderType::pegged;
        venue.settle(with({.trail = Decimal{0, 0}, .peg = model::Peg::primary}, asked), "ALICE");
        model::ReplaceOrder change{model::ClOrdId("a2"), model::ClOrdId("a1"), {}, "BTC-USD", Side::sell};
        change.type = model::OrderType::pegged;
        change.quantity = {3, 0};
        change.price = Decimal{by_limit ? 91 : 90, 0};
        if (!by_limit) change = with({.trail = Decimal{1, 0}, .peg = model::Peg::primary}, change);
        venue.settle(change, "ALICE");
        EXPECT_FALSE(std::get<model::OrderReplaced>(venue.events().back().body).kept_place);
    }
}

TEST(AmendPriorityDocument, HasTheseRowsAndNoOthers) {
    std::set<std::string> played{"limit or offset of a pegged order"};
    for (const Row& row : rows) played.insert(row.what);
    EXPECT_EQ(documented_rows("amend-priority.md"), played);
}

}  // namespace
}  // namespace venue::test
