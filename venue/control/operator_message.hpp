// The operator's commands as they travel over the socket, and back.
#pragma once

#include <optional>
#include <stdexcept>

#include "venue/control/control.pb.h"
#include "venue/control/operator_command.hpp"

namespace venue::control {

/// What came is no command; the sentence says why.
struct NoCommand : std::runtime_error {
    using std::runtime_error::runtime_error;
};

v1::OperateRequest to_message(const OperatorCommand& command);
/// Throws NoCommand.
OperatorCommand read(const v1::OperateRequest& message);

}  // namespace venue::control
