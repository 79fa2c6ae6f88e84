// The calls of control.proto. Each returns at once; a transfer or a change is answered later, from whatever thread
// releases.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>

#include "venue/control/control.grpc.pb.h"
#include "venue/control/pending_answers.hpp"
#include "venue/control/pending_changes.hpp"
#include "venue/control/pending_commands.hpp"
#include "venue/control/pending_transfers.hpp"
#include "venue/control/server.hpp"

namespace venue::control {

class Service final : public v1::Control::CallbackService {
  public:
    explicit Service(Wiring wiring)
        : wiring_(std::move(wiring)), transfers_(wiring_.submit), changes_(wiring_.submit), commands_(wiring_.submit) {}

    grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context, const v1::GetStatusRequest* request,
                                        v1::GetStatusResponse* response) override;
    grpc::ServerUnaryReactor* SetLogLevel(grpc::CallbackServerContext* context, const v1::SetLogLevelRequest* request,
                                          v1::SetLogLevelResponse* response) override;
    grpc::ServerUnaryReactor* TransferFunds(grpc::CallbackServerContext* context,
                                            const v1::TransferFundsRequest* request,
                                            v1::TransferFundsResponse* response) override;

    grpc::ServerUnaryReactor* ChangePhase(grpc::CallbackServerContext* context, const v1::ChangePhaseRequest* request,
                                          v1::ChangePhaseResponse* response) override;

    grpc::ServerUnaryReactor* CancelOrders(grpc::CallbackServerContext* context, const v1::CancelOrdersRequest* request,
                                           v1::CancelOrdersResponse* response) override;
    grpc::ServerUnaryReactor* Operate(grpc::CallbackServerContext* context, const v1::OperateRequest* request,
                                      v1::OperateResponse* response) override;
    grpc::ServerUnaryReactor* GetConfiguration(grpc::CallbackServerContext* context,
                                               const v1::GetConfigurationRequest* request,
                                               v1::GetConfigurationResponse* response) override;
    grpc::ServerUnaryReactor* GetSessions(grpc::CallbackServerContext* context, const v1::GetSessionsRequest* request,
                                          v1::GetSessionsResponse* response) override;
    grpc::ServerUnaryReactor* OrderSession(grpc::CallbackServerContext* context, const v1::OrderSessionRequest* request,
                                           v1::OrderSessionResponse* response) override;

    /// What waits for an outcome hears of it, or that there will be none.
    void released(const model::Group& group);
    void stop();

  private:
    template <class Wish, class Answer>
    void change(grpc::ServerUnaryReactor* reactor, const Wish& wish, Answer answer);
    void submit(OperatorCommand command, PendingCommands::Told told);
    void order(model::SessionWish wish, PendingCommands::Told told);
    void stop_sessions();

    Wiring wiring_;
    PendingTransfers transfers_;
    PendingChanges changes_;
    PendingCommands commands_;
    PendingAnswers<SessionsAsTheyAre> looks_;
    PendingAnswers<std::optional<OperatorRefusal>> orders_;
    std::atomic<bool> revising_{false};  ///< One trade at a time.
};

/// The metadata in which a caller names itself.
inline constexpr const char* asker_key = "operator";

/// What a call ends with.
grpc::Status status_of(const OperatorRefusal& refusal);
/// For the log: who asked for what.
void note_asked(const grpc::CallbackServerContext& context, const std::string& what);

/// The same status, as it travels and back.
void write(const Status& status, v1::GetStatusResponse& message);
Status read(const v1::GetStatusResponse& message);

}  // namespace venue::control
