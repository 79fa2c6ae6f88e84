#include "venue/control/client.hpp"

#include <chrono>

#include "venue/control/service.hpp"

namespace venue::control {
namespace {

constexpr std::chrono::seconds patience{10};

}  // namespace

struct Client::Connection {
    std::string socket;
    decltype(v1::Control::NewStub(nullptr)) calls;

    /// One call with its deadline.
    template <class Call>
    void ask(Call call) {
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + patience);
        const grpc::Status said = call(context);
        if (said.ok()) return;
        const auto code = said.error_code();
        if (code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::DEADLINE_EXCEEDED) {
            throw NobodyThere("No venue answers on " + socket + ": " + said.error_message());
        }
        throw Declined(said.error_message());
    }
};

Client::Client(const std::string& socket)
    : connection_(std::make_unique<Connection>(Connection{
          socket, v1::Control::NewStub(grpc::CreateChannel("unix:" + socket, grpc::InsecureChannelCredentials()))})) {}
Client::~Client() = default;

Status Client::status() {
    v1::GetStatusResponse response;
    connection_->ask([&](auto& context) { return connection_->calls->GetStatus(&context, {}, &response); });
    return read(response);
}

void Client::set_log_level(const std::string& level, const std::string& logger) {
    v1::SetLogLevelRequest request;
    request.set_level(level);
    request.set_logger(logger);
    v1::SetLogLevelResponse response;
    connection_->ask([&](auto& context) { return connection_->calls->SetLogLevel(&context, request, &response); });
}

TransferOutcome Client::transfer(const Transfer& transfer) {
    v1::TransferFundsRequest request;
    request.set_id(transfer.id);
    request.set_from_account(transfer.from);
    request.set_to_account(transfer.to);
    request.set_asset(transfer.asset);
    request.set_amount(transfer.amount);
    v1::TransferFundsResponse response;
    connection_->ask([&](auto& context) { return connection_->calls->TransferFunds(&context, request, &response); });
    return {response.event(), response.repeated()};
}

}  // namespace venue::control
