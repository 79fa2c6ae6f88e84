// What the operator asks of instruments and participants, and how it ends.
#pragma once

#include <string>
#include <variant>

#include "venue/model/command.hpp"

namespace venue::control {

/// Each has a `call`, which is the venue's to fill in.
using OperatorCommand = std::variant<model::ListInstrument, model::ChangeInstrument, model::DelistInstrument,
                                     model::LimitParticipant, model::Suspend>;

/// A command that had no effect, in the words of control.proto.
struct OperatorRefusal {
    enum class Kind { declined, busy, unknown };
    Kind kind{};
    std::string sentence;
};

}  // namespace venue::control
