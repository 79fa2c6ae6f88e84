// What the operator asks of instruments and participants, and how it ends.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "venue/model/command.hpp"
#include "venue/model/session_look.hpp"

namespace venue::control {

/// Each has a `call`, which is the venue's to fill in.
using OperatorCommand =
    std::variant<model::ListInstrument, model::ChangeInstrument, model::DelistInstrument, model::LimitParticipant,
                 model::Suspend, model::ReviseTrade, model::SettleReceivable, model::SetFees, model::LimitRate,
                 model::AddAsset, model::AddParticipant, model::ChangeParticipant, model::OpenAccount,
                 model::AddSession, model::ChangeSession>;

/// A command that had no effect, in the words of control.proto.
struct OperatorRefusal {
    enum class Kind { declined, busy, unknown };
    Kind kind{};
    std::string sentence;
};

/// Sessions as they are; or why they can't be looked at.
using SessionsAsTheyAre = std::variant<std::vector<model::SessionLook>, OperatorRefusal>;

/// The halves of a trade, none when there is no such one; or why they can't be told.
using TradeAsFound = std::variant<std::vector<model::TradeHalf>, OperatorRefusal>;
using TradeFound = std::function<void(const TradeAsFound&)>;

}  // namespace venue::control
