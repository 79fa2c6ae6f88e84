// docs/holds.md, row by row.
#include <gmock/gmock.h>

#include <functional>

#include "tests/unit/engine/documented_rows.hpp"
#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::AskedTerms;
using model::Decimal;
using model::OrderType;
using model::PostOnly;
using model::SelfTrade;
using model::Side;
using model::TimeInForce;

struct Row {
    const char* what;
    std::function<void(SmallVenue&)> happens;
    const char* asset;
    const char* held;  ///< By bob.
    SmallVenue::Fees fees{};
};

void ask(SmallVenue& venue, const char* name, Side side, const char* words, AskedTerms terms, OrderType type,
         TimeInForce time_in_force = TimeInForce::gtc) {
    auto asked = order(name, side, words, time_in_force);
    asked.type = type;
    venue.settle(with(std::move(terms), asked), "BOB");
}

void replace(SmallVenue& venue, const char* words) { venue.replace("BOB", "b2", "b1", words); }

/// With one order of alice's more than a command fills, so that who comes in is told of before his sweep is over.
void fill_the_book(SmallVenue& venue, Side side, const char* words) {
    for (int i = 0; i < engine::fills_per_command_max + 1; ++i) {
        venue.handle(order("a" + std::to_string(i), side, words), "ALICE");
    }
}

