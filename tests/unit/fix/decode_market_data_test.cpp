// What is asked about books and instruments.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/fix/decode_fixture.hpp"

namespace venue::fix {
namespace {

TEST(DecodeMarketData, a_book_is_asked_for_once_per_symbol) {
    const auto answer = decoded("35=V|262=m|263=0|264=5|267=2|269=0|269=1|146=3|55=BTC-USD|55=ETH-USD|55=BTC-USD|");
    const auto& questions = std::get<Questions>(answer);
    ASSERT_EQ(questions.size(), 2U);
    const auto& second = std::get<model::BookQuestion>(questions[1]);
    EXPECT_EQ(second.request_id, "m");
    EXPECT_EQ(second.symbol, "ETH-USD");
    EXPECT_EQ(second.depth, 5);
    EXPECT_TRUE(second.bids && second.offers);
}

TEST(DecodeMarketData, one_side_of_a_book) {
    const auto book = question<model::BookQuestion>(decoded("35=V|262=m|263=0|264=0|267=1|269=1|146=1|55=BTC-USD|"));
    EXPECT_FALSE(book.bids);
    EXPECT_TRUE(book.offers);
}

TEST(DecodeMarketData, a_whole_book_is_no_more_than_a_thousand_levels) {
    const auto book = question<model::BookQuestion>(decoded("35=V|262=m|263=0|264=0|267=1|269=1|146=1|55=BTC-USD|"));
    EXPECT_EQ(book.depth, 1'000);
}

TEST(DecodeMarketData, market_data_that_is_not_offered_is_refused_with_its_code) {
    const auto code = [](const std::string& fields) {
        const auto answer = decoded("35=V|262=m|" + fields + "146=1|55=BTC-USD|");
        const auto* refused = std::get_if<model::MarketDataRefusal>(&answer);
        return refused == nullptr ? ' ' : refused->code;
    };
    EXPECT_EQ(code("263=1|264=0|267=1|269=0|"), '4');
    EXPECT_EQ(code("263=2|264=0|267=1|269=0|"), '4');
    EXPECT_EQ(code("263=0|264=-1|267=1|269=0|"), '5');
    EXPECT_EQ(code("263=0|264=1000|267=1|269=0|"), ' ');
    EXPECT_EQ(code("263=0|264=1001|267=1|269=0|"), '5');
    EXPECT_EQ(code("263=0|264=0|267=2|269=0|269=2|"), '8');
    EXPECT_EQ(code("263=1|264=-1|267=1|269=2|"), '4');
}

TEST(DecodeMarketData, too_many_symbols_in_one_request_are_refused) {
    std::string text = "35=V|262=m|263=0|264=0|267=1|269=0|146=21|";
    for (int i = 0; i < 21; ++i) text += "55=S" + std::to_string(i) + "|";
    EXPECT_EQ(std::get<model::MarketDataRefusal>(decoded(text)).code, '2');
}

TEST(DecodeMarketData, a_list_of_one_instrument_or_of_all) {
    const auto one = question<model::InstrumentsQuestion>(decoded("35=x|320=r|559=0|55=BTC-USD|"));
    EXPECT_EQ(one.symbol, "BTC-USD");
    EXPECT_TRUE(one.supported);
    const auto all = question<model::InstrumentsQuestion>(decoded("35=x|320=r|559=4|55=BTC-USD|"));
    EXPECT_EQ(all.symbol, "");
    EXPECT_TRUE(all.supported);
    EXPECT_FALSE(question<model::InstrumentsQuestion>(decoded("35=x|320=r|559=1|")).supported);
    EXPECT_FALSE(question<model::InstrumentsQuestion>(decoded("35=x|320=r|559=4|263=1|")).supported);
}

}  // namespace
}  // namespace venue::fix
