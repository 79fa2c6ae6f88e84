// One event of every kind, with the extremes of each field: what is stored must be read back exactly.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "venue/model/event.hpp"

namespace venue::model {

inline constexpr Int128 int128_max = ((Int128{1} << 126) - 1) * 2 + 1;
/// The most negative number has no text form in the model, and no amount comes near it.
inline constexpr Int128 int128_min = -int128_max;
inline constexpr auto int64_max = std::numeric_limits<std::int64_t>::max();
/// Quotes, backslashes, separators of every text format on the way, control characters, a NUL, and no valid UTF-8.
inline const std::string nasty_text("a'b\"c\\d\\N\\x41\te\nf\rg\x01\x7f\xff{},\0z", 27);

inline Order extreme_order() {
    Order order;
    order.id = OrderId{int64_max};
    order.participant = ParticipantId{7};
    order.account = AccountId{101};
    order.session = SessionId{3};
    order.instrument = InstrumentId{2};
    order.cl_ord_id = ClOrdId(nasty_text);
    order.side = Side::sell;
    order.type = OrderType::market;
    order.time_in_force = TimeInForce::fok;
    order.state = OrderState::expired;
    order.price = {price_ticks_max};
    order.quantity = {quantity_lots_max};
    order.cum = {int64_max};
    order.leaves = {-int64_max - 1};
    order.cum_value = {int128_max};
    order.hold = {int128_min};
    order.maker_rate = -fee_rate_max;
    order.taker_rate = fee_rate_max;
    order.fee_exact = {10'000};
    order.fee_charged = {-10'000'000'001};
    order.expires = {int64_max};
    return order;
}

inline Order extreme_special_order() {
    Order order = extreme_order();
    order.special.emplace({.post_only = PostOnly::reprice,
                           .min_quantity = {int64_max},
                           .cash = {int128_max},
                           .display = {7},
                           .displayed = {int64_max},
                           .self_trade = SelfTrade::decrement,
                           .self_trade_group = -int64_max,
                           .waits_for = WaitsFor::fall,
                           .trigger = {int64_max},
                           .anchor = {1},
                           .trail_ticks = int64_max,
                           .trail_bp = 10'000,
                           .peg = Peg::market,
                           .peg_offset = -int64_max,
                           .role = ListRole::dormant,
                           .list = OrderId{int64_max},
                           .peg_limit = {int64_max},
                           .band_end = {int64_max},
                           .protection_end = {1},
                           .outlives_session = true,
                           .list_name = ClOrdId(nasty_text)});
    return order;
}

inline Box<PriceLimits> extreme_price_limits() {
    Box<PriceLimits> limits;
    limits.emplace({{1, 30}, {int128_max, 0}});
    return limits;
}

inline OrderRejected extreme_rejection() {
    // Thirty digits behind the point: the longest number that a participant can write.
    return {ParticipantId{1},        AccountId{},
            ClOrdId(nasty_text),     nasty_text,
            Side{'G' - '0'},         OrderType::market,
            TimeInForce::gtc,        {1, 30},
            Decimal{-int128_max, 0}, {RejectReason::insufficient_funds, 38},
            Decimal{1, 30},          extreme_price_limits()};
}

inline MassCancelling extreme_mass_cancel() {
    return {{ParticipantId{1}, AccountId{101}, SessionId{2}, InstrumentId{3}, Side::sell, true, true},
            RejectReason::mass_cancelled,
            SessionId{1},
            ClOrdId(nasty_text),
            nasty_text,
            int64_max,
            OrderId{int64_max},
            SessionId{4}};
}

/// Those of one order.
inline std::vector<EventBody> order_bodies() {
    const auto order = extreme_order();
    return {
        OrderAccepted{order, true},
        OrderAccepted{},
        OrderAccepted{extreme_special_order(), true},
        OrderReplaced{extreme_special_order(), ClOrdId("before"), false},
        extreme_rejection(),
        OrderRejected{},
        OrderTraded{order, MatchId{9}, true, true, true, {1}, {2}, {int128_max}, {int128_min}, AssetId{3}, {-1}},
        OrderTraded{},
        OrderTraded{.order = order, .incoming = true, .in_auction = true},
        OrderCancelled{order, RejectReason::by_request, ClOrdId("cancel-1")},
        OrderCancelled{},
        OrderExpired{order},
        OrderExpired{},
        OrderReplaced{order, ClOrdId("before"), true},
        OrderReplaced{},
        ChangeRejected{ParticipantId{4},
                       true,
                       ClOrdId("a"),
                       ClOrdId("b"),
                       OrderId{5},
                       OrderState::filled,
                       {6},
                       {RejectReason::order_closed, 41},
                       extreme_price_limits()},
        ChangeRejected{},
        OrderRestated{extreme_special_order(), RejectReason::self_trade_prevented, true},
        OrderRestated{},
        SweepMarked{OrderId{int64_max}},
        SweepMarked{},
        OrderTriggered{extreme_special_order(), true, RejectReason::leg_activated},
        OrderTriggered{},
    };
}

inline Limits extreme_limits() { return {{int64_max}, {int128_max}, 2'147'483'647, 10'000}; }

/// Those of sessions, reference data and money.
inline std::vector<EventBody> reference_bodies() {
    return {
        SessionLoggedOn{SessionId{1}, Incarnation{2}, true, CancelOnDisconnect::off},
        SessionLoggedOn{},
        SessionDisconnected{
            SessionId{1}, DisconnectReason::restart, {int64_max}, CancelOnDisconnect::participant, false},
        SessionDisconnected{},
        AssetAdded{{AssetId{1}, nasty_text, 18, 8}},
        AssetAdded{},
        InstrumentListed{{InstrumentId{1},
                          nasty_text,
                          AssetId{1},
                          AssetId{2},
                          {1, 2},
                          {1, 8},
                          {int128_max},
                          {10'000},
                          -5,
                          5,
                          FeeSource::quote,
                          10'000,
                          10'000,
                          9'999,
                          86'400,
                          1,
                          {price_ticks_max},
                          -7,
                          {{0, Phase::pre_open}, {86'399, Phase::closed}},
                          86'399,
                          Phase::pre_open,
                          {int64_max},
                          extreme_limits(),
                          true}},
        InstrumentListed{},
        ParticipantAdded{{ParticipantId{1}, nasty_text, SelfTrade::cancel_both}},
        ParticipantAdded{},
        AccountOpened{{AccountId{101}, ParticipantId{1}, nasty_text}},
        AccountOpened{},
        SessionAdded{{SessionId{1},
                      ParticipantId{1},
                      AccountId{101},
                      "ALICE",
                      nasty_text,
                      "00ff",
                      "abcd",
                      {CancelOnDisconnect::participant, 86'400'000, true}}},
        SessionAdded{},
        SessionChanged{{SessionId{1},
                        ParticipantId{1},
                        AccountId{102},
                        "ALICE",
                        nasty_text,
                        "00ff",
                        "abcd",
                        {CancelOnDisconnect::session, 86'400'000, true},
                        ReplaceQuantity::open,
                        FixVersion::fix50sp2,
                        true},
                       Incarnation{2}},
        SessionChanged{},
        FundsDeposited{AccountId{101}, AssetId{1}, {int128_min}},
        FundsDeposited{},
        ConfigurationRejected{nasty_text, int64_max},
        ConfigurationRejected{},
        FundsTransferred{ParticipantId{1}, nasty_text, AccountId{101}, AccountId{102}, AssetId{1}, {int128_max}},
        FundsTransferred{},
        TransferRejected{nasty_text, RejectReason::transfer_not_covered},
        TransferRejected{},
    };
}

/// Those of several orders, and of what may be traded.
inline std::vector<EventBody> later_bodies() {
    return {
        MassCancelMarked{extreme_mass_cancel()},
        MassCancelMarked{},
        MassCancelReported{extreme_mass_cancel(), {RejectReason::terms_conflict, 2329}},
        MassCancelReported{},
        ListReported{ClOrdId(nasty_text),
                     InstrumentId{2},
                     {{ClOrdId("a"), {int64_max}, {}}, {ClOrdId(nasty_text), {}, {RejectReason::list_invalid, 66}}}},
        ListReported{},
        KillSwitchTurned{ParticipantId{1}, true},
        KillSwitchTurned{},
        PhaseChanged{InstrumentId{2}, Phase::post_only, {int64_max}},
        PhaseChanged{},
        UncrossBegun{InstrumentId{2}, {price_ticks_max}, {int64_max}, Phase::closed, {int64_max}},
        UncrossBegun{},
        IndicationChanged{InstrumentId{2}, {price_ticks_max}, {int64_max}, {-int64_max}},
        IndicationChanged{},
        PegsMoved{InstrumentId{1}, {int64_max}, {-1}, OrderId{int64_max}},
        PegsMoved{},
        InstrumentChanged{{.id = InstrumentId{2}, .symbol = nasty_text, .limits = extreme_limits()}},
        InstrumentChanged{},
        InstrumentDelisted{InstrumentId{2}},
        InstrumentDelisted{},
        ParticipantChanged{{ParticipantId{1},
                            nasty_text,
                            SelfTrade::decrement,
                            true,
                            {{InstrumentId{1}, extreme_limits()}, {InstrumentId{2}, {}}},
                            7,
                            {8, 9},
                            {1, 2, 3},
                            {{SessionId{1}, {4, 5, 6}}, {SessionId{2}, {}}}}},
        ParticipantChanged{},
        AccountChanged{{AccountId{101}, ParticipantId{1}, nasty_text, true}},
        AccountChanged{},
        TradeBusted{{extreme_order(),
                     MatchId{int64_max},
                     true,
                     {1},
                     {int64_max},
                     {-int64_max},
                     {int128_min},
                     {int128_max},
                     AssetId{3},
                     {-1},
                     {int128_max}}},
        TradeBusted{},
        TradeCorrected{{.order = extreme_special_order(), .match = MatchId{9}, .traded = {1}, .owed = {5}}},
        TradeCorrected{},
        ReceivableSettled{AccountId{101}, AssetId{2}, {int128_max}},
        ReceivableSettled{},
        FeesSet{{AssetId{1}, {{{1}, -1, 1}, {{int128_max}, 1'000'000, -1'000'000}}, {InstrumentId{1}, InstrumentId{2}}},
                {int64_max},
                {{ParticipantId{1}, 0}, {ParticipantId{2}, 32}}},
        FeesSet{},
        FeesRolled{{int64_max}, {{ParticipantId{1}, 0}, {ParticipantId{2}, 32}}},
        FeesRolled{},
    };
}

/// Bodies of every kind, each once full and once empty.
inline std::vector<EventBody> every_body() {
    std::vector<EventBody> all = order_bodies();
    for (auto& body : reference_bodies()) all.push_back(std::move(body));
    for (auto& body : later_bodies()) all.push_back(std::move(body));
    return all;
}

/// Those bodies as events from `first` on, each a command of its own.
inline std::vector<Event> every_event(Sequence first = Sequence{1}) {
    std::vector<Event> events;
    for (auto& body : every_body()) {
        Event event;
        event.sequence = Sequence{first.value + static_cast<std::int64_t>(events.size())};
        event.command = event.sequence;
        event.last = true;
        event.time = {int64_max - 1};
        event.session = SessionId{event.sequence.value % 2 == 0 ? 0 : 3};
        event.other_session = SessionId{event.sequence.value % 3 == 0 ? 4 : 0};
        event.asked = nasty_text;
        event.body = std::move(body);
        events.push_back(std::move(event));
    }
    return events;
}

}  // namespace venue::model
