// The calls about FIX sessions, and who asked. Sessions belong to a thread of their own: it is asked, and answers
// later.
#include <spdlog/spdlog.h>

#include "venue/control/service.hpp"
#include "venue/control/session_message.hpp"
#include "venue/model/trace.hpp"

namespace venue::control {
namespace {

using Kind = OperatorRefusal::Kind;

constexpr std::size_t asker_size_max = 64;
constexpr std::size_t asked_size_max = 1'000;

std::string asker_of(const grpc::CallbackServerContext& context) {
    const auto named = context.client_metadata().find(asker_key);
    if (named == context.client_metadata().end()) return "somebody";
    const std::string_view name(named->second.data(), named->second.size());
    return model::log_text(name.substr(0, asker_size_max));
}

const OperatorRefusal too_many{Kind::busy, "Too many calls wait, or the venue is stopping."};

}  // namespace

grpc::Status status_of(const OperatorRefusal& refusal) {
    switch (refusal.kind) {
        case Kind::declined:
            return {grpc::StatusCode::FAILED_PRECONDITION, refusal.sentence};
        case Kind::busy:
            return {grpc::StatusCode::RESOURCE_EXHAUSTED, refusal.sentence};
        case Kind::unknown:
            return {grpc::StatusCode::UNAVAILABLE, refusal.sentence};
    }
    return {grpc::StatusCode::INTERNAL, refusal.sentence};
}

void note_asked(const grpc::CallbackServerContext& context, const std::string& what) {
    spdlog::info("operator {} asks: {}", asker_of(context), model::log_text(what.substr(0, asked_size_max)));
}

grpc::ServerUnaryReactor* Service::GetSessions(grpc::CallbackServerContext* context,
                                               const v1::GetSessionsRequest* request,
                                               v1::GetSessionsResponse* response) {
    auto* const reactor = context->DefaultReactor();
    if (const auto sentence = wiring_.absent_because(); !sentence.empty()) {
        reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, sentence});
        return reactor;
    }
    const auto tell = [reactor, response, comp_id = request->session()](const SessionsAsTheyAre& found) {
        if (const auto* const refusal = std::get_if<OperatorRefusal>(&found)) {
            return reactor->Finish(status_of(*refusal));
        }
        const auto& looks = std::get<std::vector<model::SessionLook>>(found);
        for (const auto& look : looks) write(look, *response->add_sessions());
        const bool is_unknown = looks.empty() && !comp_id.empty();
        reactor->Finish(is_unknown ? status_of({Kind::declined, "The session " + comp_id + " is not known."})
                                   : grpc::Status::OK);
    };
    if (auto told = looks_.keep(tell)) {
        wiring_.look_at_sessions(request->session(), *std::move(told));
    } else {
        reactor->Finish(status_of(too_many));
    }
    return reactor;
}

grpc::ServerUnaryReactor* Service::OrderSession(grpc::CallbackServerContext* context,
                                                const v1::OrderSessionRequest* request, v1::OrderSessionResponse*) {
    auto* const reactor = context->DefaultReactor();
    if (const auto sentence = wiring_.absent_because(); !sentence.empty()) {
        reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, sentence});
        return reactor;
    }
    try {
        auto wish = read(*request);
        note_asked(*context, std::string(name(wish.order)) + " of session " + wish.comp_id);
        order(std::move(wish),
              [reactor](const auto& refusal) { reactor->Finish(refusal ? status_of(*refusal) : grpc::Status::OK); });
    } catch (const NoCommand& error) {
        reactor->Finish({grpc::StatusCode::INVALID_ARGUMENT, error.what()});
    }
    return reactor;
}

/// First the session does it, and then what it submitted becomes durable.
void Service::order(model::SessionWish wish, PendingCommands::Told told) {
    const auto done = [this, told](const std::optional<OperatorRefusal>& refusal) {
        if (refusal) return told(refusal);
        commands_.await(told);
    };
    const auto kept = orders_.keep(done);
    if (!kept) return told(too_many);
    wiring_.order_session(std::move(wish), [tell = *kept](const std::string& fault) {
        tell(fault.empty() ? std::nullopt : std::optional(OperatorRefusal{Kind::declined, fault}));
    });
}

void Service::stop_sessions() {
    looks_.end(OperatorRefusal{Kind::busy, "The venue is stopping."});
    orders_.end(OperatorRefusal{Kind::unknown, "The venue stopped before the outcome was known."});
}

}  // namespace venue::control
