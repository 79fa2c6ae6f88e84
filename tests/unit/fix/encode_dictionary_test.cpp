// Every kind of message that the venue writes, in every version, judged by the dictionary that it publishes and, where
// the environment names their folder in STANDARD_DICTIONARIES, by the standard's own: a stock client that validates
// must take them all.
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "tests/unit/fix/encode_fixture.hpp"
#include "venue/fix/quickfix.hpp"

namespace venue::fix {
namespace {

using model::RejectReason;

std::string dictionary_of(model::FixVersion version) {
    switch (version) {
        case model::FixVersion::fix42:
            return "FIX42.xml";
        case model::FixVersion::fix44:
            return "FIX44.xml";
        case model::FixVersion::fix50sp2:
            return "FIX50SP2.xml";
    }
    return {};
}

model::Order in_state(model::OrderState state) {
    auto order = demo_order();
    order.state = state;
    order.leaves = {};
    return order;
}

model::OrderTraded trade(bool incoming) {
    model::OrderTraded traded{in_state(model::OrderState::filled),
                              model::MatchId(9),
                              incoming,
                              false,
                              false,
                              {2'000'000},
                              {50'000'000},
                              {},
                              {},
                              model::AssetId(1),
                              {-1}};
    traded.order.cum = traded.order.quantity;
    traded.order.cum_value = {1'000'000'000'000};
    return traded;
}

model::OrderRejected rejected() {
    model::OrderRejected rejected;
    rejected.cl_ord_id = model::ClOrdId("a1");
    rejected.symbol = "BTC-USD";
    rejected.flaw = {RejectReason::unsupported_characteristic, 40};
    return rejected;
}

model::ChangeRejected declined() {
    model::ChangeRejected declined;
    declined.cl_ord_id = model::ClOrdId("c1");
    declined.orig_cl_ord_id = model::ClOrdId("a1");
    declined.flaw = {RejectReason::unknown_order};
    return declined;
}

model::Order pegged_order() {
    auto order = demo_order();
    order.type = model::OrderType::pegged;
    order.special.emplace({.peg = model::Peg::primary, .peg_offset = -5, .peg_limit = {2'000'001}});
    return order;
}

model::MassCancelReported mass_cancel(model::Flaw flaw) {
    model::MassCancelling done{{.side = model::Side::sell}, RejectReason::mass_cancelled};
    done.cl_ord_id = model::ClOrdId("m1");
    done.symbol = "BTC-USD";
    return {done, flaw};
}

model::TradeRevision revision() {
    model::TradeRevision revision;
    revision.order = in_state(model::OrderState::filled);
    revision.match = model::MatchId(9);
    revision.last_price = {2'000'000};
    revision.traded = {50'000'000};
    revision.fee_asset = model::AssetId(1);
    return revision;
}

/// With every field that a special term is told in.
model::Order special_order() {
    auto order = demo_order();
    order.time_in_force = model::TimeInForce::gtd;
    order.expires = {1'767'312'000'001'000'000};
    order.special.emplace({.post_only = model::PostOnly::reprice,
                           .min_quantity = {1},
                           .cash = {5},
                           .display = {2},
                           .displayed = {2},
                           .self_trade = model::SelfTrade::decrement,
                           .self_trade_group = 7});
    return order;
}

model::Order trailing_order() {
    auto order = demo_order();
    order.type = model::OrderType::trailing_stop;
    order.special.emplace({.waits_for = model::WaitsFor::rise, .trigger = {1'900'000}, .anchor = {1}, .trail_bp = 500});
    return order;
}

model::ListReported listed(model::Flaw flaw) {
    const model::ListedOrder order{model::ClOrdId("a1"), {flaw ? 0 : 1}, flaw};
    return {model::ClOrdId("l1"), model::InstrumentId(flaw ? 0 : 1), {order, order}};
}

model::Order order_of_a_list() {
    auto order = demo_order();
    order.special.emplace().list_name = model::ClOrdId("l1");
    return order;
}

model::Order outliving_order(model::PostOnly post_only) {
    auto order = demo_order();
    order.special.emplace({.post_only = post_only, .outlives_session = true});
    return order;
}

std::vector<model::EventBody> every_report() {
    const auto cancelled = in_state(model::OrderState::cancelled);
    auto for_the_close = demo_order();
    for_the_close.time_in_force = model::TimeInForce::at_close;
    return {model::OrderAccepted{demo_order(), true},
            trade(true),
            trade(false),
            model::OrderCancelled{cancelled, RejectReason::by_request, model::ClOrdId("c1")},
            model::OrderCancelled{cancelled, RejectReason::no_match_left, {}},
            model::OrderCancelled{cancelled, RejectReason::session_disconnected, {}},
            model::OrderExpired{in_state(model::OrderState::expired)},
            model::OrderReplaced{demo_order(), model::ClOrdId("a0"), true},
            rejected(),
            declined(),
            model::OrderAccepted{special_order(), true},
            model::OrderAccepted{trailing_order(), false},
            model::OrderAccepted{for_the_close, false},
            model::OrderTriggered{trailing_order(), false},
            model::OrderRestated{special_order(), RejectReason::self_trade_prevented, true},
            model::OrderCancelled{cancelled, RejectReason::mass_cancelled, {}},
            mass_cancel({}),
            listed({}),
            listed({RejectReason::duplicate_list_id}),
            model::OrderAccepted{order_of_a_list(), true},
            model::OrderCancelled{cancelled, RejectReason::list_cancelled, {}},
            model::OrderRestated{pegged_order(), RejectReason::peg_moved, false},
            model::OrderTriggered{demo_order(), true, RejectReason::leg_activated},
            model::TradeBusted{revision()},
            model::TradeCorrected{revision()},
            mass_cancel({RejectReason::unknown_account}),
            model::OrderAccepted{outliving_order(model::PostOnly::no), true},
            model::OrderAccepted{outliving_order(model::PostOnly::reject), true}};
}

model::MassStatusAnswer mass_status(std::vector<model::Order> orders) {
    return {{"m1", "", "", {}}, std::make_shared<const std::vector<model::Order>>(std::move(orders)), {}};
}

std::vector<model::AnswerBody> every_answer() {
    const model::OrderStatusQuestion question{model::ClOrdId("a1"), {}, "BTC-USD", model::Side::buy, "q"};
    const model::BookAnswer book{"m",  model::InstrumentId(1), true,
                                 true, {{{1}, {1}, 1}},        {{{2}, {1}, 1}, {{3}, {1}, 1}}};
    return {model::OrderStatusAnswer{question, {}, demo_order(), {}},
            model::OrderStatusAnswer{question, {}, {}, {}},
            book,
            model::ListAnswer{model::ClOrdId("l1"), {demo_order(), in_state(model::OrderState::cancelled)}, {}},
            model::BookAnswer{"m", model::InstrumentId(1), true, true, {}, {}},
            model::InstrumentsAnswer{"r", {model::InstrumentId(1)}, true, true},
            model::InstrumentsAnswer{"r", {}, false, true},
            model::Refusal{RejectReason::venue_busy, "D", "a1", 0, ""},
            model::MarketDataRefusal{"m", '8', "No."},
            model::Refusal{RejectReason::rate_limited, "D", "a1", 0, "More than 1 requests in 1000 ms."},
            mass_status({demo_order()}),
            mass_status({}),
            model::Refusal{RejectReason::too_many_orders_meant, "AF", "m1", 0, ""}};
}

/// What a session of that dialect may be told; it never asks for an answer that its version has no message for.
std::vector<std::string> every_message(const Dialect& spoken) {
    std::vector<std::string> messages;
    for (auto& body : every_report()) messages.push_back(report_of(std::move(body), spoken));
    for (auto& body : every_answer()) {
        const bool is_asked = (!std::holds_alternative<model::InstrumentsAnswer>(body) || spoken.has_message("y")) &&
                              (!std::holds_alternative<model::ListAnswer>(body) || spoken.use_of("M") != nullptr) &&
                              (!std::holds_alternative<model::MassStatusAnswer>(body) || spoken.has_message("AF"));
        if (is_asked) messages.push_back(answer_of(std::move(body), spoken));
    }
    std::erase(messages, "");
    return messages;
}

void expect_valid(const std::string& folder, model::FixVersion version, bool extensions) {
    const auto& spoken = dialect(version, extensions);
    const FIX::DataDictionary application(folder + "/" + dictionary_of(version));
    const FIX::DataDictionary fixt(DICTIONARIES "/FIXT11.xml");
    const auto& transport = spoken.appl_ver_id.empty() ? application : fixt;
    for (const auto& bytes : every_message(spoken)) {
        try {
            const FIX::Message message(bytes, transport, application, true);
            FIX::DataDictionary::validate(message, &transport, &application);
        } catch (const std::exception& fault) {
            ADD_FAILURE() << name(version) << ", " << fault.what() << ": " << shown(bytes);
        }
    }
}

TEST(EncodedMessages, are_valid_by_the_published_dictionary) {
    for (const auto version : model::all_fix_versions) {
        expect_valid(DICTIONARIES, version, false);
        expect_valid(DICTIONARIES, version, true);
    }
}

std::string encodings_file(model::FixVersion version, bool extensions) {
    return std::string(ENCODINGS) + "/" + std::string(name(version)) + (extensions ? "-extensions" : "") + ".txt";
}

std::vector<std::string> lines_of(const std::string& path) {
    std::vector<std::string> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

/// A resend gives what was sent, also when an earlier release sent it. Messages that are new are added to the files, by
/// `RECORD_ENCODINGS=1 fix_test --gtest_filter='EncodedMessages.*'`; the lint keeps what stands there.
TEST(EncodedMessages, are_what_they_always_were) {
    for (const auto version : model::all_fix_versions) {
        for (const bool extensions : {false, true}) {
            std::vector<std::string> told;
            for (const auto& bytes : every_message(dialect(version, extensions))) told.push_back(shown(bytes));
            const auto path = encodings_file(version, extensions);
            if (std::getenv("RECORD_ENCODINGS") != nullptr) {
                std::ofstream file(path);
                for (const auto& line : told) file << line << "\n";
            }
            EXPECT_EQ(told, lines_of(path)) << path;
        }
    }
}

/// Without extensions there is nothing in them that the standard doesn't have. What is to be had of 5.0 SP2 has every
/// later extension pack in it, which is another standard.
TEST(EncodedMessages, are_valid_by_the_standards_dictionary) {
    const char* folder = std::getenv("STANDARD_DICTIONARIES");
    if (folder == nullptr) GTEST_SKIP() << "STANDARD_DICTIONARIES names no folder";
    expect_valid(folder, model::FixVersion::fix42, false);
    expect_valid(folder, model::FixVersion::fix44, false);
}

}  // namespace
}  // namespace venue::fix
