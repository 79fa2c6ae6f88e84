// What each command does. Each decision reads the state and records its events; nothing else changes anything.
#pragma once

#include "venue/engine/recorder.hpp"

namespace venue::engine {

void decide(Recorder& out, const model::PlaceOrder& asked);
void decide(Recorder& out, const model::CancelOrder& asked);
void decide(Recorder& out, const model::ReplaceOrder& asked);
void decide(Recorder& out, const model::AdvanceTime& asked);
void decide(Recorder& out, const model::ContinueSweep& asked);
void decide(Recorder& out, const model::TriggerOrder& asked);
void decide(Recorder& out, const model::MoveTrails& asked);
void decide(Recorder& out, const model::MassCancel& asked);
void decide(Recorder& out, const model::ContinueMassCancel& asked);
void decide(Recorder& out, const model::ChangePhase& asked);
void decide(Recorder& out, const model::CancelOrders& asked);
void decide(Recorder& out, const model::ContinueUncross& asked);
void decide(Recorder& out, const model::JoinAuction& asked);
void decide(Recorder& out, const model::MovePegs& asked);
void decide(Recorder& out, const model::PlaceList& asked);
void decide(Recorder& out, const model::CancelList& asked);
void decide(Recorder& out, const model::ActivateLeg& asked);
void decide(Recorder& out, const model::ChangeInstrument& asked);
void decide(Recorder& out, const model::DelistInstrument& asked);
void decide(Recorder& out, const model::LimitParticipant& asked);
void decide(Recorder& out, const model::LimitRate& asked);
void decide(Recorder& out, const model::Suspend& asked);
void decide(Recorder& out, const model::ReviseTrade& asked);
void decide(Recorder& out, const model::SettleReceivable& asked);
void decide(Recorder& out, const model::SetFees& asked);
void decide(Recorder& out, const model::LogOnSession& asked);
void decide(Recorder& out, const model::DisconnectSession& asked);
void decide(Recorder& out, const model::AddAsset& asked);
void decide(Recorder& out, const model::ListInstrument& asked);
void decide(Recorder& out, const model::AddParticipant& asked);
void decide(Recorder& out, const model::ChangeParticipant& asked);
void decide(Recorder& out, const model::OpenAccount& asked);
void decide(Recorder& out, const model::ChangeSession& asked);
void decide(Recorder& out, const model::AddSession& asked);
void decide(Recorder& out, const model::DepositFunds& asked);
void decide(Recorder& out, const model::TransferFunds& asked);

}  // namespace venue::engine
