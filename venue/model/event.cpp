#include "venue/model/event.hpp"

#include <array>
#include <concepts>
#include <utility>

namespace venue::model {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<EventBody>> names = {
    "OrderAccepted",       "OrderRejected",      "OrderTraded",        "OrderCancelled",
    "OrderExpired",        "OrderReplaced",      "ChangeRejected",     "SessionLoggedOn",
    "SessionDisconnected", "AssetAdded",         "InstrumentListed",   "ParticipantAdded",
    "AccountOpened",       "SessionAdded",       "FundsDeposited",     "ConfigurationRejected",
    "FundsTransferred",    "TransferRejected",   "OrderRestated",      "SweepMarked",
    "OrderTriggered",      "MassCancelMarked",   "MassCancelReported", "KillSwitchTurned",
    "PhaseChanged",        "UncrossBegun",       "IndicationChanged",  "PegsMoved",
    "InstrumentChanged",   "InstrumentDelisted", "ParticipantChanged", "AccountChanged",
    "TradeBusted",         "TradeCorrected",     "ReceivableSettled",  "FeesSet",
    "FeesRolled",          "ListReported",       "SessionChanged",
};

template <class Body>
concept OfOrder = requires(const Body& body) {
    { body.order } -> std::same_as<const Order&>;
};

/// By the alternatives' order.
constexpr auto of_orders = []<std::size_t... at>(std::index_sequence<at...>) {
    return std::array{OfOrder<std::variant_alternative_t<at, EventBody>>...};
}
(std::make_index_sequence<std::variant_size_v<EventBody>>{});

}  // namespace

bool is_of_order(const EventBody& body) { return of_orders[body.index()]; }

std::string_view name(const EventBody& body) { return names[body.index()]; }

const Order* order_of(const EventBody& body) {
    return std::visit(
        [](const auto& event) -> const Order* {
            if constexpr (OfOrder<std::remove_cvref_t<decltype(event)>>) return &event.order;
            return nullptr;
        },
        body);
}

TradeHalf half_of(const OrderTraded& traded, Timestamp time) {
    return {.order = traded.order,
            .price = traded.last_price,
            .quantity = traded.last_quantity,
            .base = traded.last_base,
            .quote = traded.last_quote,
            .fee_asset = traded.fee_asset,
            .fee = traded.fee,
            .traded_at = time,
            .limit = limit_of(traded.order)};
}

}  // namespace venue::model
