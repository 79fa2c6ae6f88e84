#include "venue/control/service.hpp"

#include "venue/control/operator_message.hpp"

namespace venue::control {
namespace {

grpc::StatusCode code_of(ChangeRefusal::Kind kind) {
    switch (kind) {
        case ChangeRefusal::Kind::invalid:
            return grpc::StatusCode::INVALID_ARGUMENT;
        case ChangeRefusal::Kind::declined:
            return grpc::StatusCode::FAILED_PRECONDITION;
        case ChangeRefusal::Kind::busy:
            return grpc::StatusCode::RESOURCE_EXHAUSTED;
        case ChangeRefusal::Kind::unknown:
            return grpc::StatusCode::UNAVAILABLE;
    }
    return grpc::StatusCode::INTERNAL;
}

grpc::StatusCode code_of(TransferRefusal::Kind kind) {
    switch (kind) {
        case TransferRefusal::Kind::invalid:
            return grpc::StatusCode::INVALID_ARGUMENT;
        case TransferRefusal::Kind::declined:
            return grpc::StatusCode::FAILED_PRECONDITION;
        case TransferRefusal::Kind::same_id_waits:
            return grpc::StatusCode::ABORTED;
        case TransferRefusal::Kind::busy:
            return grpc::StatusCode::RESOURCE_EXHAUSTED;
        case TransferRefusal::Kind::unknown:
            return grpc::StatusCode::UNAVAILABLE;
    }
    return grpc::StatusCode::INTERNAL;
}

}  // namespace

grpc::ServerUnaryReactor* Service::GetStatus(grpc::CallbackServerContext* context, const v1::GetStatusRequest*,
                                             v1::GetStatusResponse* response) {
    auto* const reactor = context->DefaultReactor();
    write(wiring_.status(), *response);
    reactor->Finish(grpc::Status::OK);
    return reactor;
}

grpc::ServerUnaryReactor* Service::SetLogLevel(grpc::CallbackServerContext* context,
                                               const v1::SetLogLevelRequest* request, v1::SetLogLevelResponse*) {
    auto* const reactor = context->DefaultReactor();
    note_asked(*context,
               "log level " + request->level() + " of " + (request->logger().empty() ? "all" : request->logger()));
    const auto fault = wiring_.set_log_level(request->level(), request->logger());
    reactor->Finish(fault.empty() ? grpc::Status::OK : grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, fault));
    return reactor;
}

// A caller that goes away doesn't undo what it asked for; the reactor and the response live until they are finished.
grpc::ServerUnaryReactor* Service::TransferFunds(grpc::CallbackServerContext* context,
                                                 const v1::TransferFundsRequest* request,
                                                 v1::TransferFundsResponse* response) {
    auto* const reactor = context->DefaultReactor();
    if (const auto sentence = wiring_.closed_because(); !sentence.empty()) {
        reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, sentence});
        return reactor;
    }
    const Transfer transfer{request->id(),    request->from_account(), request->to_account(),
                            request->asset(), request->amount(),       request->even_suspended()};
    note_asked(*context, "transfer " + transfer.id + " of " + transfer.amount + " " + transfer.asset + " from " +
                             transfer.from + " to " + transfer.to);
    transfers_.begin(transfer, [reactor, response](const auto& told) {
        if (const auto* const refusal = std::get_if<TransferRefusal>(&told)) {
            return reactor->Finish({code_of(refusal->kind), refusal->sentence});
        }
        const auto& outcome = std::get<TransferOutcome>(told);
        response->set_event(outcome.event);
        response->set_repeated(outcome.repeated);
        reactor->Finish(grpc::Status::OK);
    });
    return reactor;
}

grpc::ServerUnaryReactor* Service::ChangePhase(grpc::CallbackServerContext* context,
                                               const v1::ChangePhaseRequest* request,
                                               v1::ChangePhaseResponse* response) {
    auto* const reactor = context->DefaultReactor();
    note_asked(*context, "phase " + (request->phase().empty() ? "of its day" : request->phase()) + " of " +
                             request->symbol() + (request->cancel_orders() ? ", without its orders" : ""));
    change(reactor, PhaseWish{request->symbol(), request->phase(), request->cancel_orders()},
           [response](const std::string& phase) { response->set_phase(phase); });
    return reactor;
}

grpc::ServerUnaryReactor* Service::CancelOrders(grpc::CallbackServerContext* context,
                                                const v1::CancelOrdersRequest* request, v1::CancelOrdersResponse*) {
    auto* const reactor = context->DefaultReactor();
    const auto named = [](const std::string& name) { return name.empty() ? "all" : name; };
    note_asked(*context, "cancel of orders of " + named(request->participant()) + " in " + named(request->symbol()));
    change(reactor, CancelWish{request->symbol(), request->participant()}, [](const std::string&) {});
    return reactor;
}

