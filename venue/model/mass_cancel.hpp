// Many open orders that are cancelled together: which ones, why, and how far it got.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "venue/model/ids.hpp"
#include "venue/model/order.hpp"
#include "venue/model/reject_reason.hpp"

namespace venue::model {

/// Open orders to which everything applies that is named here. A participant or an instrument is always named; an
/// account and a session stand beside their participant.
struct CancelScope {
    ParticipantId participant{};
    AccountId account{};
    SessionId session{};  ///< The owning one.
    InstrumentId instrument{};
    std::optional<Side> side{};
    bool spares_good_till = false;  ///< Orders that are good till cancel or till a date stay.
    bool spares_outliving = false;  ///< And those that say so.
    bool operator==(const CancelScope&) const = default;
};

/// What was asked, and what of it is done.
struct MassCancelling {
    CancelScope scope{};
    RejectReason reason{RejectReason::none};  ///< Of each order's cancel.
    SessionId session{};                      ///< Who asked, and hears of each cancel; zero for the venue itself.
    ClOrdId cl_ord_id{};                      ///< Of the request, where a session asked.
    std::string symbol{};                     ///< As it was asked for.
    std::int64_t affected = 0;                ///< Orders that were cancelled so far.
    OrderId next{};                           ///< Where it goes on; zero where the rest alone says it.
    SessionId lost{};                         ///< Whose disconnect it follows; zero for none.
    bool operator==(const MassCancelling&) const = default;
};

/// A participant's own way to stop: while it is on, no new order of the participant is taken.
enum class KillSwitch : std::uint8_t { as_it_is = 0, on = 1, off = 2 };

/// Empty for `as_it_is`.
constexpr std::string_view name(KillSwitch kill_switch) {
    if (kill_switch == KillSwitch::as_it_is) return "";
    return kill_switch == KillSwitch::on ? "on" : "off";
}

}  // namespace venue::model