const std::vector<Row> rows = {
    {"limit buy", [](auto& v) { v.buy("BOB", "b1", "2 @ 100"); }, "USD", "200"},
    {"limit buy, fee in quote",
     [](auto& v) { v.buy("BOB", "b1", "2 @ 100"); },
     "USD",
     "202",
     {.maker = -5'000, .taker = 100'000, .source = model::FeeSource::quote}},
    {"limit sell", [](auto& v) { v.sell("BOB", "b1", "2 @ 100"); }, "BTC", "2"},
    // A market order is over when its command is; while its sweep goes on it holds what the sweep's first events tell.
    {"market buy by quantity",
     [](auto& v) {
         fill_the_book(v, Side::sell, "0.01 @ 100");
         v.handle(order("b1", Side::buy, "11"), "BOB");
     },
     "USD", "0"},
    {"market sell by quantity",
     [](auto& v) {
         fill_the_book(v, Side::buy, "0.01 @ 10");
         v.handle(order("b1", Side::sell, "11"), "BOB");
     },
     "BTC", "0"},
    {"market buy by cash",
     [](auto& v) {
         fill_the_book(v, Side::sell, "0.01 @ 100");
         auto asked = with({.cash = Decimal{1'001, 0}}, order("b1", Side::buy, "0"));
         v.handle(asked, "BOB");
     },
     "USD", "1"},
    {"market buy that gathers for an auction",
     [](auto& v) {
         v.enter(model::Phase::opening_auction);
         v.buy("BOB", "b1", "2");
     },
     "USD",
     "220",
     {.static_band_bp = 1'000, .reference_price = Decimal{100, 0}}},
    {"market sell that gathers for an auction",
     [](auto& v) {
         v.enter(model::Phase::opening_auction);
         v.sell("BOB", "b1", "2");
     },
     "BTC",
     "2",
     {.static_band_bp = 1'000, .reference_price = Decimal{100, 0}}},
    {"limit buy at the close, before its auction",
     [](auto& v) { v.buy("BOB", "b1", "2 @ 100", TimeInForce::at_close); }, "USD", "200"},
    {"market buy at the close, before its auction",
     [](auto& v) { v.buy("BOB", "b1", "2", TimeInForce::at_close); },
     "USD",
     "220",
     {.static_band_bp = 1'000, .reference_price = Decimal{100, 0}}},
    {"market buy at the close that joined its auction",
     [](auto& v) {
         v.buy("BOB", "b1", "2", TimeInForce::at_close);
         v.enter(model::Phase::opening_auction);
         v.sell("ALICE", "a1", "1 @ 108");
         v.buy("ALICE", "a2", "1 @ 108");
         v.enter(model::Phase::continuous);
         v.enter(model::Phase::closing_auction);
     },
     "USD",
     "236",
     {.static_band_bp = 1'000, .reference_price = Decimal{100, 0}}},
    {"sales of a list where one cancels the others",
     [](auto& v) {
         v.settle(model::PlaceList{{},
                                   model::ListKind::one_cancels_others,
                                   {order("b1", Side::sell, "2 @ 110"), order("b2", Side::sell, "3 @ 120")}},
                  "BOB");
     },
     "BTC", "3"},
    {"buys of a list where one cancels the others",
     [](auto& v) {
         auto stop = with({.trigger = Decimal{110, 0}}, order("b2", Side::buy, "2 @ 120"));
         stop.type = OrderType::stop_limit;
         v.settle(model::PlaceList{{}, model::ListKind::one_cancels_others, {order("b1", Side::buy, "2 @ 90"), stop}},
                  "BOB");
     },
     "USD", "240"},
    {"order of a list that came alive",
     [](auto& v) {
         v.settle(model::PlaceList{{},
                                   model::ListKind::one_triggers_others,
                                   {order("b1", Side::buy, "2 @ 90"), order("b2", Side::sell, "2 @ 120")}},
                  "BOB");
         v.settle(order("a1", Side::sell, "2 @ 90"), "ALICE");
     },
     "BTC", "2"},
    {"dormant order of a list",
     [](auto& v) {
         v.settle(model::PlaceList{{},
                                   model::ListKind::one_triggers_others,
                                   {order("b1", Side::buy, "2 @ 90"), order("b2", Side::sell, "2 @ 120")}},
                  "BOB");
     },
     "BTC", "0"},
    {"pegged buy",
     [](auto& v) {
         v.sell("ALICE", "a1", "1 @ 110");
         ask(v, "b1", Side::buy, "2 @ 120", {.trail = Decimal{-5, 0}, .peg = model::Peg::market}, OrderType::pegged);
     },
     "USD", "240"},
    {"pegged sell",
     [](auto& v) {
         v.sell("ALICE", "a1", "1 @ 110");
         ask(v, "b1", Side::sell, "2", {.trail = Decimal{0, 0}, .peg = model::Peg::primary}, OrderType::pegged);
     },
     "BTC", "2"},
    {"market sell by cash",
     [](auto& v) {
         fill_the_book(v, Side::buy, "0.01 @ 10");
         v.handle(with({.cash = Decimal{10'015, 2}}, order("b1", Side::sell, "0")), "BOB");
     },
     "BTC", "0.01"},
    {"stop buy",
     [](auto& v) {
         ask(v, "b1", Side::buy, "2 @ 120", {.trigger = Decimal{110, 0}}, OrderType::stop);
     },
     "USD", "240"},
    {"stop limit buy",
     [](auto& v) {
         ask(v, "b1", Side::buy, "2 @ 120", {.trigger = Decimal{110, 0}}, OrderType::stop_limit);
     },
     "USD", "240"},
    {"market if touched buy",
     [](auto& v) {
         ask(v, "b1", Side::buy, "2 @ 120", {.trigger = Decimal{110, 0}}, OrderType::market_if_touched);
     },
     "USD", "240"},
    {"trailing stop buy",
     [](auto& v) {
         ask(v, "b1", Side::buy, "2 @ 120", {.trail = Decimal{5, 0}}, OrderType::trailing_stop);
     },
     "USD", "240"},
    {"stop sell",
     [](auto& v) {
         ask(v, "b1", Side::sell, "2", {.trigger = Decimal{110, 0}}, OrderType::stop);
     },
     "BTC", "2"},
    {"iceberg sell",
     [](auto& v) {
         ask(v, "b1", Side::sell, "2 @ 100", {.display = Decimal{1, 0}}, OrderType::limit);
     },
     "BTC", "2"},
    {"iceberg buy",
     [](auto& v) {
         ask(v, "b1", Side::buy, "2 @ 100", {.display = Decimal{1, 0}}, OrderType::limit);
     },
     "USD", "200"},
    {"post-only buy that moved off the touch",
     [](auto& v) {
         v.sell("ALICE", "a1", "1 @ 90");
         ask(v, "b1", Side::buy, "2 @ 100", {.post_only = PostOnly::reprice}, OrderType::limit);
     },
     "USD", "178"},
    {"filled in part at its price",
     [](auto& v) {
         v.sell("ALICE", "a1", "1 @ 100");
         v.buy("BOB", "b1", "3 @ 100");
     },
     "USD", "200"},
    {"filled in part at a better price",
     [](auto& v) {
         v.sell("ALICE", "a1", "1 @ 60");
         v.buy("BOB", "b1", "3 @ 100");
     },
     "USD", "200"},
    {"replaced",
     [](auto& v) {
         v.buy("BOB", "b1", "3 @ 100");
         replace(v, "4 @ 101");
     },
     "USD", "404"},
    {"replaced, and that is not covered",
     [](auto& v) {
         v.buy("BOB", "b1", "3 @ 100");
         replace(v, "4000 @ 101");
     },
     "USD", "300"},
    {"bought in an auction below its price",
     [](auto& v) {
         v.enter(model::Phase::opening_auction);
         v.buy("BOB", "b1", "3 @ 100");
         v.sell("ALICE", "a1", "1 @ 60");
         v.sell("ALICE", "a2", "1 @ 100");
         v.buy("ALICE", "a3", "1 @ 90");
         v.enter(model::Phase::continuous);
     },
     "USD", "100"},
    {"decremented to prevent a self-trade",
     [](auto& v) {
         v.buy("BOB", "b1", "3 @ 100");
         ask(v, "b2", Side::sell, "1 @ 100", {.self_trade = SelfTrade::decrement}, OrderType::limit);
     },
     "USD", "200"},
    {"filled, cancelled or expired",
     [](auto& v) {
         v.buy("BOB", "b1", "1 @ 100");
         v.sell("ALICE", "a1", "1 @ 100");
         v.buy("BOB", "b2", "1 @ 100");
         v.cancel("BOB", "c2", "b2");
         v.buy("BOB", "b3", "1 @ 100", TimeInForce::day);
         v.now = *v.engine.next_due();
         v.handle(model::AdvanceTime{v.now});
     },
     "USD", "0"},
    {"filled by cash, with cash left over",
     [](auto& v) {
         v.sell("ALICE", "a1", "5 @ 100");
         v.settle(with({.cash = Decimal{1'505, 1}}, order("b1", Side::buy, "0")), "BOB");
     },
     "USD", "0"},
};

class Holds : public testing::TestWithParam<Row> {};

TEST_P(Holds, AreAsTheDocumentSays) {
    SmallVenue venue(GetParam().fees);
    for (const std::string name : {"alice", "bob"}) {
        venue.deposit(name, "BTC", "100");
        venue.deposit(name, "USD", "10000");
    }
    GetParam().happens(venue);
    const std::string funds = venue.funds("bob", GetParam().asset);
    EXPECT_EQ(funds.substr(funds.find('+') + 1), GetParam().held) << GetParam().what << ": " << funds;
}

std::string as_name(const char* words) {
    std::string name;
    for (const char* c = words; *c != '\0'; ++c) name += std::isalnum(static_cast<unsigned char>(*c)) != 0 ? *c : '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Table, Holds, testing::ValuesIn(rows),
                         [](const auto& row) { return as_name(row.param.what); });

TEST(HoldsDocument, HasTheseRowsAndNoOthers) {
    std::set<std::string> played;
    for (const Row& row : rows) played.insert(row.what);
    EXPECT_EQ(documented_rows("holds.md"), played);
}

}  // namespace
}  // namespace venue::test