template <class Wish, class Answer>
void Service::change(grpc::ServerUnaryReactor* reactor, const Wish& wish, Answer answer) {
    if (const auto sentence = wiring_.absent_because(); !sentence.empty()) {
        return reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, sentence});
    }
    changes_.begin(wish, [reactor, answer](const auto& told) {
        if (const auto* const refusal = std::get_if<ChangeRefusal>(&told)) {
            return reactor->Finish({code_of(refusal->kind), refusal->sentence});
        }
        answer(std::get<std::string>(told));
        reactor->Finish(grpc::Status::OK);
    });
}

grpc::ServerUnaryReactor* Service::Operate(grpc::CallbackServerContext* context, const v1::OperateRequest* request,
                                           v1::OperateResponse*) {
    auto* const reactor = context->DefaultReactor();
    if (const auto sentence = wiring_.absent_because(); !sentence.empty()) {
        reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, sentence});
        return reactor;
    }
    try {
        auto command = read(*request);
        note_asked(*context, std::visit([](const auto& body) { return model::describe({{}, body}); }, command));
        submit(std::move(command),
               [reactor](const auto& refusal) { reactor->Finish(refusal ? status_of(*refusal) : grpc::Status::OK); });
    } catch (const NoCommand& error) {
        reactor->Finish({grpc::StatusCode::INVALID_ARGUMENT, error.what()});
    }
    return reactor;
}

grpc::ServerUnaryReactor* Service::GetConfiguration(grpc::CallbackServerContext* context,
                                                    const v1::GetConfigurationRequest*,
                                                    v1::GetConfigurationResponse* response) {
    auto* const reactor = context->DefaultReactor();
    if (const auto sentence = wiring_.absent_because(); !sentence.empty()) {
        reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, sentence});
        return reactor;
    }
    for (const auto& command : wiring_.configuration()) *response->add_commands() = to_message(command);
    reactor->Finish(grpc::Status::OK);
    return reactor;
}

void Service::submit(OperatorCommand command, PendingCommands::Told told) {
    auto* const revise = std::get_if<model::ReviseTrade>(&command);
    if (revise == nullptr) return commands_.begin(std::move(command), std::move(told));
    // The engine doesn't know all trades that there ever were: this one comes with the command. What the journal tells
    // of its orders is the whole truth only while no other revision is on its way there.
    if (revising_.exchange(true))
        return told(OperatorRefusal{OperatorRefusal::Kind::busy, "Another trade is being revised."});
    const auto free = [this, told = std::move(told)](const auto& refusal) {
        revising_ = false;
        told(refusal);
    };
    wiring_.look_up_trade(revise->match, [this, asked = *revise, told = free](const TradeAsFound& found) {
        if (const auto* const refusal = std::get_if<OperatorRefusal>(&found)) return told(std::optional(*refusal));
        auto whole = asked;
        whole.halves = std::get<std::vector<model::TradeHalf>>(found);
        commands_.begin(std::move(whole), told);
    });
}

void Service::released(const model::Group& group) {
    transfers_.released(group);
    changes_.released(group);
    commands_.released(group);
}

void Service::stop() {
    transfers_.stop();
    changes_.stop();
    commands_.stop();
    stop_sessions();
}

void write(const Status& status, v1::GetStatusResponse& message) {
    message.set_version(status.version);
    message.set_role(status.role);
    message.set_state(status.state);
    message.set_ready(status.ready);
    message.set_started_at(status.started_at);
    message.set_uptime_seconds(status.uptime_seconds);
    message.set_last_sequence(status.last_sequence);
    message.set_lag_events(status.lag_events);
    message.set_inbox_depth(status.inbox_depth);
    message.set_durability(status.durability);
    message.set_schema_version(status.schema_version);
    message.set_fence_epoch(status.fence_epoch);
    message.set_fence_owner(status.fence_owner);
    message.set_snapshot_sequence(status.snapshot_sequence);
    message.set_archived_until(status.archived_until);
    for (const auto& session : status.sessions) {
        auto& each = *message.add_sessions();
        each.set_comp_id(session.comp_id);
        each.set_participant(session.participant);
        each.set_on(session.on);
        each.set_incarnation(session.incarnation);
        each.set_inbound_judged(session.inbound_judged);
        each.set_outbound_reserved(session.outbound_reserved);
        each.set_last_written(session.last_written);
    }
}

Status read(const v1::GetStatusResponse& message) {
    Status status{message.version(),        message.role(),
                  message.state(),          message.ready(),
                  message.started_at(),     message.uptime_seconds(),
                  message.last_sequence(),  message.lag_events(),
                  message.inbox_depth(),    message.durability(),
                  message.schema_version(), message.fence_epoch(),
                  message.fence_owner(),    message.snapshot_sequence(),
                  message.archived_until(), {}};
    for (const auto& each : message.sessions()) {
        status.sessions.push_back({each.comp_id(), each.participant(), each.on(), each.incarnation(),
                                   each.inbound_judged(), each.outbound_reserved(), each.last_written()});
    }
    return status;
}

}  // namespace venue::control
