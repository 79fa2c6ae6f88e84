#include "tests/unit/fix/decode_fixture.hpp"

#include <gmock/gmock.h>

#include <string>

namespace venue::fix {
namespace {

using model::RejectReason;

template <class Body>
Body command(const Decoded& decoded) {
    const auto* body = std::get_if<model::CommandBody>(&decoded);
    EXPECT_NE(body, nullptr);
    return body == nullptr ? Body{} : std::get<Body>(*body);
}

SyntaxReject syntax(const Decoded& decoded) {
    const auto* reject = std::get_if<SyntaxReject>(&decoded);
    return reject == nullptr ? SyntaxReject{} : *reject;
}

model::Refusal refusal(const Decoded& decoded) {
    const auto* refused = std::get_if<model::Refusal>(&decoded);
    return refused == nullptr ? model::Refusal{} : *refused;
}

const std::string limit_order = "35=D|11=a1|55=BTC-USD|54=2|60=20260101-00:00:00|38=0.5|40=2|44=20000.10|59=1|";

TEST(Decode, a_limit_order_as_it_was_written) {
    const auto order = command<model::PlaceOrder>(decoded(limit_order + "1=desk|"));
    EXPECT_EQ(order.cl_ord_id, model::ClOrdId("a1"));
    EXPECT_EQ(order.account, "desk");
    EXPECT_EQ(order.symbol, "BTC-USD");
    EXPECT_EQ(order.side, model::Side::sell);
    EXPECT_EQ(order.type, model::OrderType::limit);
    EXPECT_EQ(order.time_in_force, model::TimeInForce::gtc);
    EXPECT_EQ(order.quantity, (model::Decimal{5, 1}));
    EXPECT_EQ(order.price, (model::Decimal{200001, 1}));
    EXPECT_FALSE(order.flaw);
}

TEST(Decode, an_order_without_time_in_force_is_for_the_day) {
    const auto order = command<model::PlaceOrder>(decoded("35=D|11=a1|55=BTC-USD|54=1|38=1|40=1|"));
    EXPECT_EQ(order.time_in_force, model::TimeInForce::day);
    EXPECT_EQ(order.type, model::OrderType::market);
    EXPECT_FALSE(order.price);
}

TEST(Decode, a_market_order_with_a_price_is_for_the_engine_to_judge) {
    const auto order = command<model::PlaceOrder>(decoded("35=D|11=a1|55=BTC-USD|54=1|38=1|40=1|44=5|"));
    EXPECT_EQ(order.price, (model::Decimal{5, 0}));
    EXPECT_FALSE(order.flaw);
}

TEST(Decode, the_terms_that_only_some_orders_have) {
    const auto order = command<model::PlaceOrder>(
        decoded(limit_order + "18=6 T|110=0.1|126=20260102-00:00:00.001|62=20260101-00:00:01|"));
    EXPECT_FALSE(order.flaw);
    ASSERT_TRUE(order.special);
    EXPECT_EQ(order.special->post_only, model::PostOnly::reprice);
    EXPECT_EQ(order.special->min_quantity, (model::Decimal{1, 1}));
    EXPECT_EQ(order.special->expires, (model::Timestamp{1'767'312'000'001'000'000}));
    EXPECT_EQ(order.special->valid_until, (model::Timestamp{1'767'225'601'000'000'000}));
    EXPECT_FALSE(command<model::PlaceOrder>(decoded(limit_order)).special);
}

TEST(Decode, orders_that_wait_for_a_price) {
    const std::string head = "35=D|11=a1|55=BTC-USD|54=1|38=1|44=5|";
    const auto type = [&](const std::string& rest) { return command<model::PlaceOrder>(decoded(head + rest)).type; };
    EXPECT_EQ(type("40=3|99=4|"), model::OrderType::stop);
    EXPECT_EQ(type("40=4|99=4|"), model::OrderType::stop_limit);
    EXPECT_EQ(type("40=J|99=4|"), model::OrderType::market_if_touched);
    const auto turned = command<model::PlaceOrder>(decoded(head + "40=4|99=4.5|1109=D|"));
    EXPECT_EQ(turned.special->trigger, (model::Decimal{45, 1}));
    EXPECT_EQ(turned.special->waits_for, model::WaitsFor::fall);
    const auto trailing = command<model::PlaceOrder>(decoded(head + "40=P|18=a|211=50|836=1|"));
    EXPECT_EQ(trailing.type, model::OrderType::trailing_stop);
    EXPECT_EQ(trailing.special->trail, (model::Decimal{50, 0}));
    EXPECT_TRUE(trailing.special->trail_in_bp);
    EXPECT_EQ(refusal(decoded(head + "40=3|")).tag, 99);
    EXPECT_EQ(refusal(decoded(head + "40=P|18=a|")).tag, 211);
}

TEST(Decode, an_order_may_outlive_its_session) {
    const auto asked = [](const char* exec_inst) {
        return command<model::PlaceOrder>(decoded(limit_order + "18=" + exec_inst + "|"));
    };
    EXPECT_TRUE(asked("H").special->outlives_session);
    EXPECT_EQ(asked("6 H").special->post_only, model::PostOnly::reject);
    EXPECT_TRUE(asked("6 H").special->outlives_session);
    EXPECT_FALSE(asked("6").special->outlives_session);
    EXPECT_EQ(asked("Q").flaw, (model::Flaw{RejectReason::unsupported_characteristic, 18}));
}

TEST(Decode, what_an_iceberg_shows_has_two_names) {
    EXPECT_EQ(command<model::PlaceOrder>(decoded(limit_order + "1138=2|")).special->display, (model::Decimal{2, 0}));
    EXPECT_EQ(command<model::PlaceOrder>(decoded(limit_order + "1138=2|111=2|")).flaw.tag, 1138);
}

TEST(Decode, pegged_orders_follow_a_side) {
    const std::string head = "35=D|11=a1|55=BTC-USD|54=1|38=1|44=5|40=P|";
    const auto order = command<model::PlaceOrder>(decoded(head + "18=R|211=-0.5|"));
    EXPECT_EQ(order.type, model::OrderType::pegged);
    EXPECT_EQ(order.special->peg, model::Peg::primary);
    EXPECT_EQ(order.special->trail, (model::Decimal{-5, 1}));
    EXPECT_FALSE(order.flaw);
    EXPECT_EQ(command<model::PlaceOrder>(decoded(head + "18=P|211=0|")).special->peg, model::Peg::market);
    EXPECT_EQ(command<model::PlaceOrder>(decoded(head + "18=P R|211=0|")).flaw.tag, 18);
    EXPECT_EQ(command<model::PlaceOrder>(decoded(head + "211=0|")).flaw.tag, 40);
    EXPECT_EQ(command<model::PlaceOrder>(decoded(limit_order + "18=R|")).flaw.tag, 18);
    EXPECT_EQ(command<model::ReplaceOrder>(decoded("35=G|11=a2|41=a1|55=BTC-USD|54=1|38=1|40=P|44=5|")).type,
              model::OrderType::trailing_stop);
}

TEST(Decode, what_becomes_of_self_trades) {
    const auto order = command<model::PlaceOrder>(decoded(limit_order + "2362=7|2964=4|"));
    EXPECT_EQ(order.special->self_trade, model::SelfTrade::decrement);
    EXPECT_EQ(order.special->self_trade_group, 7);
    EXPECT_EQ(command<model::PlaceOrder>(decoded(limit_order + "2964=5|")).flaw.tag, 2964);
    EXPECT_EQ(syntax(decoded(limit_order + "2362=desk|")).tag, 2362);
}

TEST(Decode, an_order_by_cash_needs_no_quantity) {
    const auto order = command<model::PlaceOrder>(decoded("35=D|11=a1|55=BTC-USD|54=1|152=100|40=1|"));
    EXPECT_EQ(order.quantity, model::Decimal{});
    EXPECT_EQ(order.special->cash, (model::Decimal{100, 0}));
}

TEST(Decode, a_last_day_ends_at_its_midnight) {
    const auto order =
        command<model::PlaceOrder>(decoded("35=D|11=a1|55=BTC-USD|54=1|38=1|40=2|44=5|59=6|432=20260101|"));
    EXPECT_EQ(order.time_in_force, model::TimeInForce::gtd);
    EXPECT_EQ(order.special->expires, (model::Timestamp{1'767'312'000'000'000'000}));
    EXPECT_EQ(refusal(decoded("35=D|11=a1|55=BTC-USD|54=1|38=1|40=2|44=5|59=6|")).tag, 126);
    EXPECT_EQ(syntax(decoded(limit_order + "432=20260230|")).tag, 432);
    EXPECT_EQ(syntax(decoded(limit_order + "126=20260101-00:00:00.0001|")).tag, 126);
}

TEST(Decode, a_cancel_by_both_names) {
    const auto cancel = command<model::CancelOrder>(decoded("35=F|11=c1|41=a1|37=17|55=BTC-USD|54=1|"));
    EXPECT_EQ(cancel.cl_ord_id, model::ClOrdId("c1"));
    EXPECT_EQ(cancel.orig_cl_ord_id, model::ClOrdId("a1"));
    EXPECT_EQ(cancel.order, model::OrderId(17));
    EXPECT_EQ(cancel.symbol, "BTC-USD");
}

TEST(Decode, a_mass_cancel_of_an_instrument_a_side_and_an_account) {
    const auto cancel = command<model::MassCancel>(decoded("35=q|11=m1|530=1|55=BTC-USD|54=2|1=alice|"));
    EXPECT_EQ(cancel.cl_ord_id, model::ClOrdId("m1"));
    EXPECT_EQ(cancel.symbol, "BTC-USD");
    EXPECT_EQ(cancel.side, model::Side::sell);
    EXPECT_EQ(cancel.account, "alice");
    EXPECT_FALSE(cancel.flaw);
    EXPECT_EQ(refusal(decoded("35=q|11=m1|530=1|")).tag, 55);
}

TEST(Decode, a_mass_cancel_of_everything_names_no_instrument) {
    EXPECT_FALSE(command<model::MassCancel>(decoded("35=q|11=m1|530=7|")).side);
    EXPECT_EQ(command<model::MassCancel>(decoded("35=q|11=m1|530=7|55=BTC-USD|")).flaw.tag, 55);
    EXPECT_EQ(command<model::MassCancel>(decoded("35=q|11=m1|530=3|")).flaw.tag, 530);
}

TEST(Decode, a_mass_cancel_may_turn_the_kill_switch) {
    const auto turned = [](const std::string& action) {
        return command<model::MassCancel>(decoded("35=q|11=m1|530=7|2329=" + action + "|"));
    };
    EXPECT_EQ(turned("1").kill_switch, model::KillSwitch::on);
    EXPECT_EQ(turned("2").kill_switch, model::KillSwitch::off);
    EXPECT_EQ(turned("0").flaw.tag, 2329);
}

TEST(Decode, an_order_id_that_is_none_names_no_order_and_any_other_text_an_unknown_one) {
    const auto order = [](const std::string& id) {
        return command<model::CancelOrder>(decoded("35=F|11=c1|41=a1|55=BTC-USD|54=1|37=" + id + "|")).order;
    };
    EXPECT_EQ(order("NONE"), model::OrderId{});
    EXPECT_EQ(order("abc"), model::OrderId(-1));
    EXPECT_EQ(order("17x"), model::OrderId(-1));
    EXPECT_EQ(order("99999999999999999999"), model::OrderId(-1));
}

TEST(Decode, a_replace_with_all_that_it_names) {
    const auto replace = command<model::ReplaceOrder>(
        decoded("35=G|11=c1|41=a1|1=desk|55=BTC-USD|54=1|38=2|40=2|44=7|59=3|60=20260101-00:00:00|"));
    EXPECT_EQ(replace.orig_cl_ord_id, model::ClOrdId("a1"));
    EXPECT_EQ(replace.quantity, (model::Decimal{2, 0}));
    EXPECT_EQ(replace.price, (model::Decimal{7, 0}));
    EXPECT_EQ(replace.account, "desk");
    EXPECT_EQ(replace.time_in_force, model::TimeInForce::ioc);
}

TEST(Decode, a_status_request) {
    const auto status = question<model::OrderStatusQuestion>(decoded("35=H|11=a1|37=9|55=BTC-USD|54=2|790=q|"));
    EXPECT_EQ(status.cl_ord_id, model::ClOrdId("a1"));
    EXPECT_EQ(status.order, model::OrderId(9));
    EXPECT_EQ(status.side, model::Side::sell);
    EXPECT_EQ(status.request_id, "q");
}

TEST(Decode, a_mass_status_request_of_an_instrument_a_side_and_an_account) {
    const auto status = question<model::MassStatusQuestion>(decoded("35=AF|584=m1|585=1|55=BTC-USD|54=2|1=alice|"));
    EXPECT_EQ(status.request_id, "m1");
    EXPECT_EQ(status.symbol, "BTC-USD");
    EXPECT_EQ(status.side, model::Side::sell);
    EXPECT_EQ(status.account, "alice");
    const auto all = question<model::MassStatusQuestion>(decoded("35=AF|584=m1|585=7|"));
    EXPECT_EQ(all.symbol, "");
    EXPECT_FALSE(all.side);
    EXPECT_EQ(all.account, "");
}

TEST(Decode, a_mass_status_request_that_asks_for_more_is_refused_by_its_name) {
    const auto refused = refusal(decoded("35=AF|584=m1|585=3|"));
    EXPECT_EQ(refused.reason, RejectReason::unsupported_characteristic);
    EXPECT_EQ(refused.message_type, "AF");
    EXPECT_EQ(refused.reference_id, "m1");
    EXPECT_EQ(refused.tag, 585);
    EXPECT_EQ(refusal(decoded("35=AF|584=m1|585=7|55=BTC-USD|")).tag, 55);
    EXPECT_EQ(refusal(decoded("35=AF|584=m1|585=1|")).tag, 55);
    EXPECT_EQ(refusal(decoded("35=AF|584=m1|585=7|336=A|")).tag, 336);
}

// What a well-formed request asks for and this venue doesn't offer travels with it as a flaw.

struct FlawCase {
    std::string field;
    int tag;
};
struct DecodeFlaw : testing::TestWithParam<FlawCase> {};

TEST_P(DecodeFlaw, is_noted_with_its_tag) {
    std::string text = "35=D|11=a1|55=BTC-USD|60=20260101-00:00:00|38=1|44=5|" + GetParam().field;
    if (GetParam().tag != 40) text += "40=2|";
    if (GetParam().tag != 54) text += "54=1|";
    const auto order = command<model::PlaceOrder>(decoded(text));
    EXPECT_EQ(order.flaw, (model::Flaw{RejectReason::unsupported_characteristic, GetParam().tag}));
}

INSTANTIATE_TEST_SUITE_P(, DecodeFlaw,
                         testing::Values(FlawCase{"40=I|", 40}, FlawCase{"40=P|211=1|", 40}, FlawCase{"59=5|", 59},
                                         FlawCase{"54=5|", 54}, FlawCase{"516=5|", 516}, FlawCase{"18=T|", 18},
                                         FlawCase{"18=6 G|", 18}, FlawCase{"126=20300101-00:00:00|432=20300101|", 432},
                                         FlawCase{"18=G|", 18}, FlawCase{"210=1|", 210}, FlawCase{"388=0|", 388}));

TEST(Decode, a_side_that_is_not_offered_is_kept_as_it_was_asked_for) {
    for (const char letter : std::string("3456789ABCDEFG")) {
        const auto side = std::string("54=") + letter + "|";
        const auto order = command<model::PlaceOrder>(decoded("35=D|11=a1|55=BTC-USD|38=1|40=2|44=5|" + side));
        EXPECT_EQ(order.side, static_cast<model::Side>(letter - '0')) << letter;
        EXPECT_EQ(order.flaw, (model::Flaw{RejectReason::unsupported_characteristic, 54})) << letter;
        EXPECT_EQ(model::name(order.side), std::string(1, letter)) << "what was asked is kept for the record";
    }
}

TEST(Decode, a_late_resend_is_stale_before_it_is_anything_else) {
    const auto order = command<model::PlaceOrder>(decoded(limit_order + "43=Y|18=G|", true));
    EXPECT_EQ(order.flaw, (model::Flaw{RejectReason::stale_resend, 122}));
    const auto waited = command<model::PlaceOrder>(decoded(limit_order + "18=G|", true));
    EXPECT_EQ(waited.flaw, (model::Flaw{RejectReason::stale_resend, 52})) << "it waited behind a gap";
    EXPECT_FALSE(command<model::CancelOrder>(decoded("35=F|11=c1|41=a1|55=BTC-USD|54=1|", true)).flaw)
        << "to cancel late does no harm";
}

// Malformed.

TEST(Decode, a_name_of_an_order_is_1_to_36_printable_characters) {
    const auto reject = [](const std::string& id) {
        return syntax(decoded("35=D|11=" + id + "|55=BTC-USD|54=1|38=1|40=1|"));
    };
    EXPECT_EQ(reject(std::string(36, 'x')).reason, 0);
    EXPECT_EQ(reject("a b~!").reason, 0);
    for (const auto& id : {std::string(37, 'x'), std::string("a\tb"), std::string("\xc3\xa9"), std::string()}) {
        EXPECT_EQ(reject(id).reason, 5) << id;
        EXPECT_EQ(reject(id).tag, 11) << id;
    }
}

TEST(Decode, text_that_the_venue_echoes_is_bounded_and_printable) {
    const auto reject = [](const std::string& symbol) {
        return syntax(decoded("35=D|11=a|55=" + symbol + "|54=1|38=1|40=1|"));
    };
    EXPECT_EQ(reject(std::string(64, 'X')).reason, 0);
    EXPECT_EQ(reject(std::string(65, 'X')).tag, 55);
    EXPECT_EQ(reject("BTC\x80").tag, 55);
}

TEST(Decode, a_number_that_is_no_decimal_is_malformed) {
    for (const char* number : {"1e5", "+1", "twenty", " 1", "1 ", "--1", "1.2.3", ".", "0x10", "NaN"}) {
        const auto reject = syntax(decoded("35=D|11=a|55=BTC-USD|54=1|40=2|44=1|38=" + std::string(number) + "|"));
        EXPECT_EQ(reject.reason, 6) << number;
        EXPECT_EQ(reject.tag, 38) << number;
        EXPECT_EQ(reject.text, "OrderQty is not a decimal number.") << number;
    }
    const auto too_long = syntax(decoded("35=D|11=a|55=B|54=1|40=2|38=1|44=" + std::string(31, '9') + "|"));
    EXPECT_EQ(too_long.reason, 6);
    EXPECT_EQ(too_long.text, "Price has more than 30 digits.");
}

TEST(Decode, a_field_that_stands_twice_is_malformed) {
    const auto reject = syntax(decoded(limit_order + "44=1|"));
    EXPECT_EQ(reject.reason, 13);
    EXPECT_EQ(reject.tag, 44);
}

// Refused.

TEST(Decode, a_field_that_is_needed_here_is_asked_for) {
    const auto missing = [](const std::string& text) { return refusal(decoded(text)); };
    const auto price = missing("35=D|11=a1|55=BTC-USD|54=1|38=1|40=2|");
    EXPECT_EQ(price.reason, RejectReason::conditionally_required_field_missing);
    EXPECT_EQ(price.tag, 44);
    EXPECT_EQ(price.message_type, "D");
    EXPECT_EQ(price.reference_id, "a1");
    EXPECT_EQ(missing("35=D|11=a1|55=BTC-USD|54=1|40=1|").tag, 38);
    EXPECT_EQ(missing("35=D|11=a1|54=1|38=1|40=1|").tag, 55);
    EXPECT_EQ(missing("35=x|320=r|559=0|").tag, 55);
}

TEST(Decode, a_message_that_the_venue_does_not_take_is_refused) {
    for (const char* type : {"J", "8", "AE", "R"}) {
        const auto refused = refusal(decoded("35=" + std::string(type) + "|11=m1|"));
        EXPECT_EQ(refused.reason, RejectReason::unsupported_message_type) << type;
        EXPECT_EQ(refused.message_type, type);
        EXPECT_EQ(refused.reference_id, "m1");
    }
}

}  // namespace
}  // namespace venue::fix
