#include <gmock/gmock.h>

#include "tests/unit/fix/encode_fixture.hpp"

namespace venue::fix {
namespace {

using model::RejectReason;

model::OrderStatusQuestion status_question() { return {model::ClOrdId("a1"), {}, "BTC-USD", model::Side::sell, "q1"}; }

TEST(EncodeAnswer, an_order_status_has_no_execution_id_of_its_own) {
    EXPECT_EQ(body_of(answer_of(model::OrderStatusAnswer{status_question(), {}, demo_order(), {}})),
              "37=7|11=a1|790=q1|17=0|150=I|39=0|1=alice|55=BTC-USD|54=1|38=0.5|40=2|44=20000|59=1|151=0.5|14=0|6=0|"
              "60=19700101-00:00:00.000|");
}

TEST(EncodeAnswer, an_unknown_order_is_told_with_the_fields_that_a_report_needs) {
    EXPECT_EQ(body_of(answer_of(model::OrderStatusAnswer{status_question(), {}, {}, {}})),
              "37=NONE|11=a1|790=q1|17=0|150=I|39=8|103=5|55=BTC-USD|54=2|151=0|14=0|6=0|"
              "58=No order of this participant has this name.|60=19700101-00:00:00.000|");
}

TEST(EncodeAnswer, a_book_lists_its_levels_best_first) {
    model::BookAnswer book{"m1", model::InstrumentId(1), true, true, {}, {}};
    book.bids = {{{1'999'950}, {100'000'000}, 2}, {{1'999'900}, {1}, 1}};
    book.offers = {{{2'000'000}, {50'000'000}, 1}};
    EXPECT_EQ(body_of(answer_of(book)),
              "262=m1|55=BTC-USD|268=3|269=0|270=19999.5|271=1|346=2|290=1|269=0|270=19999|271=0.00000001|346=1|290=2|"
              "269=1|270=20000|271=0.5|346=1|290=1|");
}

TEST(EncodeAnswer, an_empty_book_has_no_entries) {
    EXPECT_EQ(body_of(answer_of(model::BookAnswer{"m1", model::InstrumentId(1), true, true, {}, {}})),
              "262=m1|55=BTC-USD|268=0|");
}

TEST(EncodeAnswer, a_list_tells_what_a_trader_needs_to_write_a_valid_order) {
    EXPECT_EQ(body_of(answer_of(model::InstrumentsAnswer{"r1", {model::InstrumentId(1)}, true, true})),
              "320=r1|322=33|560=0|393=1|893=Y|146=1|55=BTC-USD|15=USD|561=0.00000001|562=0.00000001|58=tick 0.01|");
    EXPECT_EQ(body_of(answer_of(model::InstrumentsAnswer{"r1", {}, false, true})), "320=r1|322=33|560=2|");
    EXPECT_EQ(body_of(answer_of(model::InstrumentsAnswer{"r1", {model::InstrumentId(1)}, true, false})),
              "320=r1|322=33|560=1|");
}

TEST(EncodeAnswer, a_refusal_names_the_message_and_the_field) {
    EXPECT_EQ(body_of(answer_of(model::Refusal{RejectReason::conditionally_required_field_missing, "D", "a1", 44, ""})),
              "45=33|372=D|379=a1|380=5|58=A field that this message needs here is missing. (Price, 44)|");
    EXPECT_EQ(body_of(answer_of(model::Refusal{RejectReason::venue_busy, "D", "", 0, "Try again in a second."})),
              "45=33|372=D|380=4|58=Try again in a second.|");
}

TEST(EncodeAnswer, a_market_data_refusal_has_its_code) {
    EXPECT_EQ(body_of(answer_of(model::MarketDataRefusal{"m1", '8', "No."})), "262=m1|281=8|58=No.|");
}

TEST(EncodeAnswer, every_answer_takes_one_number) {
    std::string out;
    const model::Answer answer{{}, {}, {}, 1, model::Refusal{}};
    EXPECT_EQ(encode_answer(answer, demo_reference(), demo_header(), out), 1);
}

}  // namespace
}  // namespace venue::fix
