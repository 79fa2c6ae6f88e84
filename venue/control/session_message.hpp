// What is told of sessions, and asked of them, as it travels over the socket, and back.
#pragma once

#include "venue/control/control.pb.h"
#include "venue/control/operator_message.hpp"
#include "venue/model/session_look.hpp"

namespace venue::control {

void write(const model::SessionLook& look, v1::SessionLook& message);
model::SessionLook read(const v1::SessionLook& message);

v1::OrderSessionRequest to_message(const model::SessionWish& wish);
/// Throws NoCommand.
model::SessionWish read(const v1::OrderSessionRequest& message);

}  // namespace venue::control
