// Every kind of message that the venue writes, judged by the dictionary that it publishes and, where the environment
// names one in STANDARD_FIX44_DICTIONARY, by the standard's own: a stock client that validates must take them all.
#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/unit/fix/encode_fixture.hpp"
#include "venue/fix/quickfix.hpp"

namespace venue::fix {
namespace {

using model::RejectReason;

std::string published_dictionary() { return FIX44_DICTIONARY; }

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

std::vector<std::string> every_report() {
    const auto cancelled = in_state(model::OrderState::cancelled);
    return {report_of(model::OrderAccepted{demo_order(), true}),
            report_of(trade(true)),
            report_of(trade(false)),
            report_of(model::OrderCancelled{cancelled, RejectReason::by_request, model::ClOrdId("c1")}),
            report_of(model::OrderCancelled{cancelled, RejectReason::no_match_left, {}}),
            report_of(model::OrderExpired{in_state(model::OrderState::expired)}),
            report_of(model::OrderReplaced{demo_order(), model::ClOrdId("a0"), true}),
            report_of(rejected()),
            report_of(declined()),
            report_of(model::OrderAccepted{special_order(), true}),
            report_of(model::OrderAccepted{trailing_order(), false}),
            report_of(model::OrderTriggered{trailing_order(), false}),
            report_of(model::OrderRestated{special_order(), RejectReason::self_trade_prevented, true}),
            report_of(model::OrderCancelled{cancelled, RejectReason::mass_cancelled, {}}),
            report_of(mass_cancel({})),
            report_of(model::OrderRestated{pegged_order(), RejectReason::peg_moved, false}),
            report_of(model::OrderTriggered{demo_order(), true, RejectReason::leg_activated}),
            report_of(mass_cancel({RejectReason::unknown_account}))};
}

std::vector<std::string> every_answer() {
    const model::OrderStatusQuestion question{model::ClOrdId("a1"), {}, "BTC-USD", model::Side::buy, "q"};
    const model::BookAnswer book{"m",  model::InstrumentId(1), true,
                                 true, {{{1}, {1}, 1}},        {{{2}, {1}, 1}, {{3}, {1}, 1}}};
    return {answer_of(model::OrderStatusAnswer{question, {}, demo_order(), {}}),
            answer_of(model::OrderStatusAnswer{question, {}, {}, {}}),
            answer_of(book),
            answer_of(model::BookAnswer{"m", model::InstrumentId(1), true, true, {}, {}}),
            answer_of(model::InstrumentsAnswer{"r", {model::InstrumentId(1)}, true, true}),
            answer_of(model::InstrumentsAnswer{"r", {}, false, true}),
            answer_of(model::Refusal{RejectReason::venue_busy, "D", "a1", 0, ""}),
            answer_of(model::MarketDataRefusal{"m", '8', "No."})};
}

void expect_valid(const std::string& path) {
    const FIX::DataDictionary dictionary(path);
    auto messages = every_report();
    std::ranges::move(every_answer(), std::back_inserter(messages));
    for (const auto& bytes : messages) {
        try {
            const FIX::Message message(bytes, dictionary, true);
            dictionary.validate(message);
        } catch (const std::exception& fault) {
            ADD_FAILURE() << fault.what() << ": " << shown(bytes);
        }
    }
}

TEST(EncodedMessages, are_valid_by_the_published_dictionary) { expect_valid(published_dictionary()); }

TEST(EncodedMessages, are_valid_by_the_standards_dictionary) {
    const char* path = std::getenv("STANDARD_FIX44_DICTIONARY");
    if (path == nullptr) GTEST_SKIP() << "STANDARD_FIX44_DICTIONARY names no dictionary";
    expect_valid(path);
}

}  // namespace
}  // namespace venue::fix
