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

model::MassStatusAnswer mass_status(std::vector<model::Order> orders) {
    return {{"m1", "", "", {}}, std::make_shared<const std::vector<model::Order>>(std::move(orders)), {}};
}

TEST(EncodeAnswer, open_orders_are_told_one_by_one_and_the_last_says_so) {
    const model::Answer answer{{}, {}, {}, 1, mass_status({demo_order(), demo_order()})};
    ASSERT_EQ(message_count(answer.body), 2U);
    const auto told = [&](std::size_t place, const Dialect& spoken) {
        std::string out;
        encode_answer(answer, place, demo_reference(), demo_header(spoken), out);
        return body_of(out);
    };
    const std::string order =
        "17=0|150=I|39=0|1=alice|55=BTC-USD|54=1|38=0.5|40=2|44=20000|59=1|151=0.5|14=0|6=0|60=19700101-00:00:00.000|";
    for (const auto version : {model::FixVersion::fix44, model::FixVersion::fix50sp2}) {
        EXPECT_EQ(told(0, dialect(version, false)), "37=7|11=a1|584=m1|911=2|" + order);
        EXPECT_EQ(told(1, dialect(version, false)), "37=7|11=a1|584=m1|911=2|912=Y|" + order);
    }
}

TEST(EncodeAnswer, that_no_order_is_open_is_one_report) {
    EXPECT_EQ(message_count(mass_status({})), 1U);
    EXPECT_EQ(body_of(answer_of(mass_status({}))),
              "37=NONE|584=m1|911=0|912=Y|17=0|150=I|39=8|55=[N/A]|54=7|151=0|14=0|6=0|58=No open order is meant.|"
              "60=19700101-00:00:00.000|");
    auto narrow = mass_status({});
    narrow.question = {"m2", "alice", "BTC-USD", model::Side::sell};
    EXPECT_EQ(body_of(answer_of(narrow)),
              "37=NONE|584=m2|911=0|912=Y|17=0|150=I|39=8|55=BTC-USD|54=2|151=0|14=0|6=0|58=No open order is meant.|"
              "60=19700101-00:00:00.000|");
}

TEST(EncodeAnswer, every_other_answer_takes_one_number) { EXPECT_EQ(message_count(model::Refusal{}), 1U); }

}  // namespace
}  // namespace venue::fix
