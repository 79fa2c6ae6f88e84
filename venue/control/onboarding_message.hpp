// What adds and changes participants and their sessions, as it travels over the socket, and back.
#pragma once

#include "venue/control/control.pb.h"
#include "venue/model/command.hpp"

namespace venue::control {

void write(const model::AddAsset& command, v1::OperateRequest& message);
void write(const model::AddParticipant& command, v1::OperateRequest& message);
void write(const model::ChangeParticipant& command, v1::OperateRequest& message);
void write(const model::OpenAccount& command, v1::OperateRequest& message);
void write(const model::AddSession& command, v1::OperateRequest& message);
void write(const model::ChangeSession& command, v1::OperateRequest& message);

// Each throws NoCommand where a word is none of its list.
model::AddAsset read(const v1::AddAsset& message);
model::AddParticipant read(const v1::AddParticipant& message);
model::ChangeParticipant read(const v1::ChangeParticipant& message);
model::OpenAccount read(const v1::OpenAccount& message);
model::AddSession read(const v1::AddSession& message);
model::ChangeSession read(const v1::ChangeSession& message);

}  // namespace venue::control
