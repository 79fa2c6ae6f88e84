#include "venue/model/event.hpp"

#include <array>
#include <concepts>

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
    "FeesRolled",          "ListReported",
};

}  // namespace

std::string_view name(const EventBody& body) { return names[body.index()]; }

const Order* order_of(const EventBody& body) {
    return std::visit(
        [](const auto& event) -> const Order* {
            if constexpr (requires {
                              { event.order } -> std::same_as<const Order&>;
                          })
                return &event.order;
            return nullptr;
        },
        body);
}

}  // namespace venue::model
