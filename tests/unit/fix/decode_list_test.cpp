// NewOrderList, ListCancelRequest and ListStatusRequest as they are read.
#include <gmock/gmock.h>

#include <string>

#include "tests/unit/fix/decode_fixture.hpp"

namespace venue::fix {
namespace {

using model::RejectReason;

model::PlaceList list(const std::string& text, bool stale = false) {
    const auto message = decoded(text, stale);
    const auto* const body = std::get_if<model::CommandBody>(&message);
    EXPECT_NE(body, nullptr) << text;
    return body == nullptr ? model::PlaceList{} : std::get<model::PlaceList>(*body);
}

/// "35=3 373/371", "35=j 380's reason, tag", or empty for what is admitted.
std::string no(const std::string& text) {
    const auto message = decoded(text);
    if (const auto* const reject = std::get_if<SyntaxReject>(&message)) {
        return "3 " + std::to_string(reject->reason) + " " + std::to_string(reject->tag);
    }
    const auto* const refused = std::get_if<model::Refusal>(&message);
    if (refused == nullptr) return "";
    return "j " + std::string(name(refused->reason)) + " " + std::to_string(refused->tag) + " " + refused->reference_id;
}

const std::string head = "35=E|66=l1|394=3|1385=1|68=2|73=2|";
const std::string first = "11=a1|67=1|1=desk|55=BTC-USD|54=2|38=0.5|40=2|44=30000|59=1|";
const std::string second = "11=a2|67=2|55=BTC-USD|54=2|38=0.25|40=3|99=20000|";

TEST(DecodeList, each_order_as_a_single_one_would_be) {
    const auto both = list(head + first + second);
    EXPECT_EQ(both.id, model::ClOrdId("l1"));
    EXPECT_EQ(both.kind, model::ListKind::one_cancels_others);
    ASSERT_EQ(both.legs.size(), 2U);
    EXPECT_EQ(both.legs[0].cl_ord_id, model::ClOrdId("a1"));
    EXPECT_EQ(both.legs[0].account, "desk");
    EXPECT_EQ(both.legs[0].quantity, (model::Decimal{5, 1}));
    EXPECT_EQ(both.legs[0].time_in_force, model::TimeInForce::gtc);
    EXPECT_FALSE(both.legs[0].special);
    EXPECT_EQ(both.legs[1].cl_ord_id, model::ClOrdId("a2"));
    EXPECT_EQ(both.legs[1].account, "") << "what one says is not the other's";
    EXPECT_EQ(both.legs[1].time_in_force, model::TimeInForce::day);
    EXPECT_EQ(both.legs[1].type, model::OrderType::stop);
    EXPECT_EQ(both.legs[1].special->trigger, (model::Decimal{20000, 0}));
    EXPECT_FALSE(both.legs[0].flaw || both.legs[1].flaw);
}

TEST(DecodeList, the_kind_may_stand_behind_the_orders) {
    const auto behind = list("35=E|66=l1|394=3|68=2|73=2|" + first + second + "1385=2|10=000|");
    EXPECT_EQ(behind.kind, model::ListKind::one_triggers_others);
    EXPECT_EQ(behind.legs.size(), 2U);
}

TEST(DecodeList, what_is_not_offered_is_a_flaw_of_its_order_or_of_all) {
    const auto one = list(head + first + second + "423=1|");
    EXPECT_FALSE(one.legs[0].flaw);
    EXPECT_EQ(one.legs[1].flaw, (model::Flaw{RejectReason::unsupported_characteristic, 423}));
    for (const auto& leg : list("35=E|66=l1|394=1|1385=1|68=2|73=2|" + first + second).legs) {
        EXPECT_EQ(leg.flaw, (model::Flaw{RejectReason::unsupported_characteristic, 394}));
    }
    for (const auto& leg : list("35=E|66=l1|394=3|1385=3|68=2|73=2|" + first + second).legs) {
        EXPECT_EQ(leg.flaw, (model::Flaw{RejectReason::unsupported_characteristic, 1385}));
    }
    // Two ways to say what an iceberg shows are one too many in an order, not in a list.
    const auto icebergs = list(head + first + "111=0.1|" + second + "1138=0.1|");
    EXPECT_FALSE(icebergs.legs[0].flaw || icebergs.legs[1].flaw);
}

TEST(DecodeList, a_late_resend_is_stale) {
    for (const auto& leg : list("43=Y|" + head + first + second, true).legs) {
        EXPECT_EQ(leg.flaw, (model::Flaw{RejectReason::stale_resend, 122}));
    }
}

TEST(DecodeList, the_numbers_of_orders_must_agree) {
    EXPECT_EQ(no("35=E|66=l1|394=3|1385=1|68=2|73=3|" + first + second), "3 16 73");
    EXPECT_EQ(no("35=E|66=l1|394=3|1385=1|68=2|73=2|" + first), "3 16 73");
    EXPECT_EQ(no("35=E|66=l1|394=3|1385=1|68=3|73=2|" + first + second), "3 5 68");
    EXPECT_EQ(no("35=E|66=l1|394=3|1385=1|68=2|893=N|73=2|" + first + second), "3 5 893");
    EXPECT_EQ(no("35=E|66=l1|394=3|1385=1|68=2|893=Y|73=2|" + first + second), "");
    EXPECT_EQ(no(head + second + first), "3 5 67");
    std::string many = "35=E|66=l1|394=3|1385=1|68=101|73=101|";
    for (int i = 1; i <= 101; ++i) {
        many += "11=a" + std::to_string(i) + "|67=" + std::to_string(i) + "|55=BTC-USD|54=2|38=1|40=2|44=1|";
    }
    EXPECT_EQ(no(many), "3 16 73");
}

TEST(DecodeList, what_is_malformed_in_one_order_is_malformed_in_all) {
    EXPECT_EQ(no(head + first + "44=1|" + second), "3 13 44");
    EXPECT_EQ(no(head + first + "11=a2|67=2|55=BTC-USD|54=2|38=lots|40=2|44=1|"), "3 6 38");
    EXPECT_EQ(no(head + first + "11=|67=2|55=BTC-USD|54=2|38=1|40=2|44=1|"), "3 5 11");
    EXPECT_EQ(no("66=l2|" + head + first + second), "3 13 66");
    EXPECT_EQ(no("35=E|66=" + std::string(37, 'x') + "|394=3|1385=1|68=2|73=2|" + first + second), "3 5 66");
}

TEST(DecodeList, what_is_missing_is_asked_for_by_its_name) {
    EXPECT_EQ(no("35=E|66=l1|394=3|68=2|73=2|" + first + second), "j conditionally_required_field_missing 1385 l1");
    EXPECT_EQ(no(head + first + "11=a2|67=2|55=BTC-USD|54=2|38=1|"), "j conditionally_required_field_missing 40 l1");
    EXPECT_EQ(no(head + first + "11=a2|67=2|55=BTC-USD|54=2|38=1|40=2|"),
              "j conditionally_required_field_missing 44 l1");
    EXPECT_EQ(no(head + first + "11=a2|67=2|55=BTC-USD|54=2|40=2|44=1|"),
              "j conditionally_required_field_missing 38 l1");
    EXPECT_EQ(no(head + first + "11=a2|55=BTC-USD|54=2|38=1|40=2|44=1|"), "3 1 67");
    EXPECT_EQ(no(head + first + "11=a2|67=2|55=BTC-USD|38=1|40=2|44=1|"), "3 1 54");
}

TEST(DecodeList, a_cancel_is_answered_by_what_is_asked_behind_it) {
    const auto message = decoded("35=K|66=l1|60=20260101-00:00:00|");
    const auto& [command, question] = std::get<AnsweredCommand>(message);
    EXPECT_EQ(std::get<model::CancelList>(command).id, model::ClOrdId("l1"));
    EXPECT_EQ(std::get<model::ListQuestion>(question).name, model::ClOrdId("l1"));
    EXPECT_EQ(std::get<model::ListQuestion>(question).message_type, 'K');
}

TEST(DecodeList, a_status_request_names_the_list) {
    const auto message = decoded("35=M|66=l1|");
    const auto& questions = std::get<Questions>(message);
    ASSERT_EQ(questions.size(), 1U);
    EXPECT_EQ(std::get<model::ListQuestion>(questions.front()).name, model::ClOrdId("l1"));
    EXPECT_EQ(no("35=M|66=l\x7f|"), "3 5 66");
}

}  // namespace
}  // namespace venue::fix
