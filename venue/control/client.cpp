#include "venue/control/client.hpp"

#include <chrono>

#include "venue/control/operator_message.hpp"
#include "venue/control/service.hpp"
#include "venue/control/session_message.hpp"

namespace venue::control {
namespace {

/// What is told of many thousand sessions.
constexpr int answer_bytes_max = 64 << 20;

/// No answer came: whether the question arrived, and what became of it, can't be told from here.
bool is_silence(grpc::StatusCode code) {
    return code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::DEADLINE_EXCEEDED ||
           code == grpc::StatusCode::CANCELLED;
}

/// Of a change that has no further effect when it is asked for again.
void require_done(const grpc::Status& said, const std::string& question) {
    const auto code = said.error_code();
    if (is_silence(code)) {
        throw OutcomeUnknown(question + " is not known (" + said.error_message() +
                             "). Ask again: asking twice changes nothing more.");
    }
    if (code == grpc::StatusCode::RESOURCE_EXHAUSTED) throw NotNow(said.error_message() + " Nothing was done.");
    if (!said.ok()) throw Declined(said.error_message());
}

}  // namespace

struct Client::Connection {
    std::string socket;
    std::chrono::seconds wait;
    std::shared_ptr<grpc::Channel> channel;
    decltype(v1::Control::NewStub(nullptr)) calls;
    std::string asker;

    /// One call with its deadline.
    template <class Call>
    grpc::Status ask(Call call) {
        const auto deadline = std::chrono::system_clock::now() + wait;
        // Before there is a connection nothing was asked: what is silent afterwards is another thing.
        grpc::ClientContext context;
        context.set_deadline(deadline);
        if (!asker.empty()) context.AddMetadata(asker_key, asker);
        connect(deadline);
        return call(context);
    }

    /// A socket that isn't there, or that nobody listens on, is told at once.
    void connect(std::chrono::system_clock::time_point deadline) {
        auto state = channel->GetState(true);
        while (state != GRPC_CHANNEL_READY) {
            const bool is_over = state == GRPC_CHANNEL_TRANSIENT_FAILURE || state == GRPC_CHANNEL_SHUTDOWN;
            if (is_over || !channel->WaitForStateChange(state, deadline)) {
                throw NobodyThere("No venue answers on " + socket);
            }
            state = channel->GetState(true);
        }
    }

    /// One that may be asked again without harm.
    template <class Call>
    void ask_again_freely(Call call) {
        const auto said = ask(call);
        if (is_silence(said.error_code())) {
            throw NobodyThere("No venue answers on " + socket + ": " + said.error_message());
        }
        if (!said.ok()) throw Declined(said.error_message());
    }
};

Client::Client(const std::string& socket, int wait_seconds, std::string asker) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(answer_bytes_max);
    auto channel = grpc::CreateCustomChannel("unix:" + socket, grpc::InsecureChannelCredentials(), arguments);
    auto calls = v1::Control::NewStub(channel);
    connection_ = std::make_unique<Connection>(
        Connection{socket, std::chrono::seconds(wait_seconds), std::move(channel), std::move(calls), std::move(asker)});
}
Client::~Client() = default;

Status Client::status() {
    v1::GetStatusResponse response;
    connection_->ask_again_freely(
        [&](auto& context) { return connection_->calls->GetStatus(&context, {}, &response); });
    return read(response);
}

void Client::set_log_level(const std::string& level, const std::string& logger) {
    v1::SetLogLevelRequest request;
    request.set_level(level);
    request.set_logger(logger);
    v1::SetLogLevelResponse response;
    connection_->ask_again_freely(
        [&](auto& context) { return connection_->calls->SetLogLevel(&context, request, &response); });
}

TransferOutcome Client::transfer(const Transfer& transfer) {
    v1::TransferFundsRequest request;
    request.set_id(transfer.id);
    request.set_from_account(transfer.from);
    request.set_to_account(transfer.to);
    request.set_asset(transfer.asset);
    request.set_amount(transfer.amount);
    request.set_even_suspended(transfer.even_suspended);
    v1::TransferFundsResponse response;
    const auto said = connection_->ask(
        [&](auto& context) { return connection_->calls->TransferFunds(&context, request, &response); });
    const auto code = said.error_code();
    if (is_silence(code) || code == grpc::StatusCode::ABORTED) {
        throw OutcomeUnknown("Whether " + transfer.id + " was done is not known (" + said.error_message() +
                             "). Ask again under the same id: it moves nothing twice, and tells.");
    }
    if (code == grpc::StatusCode::RESOURCE_EXHAUSTED) throw NotNow(said.error_message() + " Nothing was done.");
    if (!said.ok()) throw Declined(said.error_message());
    return {response.event(), response.repeated()};
}

std::string Client::change_phase(const PhaseWish& wish) {
    v1::ChangePhaseRequest request;
    request.set_symbol(wish.symbol);
    request.set_phase(wish.phase);
    request.set_cancel_orders(wish.cancel_orders);
    v1::ChangePhaseResponse response;
    const auto said =
        connection_->ask([&](auto& context) { return connection_->calls->ChangePhase(&context, request, &response); });
    require_done(said, "In which phase " + wish.symbol + " is now");
    return response.phase();
}

void Client::cancel_orders(const CancelWish& wish) {
    v1::CancelOrdersRequest request;
    request.set_symbol(wish.symbol);
    request.set_participant(wish.participant);
    v1::CancelOrdersResponse response;
    const auto said =
        connection_->ask([&](auto& context) { return connection_->calls->CancelOrders(&context, request, &response); });
    require_done(said, "Whether all orders were cancelled");
}

void Client::operate(const OperatorCommand& command) {
    const auto request = to_message(command);
    v1::OperateResponse response;
    const auto said =
        connection_->ask([&](auto& context) { return connection_->calls->Operate(&context, request, &response); });
    require_done(said, "Whether it was done");
}

std::vector<OperatorCommand> Client::configuration() {
    v1::GetConfigurationResponse response;
    connection_->ask_again_freely(
        [&](auto& context) { return connection_->calls->GetConfiguration(&context, {}, &response); });
    std::vector<OperatorCommand> commands;
    try {
        for (const auto& each : response.commands()) commands.push_back(read(each));
    } catch (const NoCommand& error) {
        throw Declined("The venue's configuration is of another release: " + std::string(error.what()));
    }
    return commands;
}

std::vector<model::SessionLook> Client::sessions(const std::string& comp_id) {
    v1::GetSessionsRequest request;
    request.set_session(comp_id);
    v1::GetSessionsResponse response;
    connection_->ask_again_freely(
        [&](auto& context) { return connection_->calls->GetSessions(&context, request, &response); });
    std::vector<model::SessionLook> looks;
    for (const auto& each : response.sessions()) looks.push_back(read(each));
    return looks;
}

void Client::order(const model::SessionWish& wish) {
    const auto request = to_message(wish);
    v1::OrderSessionResponse response;
    const auto said =
        connection_->ask([&](auto& context) { return connection_->calls->OrderSession(&context, request, &response); });
    if (is_silence(said.error_code())) {
        throw OutcomeUnknown("Whether it was done is not known (" + said.error_message() +
                             "). Look at the session before you ask again.");
    }
    require_done(said, "Whether it was done");
}

}  // namespace venue::control
