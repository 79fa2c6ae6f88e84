#include "venue/fix/encode.hpp"

#include <gmock/gmock.h>

#include "tests/unit/fix/encode_fixture.hpp"

namespace venue::fix {
namespace {

using model::RejectReason;

model::OrderTraded half_filled() {
    model::OrderTraded traded;
    traded.order = demo_order();
    traded.order.cum = {20'000'000};
    traded.order.leaves = {30'000'000};
    traded.order.cum_value = {19'999'99LL * 20'000'000};
    traded.match = model::MatchId(9);
    traded.incoming = true;
    traded.last_price = {1'999'999};
    traded.last_quantity = {20'000'000};
    traded.fee_asset = model::AssetId(2);
    traded.fee = {400'000'000};
    return traded;
}

TEST(EncodeMessage, a_whole_message_has_its_length_and_checksum) {
    EXPECT_EQ(shown(report_of(model::OrderAccepted{demo_order(), true})),
              "8=FIX.4.4|9=173|35=8|49=VENUE|56=ALICE|34=12|52=20260101-00:00:00.123|37=7|11=a1|17=9|150=0|39=0|"
              "1=alice|55=BTC-USD|54=1|38=0.5|40=2|44=20000|59=1|151=0.5|14=0|6=0|60=20251231-23:59:59.999|10=004|");
}

TEST(EncodeMessage, a_resend_differs_in_its_header_only) {
    std::string out = "what stood here before|";
    Header header = demo_header();
    header.poss_dup = header.poss_resend = true;
    header.orig_sending_time = {1'767'225'600'000'000'000};
    const auto event = event_of(model::OrderAccepted{demo_order(), true});
    EXPECT_TRUE(encode_report(event, demo_reference(), header, out));
    EXPECT_THAT(shown(out), testing::StartsWith("what stood here before|8=FIX.4.4|9=209|35=8|49=VENUE|56=ALICE|34=12|"
                                                "52=20260101-00:00:00.123|43=Y|122=20260101-00:00:00.000|97=Y|37=7|"));
    EXPECT_THAT(shown(out), testing::HasSubstr(body_of(report_of(event.body))));
}

TEST(EncodeMessage, an_event_that_is_no_report_writes_nothing) {
    std::string out;
    EXPECT_FALSE(encode_report(event_of(model::SessionLoggedOn{}), demo_reference(), demo_header(), out));
    EXPECT_FALSE(encode_report(event_of(model::FundsDeposited{}), demo_reference(), demo_header(), out));
    EXPECT_EQ(out, "");
}

TEST(EncodeMessage, time_is_cut_to_the_millisecond) {
    EXPECT_EQ(fix_time({0}), "19700101-00:00:00.000");
    EXPECT_EQ(fix_time({1'709'251'199'999'999'999}), "20240229-23:59:59.999");
}

TEST(EncodeReport, a_fill_tells_its_price_fee_and_side_of_the_match) {
    EXPECT_EQ(body_of(report_of(half_filled())),
              "37=7|11=a1|17=9|150=F|39=1|1=alice|55=BTC-USD|54=1|38=0.5|40=2|44=20000|59=1|151=0.3|14=0.2|6=19999.99|"
              "60=20251231-23:59:59.999|527=9|31=19999.99|32=0.2|12=0.0004|13=3|479=BTC|851=2|");
}

TEST(EncodeReport, a_rebate_is_a_negative_commission_and_a_resting_side_adds_liquidity) {
    auto traded = half_filled();
    traded.incoming = false;
    traded.fee_asset = model::AssetId(1);
    traded.fee = {-25'000'000'000};
    EXPECT_THAT(body_of(report_of(traded)), testing::HasSubstr("|12=-2.5|13=3|479=USD|851=1|"));
}

TEST(EncodeReport, a_fill_in_an_auction_took_no_liquidity_and_added_none) {
    auto traded = half_filled();
    traded.in_auction = true;
    EXPECT_THAT(body_of(report_of(traded)), testing::Not(testing::HasSubstr("|851=")));
}

TEST(EncodeReport, the_last_fill_fills_the_order) {
    auto traded = half_filled();
    traded.order.state = model::OrderState::filled;
    traded.order.cum = traded.order.quantity;
    traded.order.leaves = {};
    EXPECT_THAT(body_of(report_of(traded)),
                testing::AllOf(testing::HasSubstr("|150=F|39=2|"), testing::HasSubstr("|151=0|14=0.5|")));
}

struct AverageCase {
    std::int64_t lots;
    std::int64_t value;
    std::string average;
};
struct AveragePrice : testing::TestWithParam<AverageCase> {};

TEST_P(AveragePrice, is_exact_but_for_one_rounding_half_to_even) {
    auto traded = half_filled();
    traded.order.cum = {GetParam().lots};
    traded.order.cum_value = {GetParam().value};
    EXPECT_THAT(body_of(report_of(traded)), testing::HasSubstr("|6=" + GetParam().average + "|"));
}

// One lot at one tick (0.01) is worth one unit here.
INSTANTIATE_TEST_SUITE_P(, AveragePrice,
                         testing::Values(AverageCase{1, 100, "1"}, AverageCase{3, 100, "0.333333"},
                                         AverageCase{3, 200, "0.666667"}, AverageCase{20'000, 1, "0"},
                                         AverageCase{20'000, 3, "0.000002"}, AverageCase{20'000, 5, "0.000002"},
                                         AverageCase{10'000, 1, "0.000001"}));

TEST(EncodeReport, a_cancel_by_request_has_the_requests_name_and_the_orders) {
    auto order = demo_order();
    order.state = model::OrderState::cancelled;
    order.leaves = {};
    EXPECT_EQ(body_of(report_of(model::OrderCancelled{order, RejectReason::by_request, model::ClOrdId("c1")})),
              "37=7|11=c1|41=a1|17=9|150=4|39=4|1=alice|55=BTC-USD|54=1|38=0.5|40=2|44=20000|59=1|151=0|14=0|6=0|"
              "60=20251231-23:59:59.999|");
}

TEST(EncodeReport, a_cancel_that_nobody_asked_for_says_why) {
    auto order = demo_order();
    order.type = model::OrderType::market;
    order.time_in_force = model::TimeInForce::ioc;
    order.state = model::OrderState::cancelled;
    order.leaves = {};
    EXPECT_EQ(body_of(report_of(model::OrderCancelled{order, RejectReason::no_match_left, {}})),
              "37=7|11=a1|17=9|150=4|39=4|1=alice|55=BTC-USD|54=1|38=0.5|40=1|59=3|151=0|14=0|6=0|"
              "60=20251231-23:59:59.999|378=8|58=Nothing is left in the book to match the rest of the order.|");
}

TEST(EncodeReport, an_expired_order) {
    auto order = demo_order();
    order.state = model::OrderState::expired;
    order.leaves = {};
    EXPECT_THAT(body_of(report_of(model::OrderExpired{order})),
                testing::AllOf(testing::HasSubstr("|150=C|39=C|"), testing::EndsWith("|58=The day ended.|")));
}

TEST(EncodeReport, the_terms_that_only_some_orders_have) {
    auto order = demo_order();
    order.time_in_force = model::TimeInForce::gtd;
    order.expires = {1'767'312'000'001'000'000};
    order.special.emplace(
        {.post_only = model::PostOnly::reject, .min_quantity = {10'000'000}, .display = {20'000'000}});
    EXPECT_THAT(body_of(report_of(model::OrderAccepted{order, true})),
                testing::HasSubstr("|59=6|126=20260102-00:00:00.001|18=6|110=0.1|111=0.2|151="));
    order.special.emplace({.trigger = {1'900'000}, .trail_ticks = 50'000});
    EXPECT_THAT(body_of(report_of(model::OrderAccepted{order, true})),
                testing::HasSubstr("|211=500|18=a|836=0|99=19000|"));
}

TEST(EncodeReport, what_the_venue_changed_is_a_restatement_with_its_reason) {
    EXPECT_THAT(
        body_of(report_of(model::OrderRestated{demo_order(), RejectReason::self_trade_prevented, true})),
        testing::AllOf(testing::HasSubstr("|150=D|39=0|"), testing::HasSubstr("|378=5|58=It would have traded")));
    EXPECT_THAT(
        body_of(report_of(model::OrderTriggered{demo_order(), true})),
        testing::AllOf(testing::HasSubstr("|150=D|39=0|"), testing::HasSubstr("|378=8|58=The last trade reached")));
}

TEST(EncodeReport, a_replaced_order_keeps_what_is_filled) {
    auto order = half_filled().order;
    order.cl_ord_id = model::ClOrdId("a2");
    EXPECT_THAT(body_of(report_of(model::OrderReplaced{order, model::ClOrdId("a1"), true})),
                testing::AllOf(testing::StartsWith("37=7|11=a2|41=a1|17=9|150=5|39=1|"),
                               testing::HasSubstr("|151=0.3|14=0.2|6=19999.99|")));
    EXPECT_THAT(body_of(report_of(model::OrderReplaced{demo_order(), model::ClOrdId("a0"), false})),
                testing::HasSubstr("|150=5|39=0|"));
}

model::OrderRejected rejected(model::Flaw flaw) {
    model::OrderRejected rejected;
    rejected.account = model::AccountId(101);
    rejected.cl_ord_id = model::ClOrdId("a1");
    rejected.symbol = "BTC-USD";
    rejected.side = model::Side::sell;
    rejected.quantity = {-15, 1};
    rejected.price = model::Decimal{1, 3};
    rejected.flaw = flaw;
    return rejected;
}

TEST(EncodeReport, a_rejected_order_is_told_as_it_was_asked_for) {
    EXPECT_EQ(body_of(report_of(rejected({RejectReason::quantity_not_positive}))),
              "37=NONE|11=a1|17=9|150=8|39=8|103=13|1=alice|55=BTC-USD|54=2|38=-1.5|40=2|44=0.001|59=0|151=0|14=0|6=0|"
              "60=20251231-23:59:59.999|58=The quantity must be above zero. (OrderQty, 38)|");
}

TEST(EncodeReport, a_price_outside_the_band_is_told_with_the_bands_ends) {
    auto outside = rejected({RejectReason::price_outside_band});
    outside.limits.emplace({{90, 0}, {1105, 1}});
    EXPECT_THAT(body_of(report_of(outside)),
                testing::HasSubstr("|58=The price is outside the band around the reference price. It goes from 90 to "
                                   "110.5. (Price, 44)|"));
    model::ChangeRejected stays;
    stays.flaw = outside.flaw;
    stays.limits = outside.limits;
    EXPECT_THAT(body_of(report_of(stays)), testing::HasSubstr(" It goes from 90 to 110.5. (Price, 44)|"));
}

TEST(EncodeReport, a_side_that_is_not_offered_is_told_as_it_was_asked_for) {
    for (const char letter : std::string("3456789ABCDEFG")) {
        auto order = rejected({RejectReason::unsupported_characteristic, 54});
        order.side = static_cast<model::Side>(letter - '0');
        EXPECT_THAT(body_of(report_of(order)), testing::HasSubstr(std::string("|54=") + letter + "|"));
    }
}

TEST(EncodeReport, what_the_venue_does_not_offer_is_named_and_not_echoed) {
    EXPECT_THAT(body_of(report_of(rejected({RejectReason::unsupported_characteristic, 59}))),
                testing::AllOf(testing::HasSubstr("|103=11|"), testing::Not(testing::HasSubstr("|59=")),
                               testing::HasSubstr("(TimeInForce, 59)|")));
    EXPECT_THAT(body_of(report_of(rejected({RejectReason::unsupported_characteristic, 40}))),
                testing::Not(testing::HasSubstr("|40=")));
    EXPECT_THAT(body_of(report_of(rejected({RejectReason::insufficient_funds}))),
                testing::EndsWith("|58=The available balance does not cover the order.|"));
}

TEST(EncodeReport, a_declined_change_tells_the_orders_state) {
    model::ChangeRejected declined;
    declined.is_replace = true;
    declined.cl_ord_id = model::ClOrdId("c1");
    declined.orig_cl_ord_id = model::ClOrdId("a1");
    declined.order = model::OrderId(7);
    declined.cum = {1};
    declined.flaw = {RejectReason::insufficient_funds};
    EXPECT_EQ(body_of(report_of(declined)),
              "37=7|11=c1|41=a1|39=1|60=20251231-23:59:59.999|434=2|102=99|"
              "58=The available balance does not cover the order.|");
    declined.is_replace = false;
    declined.order = {};
    declined.flaw = {RejectReason::unknown_order};
    EXPECT_THAT(body_of(report_of(declined)),
                testing::AllOf(testing::StartsWith("37=NONE|11=c1|41=a1|39=8|"), testing::HasSubstr("|434=1|102=1|")));
}

TEST(EncodeReport, a_list_that_was_declined_tells_why_of_each_order) {
    const model::ListReported declined{
        model::ClOrdId("l1"),
        {},
        {{model::ClOrdId("a1"), {}, {model::RejectReason::list_rejected}},
         {model::ClOrdId("a2"), {}, {model::RejectReason::unsupported_characteristic, 40}}}};
    EXPECT_THAT(shown(report_of(declined)),
                testing::HasSubstr("|66=l1|429=1|82=1|431=7|83=1|60=20251231-23:59:59.999|68=2|73=2|"
                                   "11=a1|14=0|39=8|151=0|84=0|6=0|103=99|58=Another order of the list was declined.|"
                                   "11=a2|14=0|39=8|151=0|84=0|6=0|103=11|58="));
}

TEST(EncodeReport, an_order_that_outlives_its_session_says_so_beside_what_else_it_is) {
    const auto exec_inst = [](model::SpecialTerms terms) {
        auto order = demo_order();
        terms.outlives_session = true;
        order.special.emplace(terms);
        const auto text = shown(report_of(model::OrderAccepted{order, true}));
        const auto at = text.find("|18=");
        return at == text.npos ? "" : text.substr(at + 1, text.find('|', at + 1) - at - 1);
    };
    EXPECT_EQ(exec_inst({}), "18=H");
    EXPECT_EQ(exec_inst({.post_only = model::PostOnly::reject}), "18=6 H");
    EXPECT_EQ(exec_inst({.waits_for = model::WaitsFor::rise, .trail_bp = 5}), "18=a H");
}

}  // namespace
}  // namespace venue::fix
