// The differences between versions, row by row: what decode takes and what encode tells.
#include "venue/fix/dialect.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/unit/fix/encode_fixture.hpp"
#include "venue/fix/decode.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

using model::FixVersion;
using model::RejectReason;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const Dialect& fix42 = dialect(FixVersion::fix42, false);
const Dialect& fix44 = dialect(FixVersion::fix44, false);
const Dialect& fix50sp2 = dialect(FixVersion::fix50sp2, true);

model::Order order_with(model::OrderState state, std::int64_t cum) {
    auto order = demo_order();
    order.state = state;
    order.cum = {cum};
    order.leaves = {state == model::OrderState::open ? order.quantity.lots - cum : 0};
    order.cum_value = {cum * 20'000};
    return order;
}

model::OrderTraded trade(std::int64_t cum) {
    const auto state = cum == demo_order().quantity.lots ? model::OrderState::filled : model::OrderState::open;
    return {order_with(state, cum),
            model::MatchId(9),
            true,
            false,
            false,
            {2'000'000},
            {10'000'000},
            {},
            {},
            model::AssetId(1),
            {5}};
}

model::TradeRevision revision() {
    model::TradeRevision revision;
    revision.order = order_with(model::OrderState::open, 10'000'000);
    revision.match = model::MatchId(9);
    revision.incoming = true;
    revision.fee_asset = model::AssetId(1);
    return revision;
}

/// One report in each version: the fields that tell what it is.
struct Row {
    const char* what;
    model::EventBody event;
    const char* in_44;
    const char* in_42;
    const char* in_50sp2 = nullptr;  ///< Null: as in 4.4.
};

TEST(Dialect, tells_each_kind_of_report_as_its_version_does) {
    const std::vector<Row> rows = {
        {"new", model::OrderAccepted{demo_order(), true}, "|17=9|150=0|39=0|", "|17=9|20=0|150=0|39=0|"},
        {"partial fill", trade(10'000'000), "|17=9|150=F|39=1|", "|17=9|20=0|150=1|39=1|"},
        {"fill", trade(50'000'000), "|17=9|150=F|39=2|", "|17=9|20=0|150=2|39=2|"},
        {"cancelled", model::OrderCancelled{order_with(model::OrderState::cancelled, 0), RejectReason::by_request, {}},
         "|17=9|150=4|39=4|", "|17=9|20=0|150=4|39=4|"},
        {"replaced, untouched", model::OrderReplaced{demo_order(), model::ClOrdId("a0"), true}, "|17=9|150=5|39=0|",
         "|17=9|20=0|150=5|39=5|"},
        {"replaced, partially filled",
         model::OrderReplaced{order_with(model::OrderState::open, 5), model::ClOrdId("a0"), true}, "|17=9|150=5|39=1|",
         "|17=9|20=0|150=5|39=1|"},
        {"rejected", model::OrderRejected{}, "|17=9|150=8|39=8|", "|17=9|20=0|150=8|39=8|"},
        {"expired", model::OrderExpired{order_with(model::OrderState::expired, 0)}, "|17=9|150=C|39=C|",
         "|17=9|20=0|150=C|39=C|"},
        {"restated", model::OrderRestated{demo_order(), RejectReason::peg_moved, false}, "|17=9|150=D|39=0|",
         "|17=9|20=0|150=D|39=0|"},
        {"triggered", model::OrderTriggered{demo_order(), false}, "|17=9|150=D|39=0|", "|17=9|20=0|150=D|39=0|",
         "|17=9|150=L|39=0|"},
        {"corrected", model::TradeCorrected{revision()}, "|17=9|150=G|39=1|", "|17=9|20=2|150=1|39=1|"},
        {"taken back", model::TradeBusted{revision()}, "|17=9|150=H|39=1|", "|17=9|20=1|150=1|39=1|"},
    };
    for (const auto& row : rows) {
        EXPECT_THAT(shown(report_of(row.event, fix44)), HasSubstr(row.in_44)) << row.what;
        EXPECT_THAT(shown(report_of(row.event, fix42)), HasSubstr(row.in_42)) << row.what;
        EXPECT_THAT(shown(report_of(row.event, fix50sp2)), HasSubstr(row.in_50sp2 ? row.in_50sp2 : row.in_44))
            << row.what;
    }
}

TEST(Dialect, tells_lists_in_every_version_with_the_codes_that_it_has) {
    const model::ListReported declined{model::ClOrdId("l1"),
                                       {},
                                       {{model::ClOrdId("a1"), {}, {RejectReason::quantity_not_positive}},
                                        {model::ClOrdId("a2"), {}, {RejectReason::list_rejected}}}};
    EXPECT_THAT(shown(report_of(declined, fix44)),
                AllOf(HasSubstr("|66=l1|429=1|82=1|431=7|83=1|"), HasSubstr("|103=13|")));
    EXPECT_THAT(shown(report_of(declined, fix42)),
                AllOf(HasSubstr("|66=l1|429=1|82=1|431=7|83=1|"), HasSubstr("|103=0|")));
    EXPECT_THAT(shown(report_of(declined, fix50sp2)),
                AllOf(HasSubstr("|66=l1|429=1|82=1|431=7|83=1|"), HasSubstr("|103=13|")));
    for (const auto* spoken : {&fix42, &fix44, &fix50sp2}) {
        for (const char* type : {"E", "K", "M"}) EXPECT_NE(spoken->use_of(type), nullptr) << type;
    }
}

TEST(Dialect, tells_a_status_as_a_transaction_where_there_are_some) {
    const model::OrderStatusQuestion question{model::ClOrdId("a1"), {}, "BTC-USD", model::Side::buy, "q"};
    EXPECT_THAT(shown(answer_of(model::OrderStatusAnswer{question, {}, demo_order(), {}}, fix42)),
                AllOf(HasSubstr("|17=0|20=3|150=0|39=0|"), Not(HasSubstr("|790="))));
    EXPECT_THAT(shown(answer_of(model::OrderStatusAnswer{question, {}, {}, {}}, fix42)),
                HasSubstr("|17=0|20=3|150=8|39=8|103=5|"));
    EXPECT_THAT(shown(answer_of(model::OrderStatusAnswer{question, {}, demo_order(), {}}, fix44)),
                HasSubstr("|790=q|17=0|150=I|39=0|"));
}

TEST(Dialect, leaves_out_what_its_version_does_not_have_unless_extensions_are_on) {
    EXPECT_THAT(shown(report_of(trade(10'000'000), fix42)),
                AllOf(HasSubstr("|12="), HasSubstr("|13=3|"), Not(HasSubstr("|479=")), Not(HasSubstr("|527=")),
                      Not(HasSubstr("|851=")), Not(HasSubstr("|880="))));
    EXPECT_THAT(shown(report_of(trade(10'000'000), dialect(FixVersion::fix42, true))),
                AllOf(HasSubstr("|479=USD|"), HasSubstr("|527=9|"), HasSubstr("|851=2|"), HasSubstr("|880=9|1057=Y|")));
    EXPECT_THAT(shown(report_of(trade(10'000'000), fix44)),
                AllOf(HasSubstr("|527=9|"), HasSubstr("|851=2|"), Not(HasSubstr("|880=")), Not(HasSubstr("|1057="))));
    EXPECT_THAT(shown(report_of(trade(10'000'000), dialect(FixVersion::fix44, true))),
                AllOf(HasSubstr("|527=9|"), HasSubstr("|851=2|"), HasSubstr("|880=9|1057=Y|")));
}

TEST(Dialect, tells_in_5_0_sp2_what_4_4_has_as_an_extension) {
    EXPECT_THAT(
        shown(report_of(trade(10'000'000), fix50sp2)),
        AllOf(HasSubstr("8=FIXT.1.1|"), HasSubstr("|527=9|"), HasSubstr("|880=9|1057=Y|"), Not(HasSubstr("|20="))));
    const model::MassCancelReported report{{.symbol = "BTC-USD"}, {}};
    EXPECT_THAT(shown(report_of(report, fix50sp2)), HasSubstr("|37=9|1369=9|"));
    EXPECT_THAT(shown(report_of(report, fix44)), Not(HasSubstr("|1369=")));
    EXPECT_THAT(shown(report_of(model::OrderTriggered{demo_order(), false}, fix50sp2)), Not(HasSubstr("|378=")));
    EXPECT_THAT(shown(report_of(model::OrderTriggered{demo_order(), false}, fix44)), HasSubstr("|378=8|"));
}

TEST(Dialect, demands_where_the_standard_does_not_what_the_venue_needs) {
    const auto blamed = [](std::string text, const Dialect& spoken) {
        std::ranges::replace(text, '|', '\x01');
        Fields fields;
        EXPECT_TRUE(fields.parse(text));
        const auto decoded = decode(fields, spoken, false);
        const auto* const refused = std::get_if<model::Refusal>(&decoded);
        return refused == nullptr ? 0 : refused->tag;
    };
    const std::string rest = "|11=c1|55=BTC-USD|54=1|60=20260101-00:00:00|38=1|40=2|44=1|";
    EXPECT_EQ(blamed("35=F" + rest, fix50sp2), tag::orig_cl_ord_id);
    EXPECT_EQ(blamed("35=G" + rest, fix50sp2), tag::orig_cl_ord_id);
    EXPECT_EQ(blamed("35=H|55=BTC-USD|54=1|", fix50sp2), tag::cl_ord_id);
    EXPECT_EQ(blamed("35=H|37=7|55=BTC-USD|54=1|", fix50sp2), 0);
    EXPECT_EQ(blamed("35=V|262=m|263=0|264=1|146=1|55=BTC-USD|", fix50sp2), tag::no_md_entry_types);
    EXPECT_EQ(blamed("35=V|262=m|263=0|264=1|267=1|269=0|", fix50sp2), tag::no_related_sym);
}

TEST(Dialect, tells_a_code_that_its_version_does_not_have_as_the_nearest_one) {
    struct CodeRow {
        int tag;
        std::int64_t in_44;
        std::optional<std::int64_t> in_42;
    };
    const std::vector<CodeRow> rows = {
        {tag::ord_rej_reason, 3, 3},
        {tag::ord_rej_reason, 13, 0},
        {tag::ord_rej_reason, 99, 0},
        {tag::cxl_rej_reason, 1, 1},
        {tag::cxl_rej_reason, 6, 2},
        {tag::cxl_rej_reason, 99, 2},
        {tag::business_reject_reason, 5, 5},
        {tag::business_reject_reason, 6, 0},
        {tag::exec_restatement_reason, 5, 5},
        {tag::exec_restatement_reason, 8, 4},
        {tag::exec_restatement_reason, 7, 4},
        {tag::session_reject_reason, 11, 11},
        {tag::session_reject_reason, 13, {}},
        {tag::ord_type, '2', '2'},
        {tag::ord_type, 'J', {}},
        {tag::time_in_force, '6', '6'},
        {tag::time_in_force, '7', {}},
        {tag::exec_inst, 'R', 'R'},
        {tag::exec_inst, 'a', {}},
        {tag::md_req_rej_reason, '8', '8'},
        {tag::md_req_rej_reason, 'A', '0'},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(fix44.told(row.tag, row.in_44), row.in_44) << row.tag << " " << row.in_44;
        EXPECT_EQ(fix42.told(row.tag, row.in_44), row.in_42) << row.tag << " " << row.in_44;
        EXPECT_EQ(fix50sp2.told(row.tag, row.in_44), row.in_44) << row.tag << " " << row.in_44;
    }
}

TEST(Dialect, has_the_messages_that_its_standard_has) {
    for (const char* type : {"q", "r", "AF", "x", "y"}) {
        EXPECT_TRUE(fix44.has_message(type)) << type;
        EXPECT_TRUE(fix50sp2.has_message(type)) << type;
        EXPECT_FALSE(fix42.has_message(type)) << type;
        EXPECT_EQ(fix42.use_of(type), nullptr) << type;
    }
    for (const char* type : {"D", "F", "G", "H", "V"}) EXPECT_NE(fix42.use_of(type), nullptr) << type;
    EXPECT_EQ(fix42.begin_string, "FIX.4.2");
    EXPECT_EQ(fix44.begin_string, "FIX.4.4");
    EXPECT_EQ(fix50sp2.begin_string, "FIXT.1.1");
    EXPECT_EQ(fix50sp2.appl_ver_id, "9");
    EXPECT_TRUE(fix44.appl_ver_id.empty());
}

TEST(Dialect, tells_no_mass_cancel_where_there_is_no_message_for_it) {
    const model::MassCancelReported report{{.symbol = "BTC-USD"}, {}};
    EXPECT_EQ(report_of(report, fix42), "");
    EXPECT_NE(report_of(report, fix44), "");
}

TEST(Dialect, leaves_an_offset_out_that_would_be_taken_for_a_price) {
    auto order = demo_order();
    order.type = model::OrderType::trailing_stop;
    order.special.emplace({.trigger = {1'900'000}, .trail_bp = 500});
    EXPECT_THAT(shown(report_of(model::OrderAccepted{order, false}, fix44)), HasSubstr("|211=500|18=a|836=1|"));
    EXPECT_THAT(shown(report_of(model::OrderAccepted{order, false}, fix42)),
                AllOf(HasSubstr("|40=P|"), Not(HasSubstr("|211=")), Not(HasSubstr("|18=")), HasSubstr("|99=19000|")));
}

}  // namespace
}  // namespace venue::fix
