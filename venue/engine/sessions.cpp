#include "venue/engine/decide.hpp"

namespace venue::engine {

void decide(Recorder& out, const model::LogOnSession& asked) {
    const model::Session& session = out.state().session(asked.session);
    const model::Incarnation present = out.state().sessions.at(session.id).incarnation;
    const model::Incarnation next{present.value + (asked.reset ? 1 : 0)};
    out.record(model::SessionLoggedOn{session.id, next, asked.reset});
}

void decide(Recorder& out, const model::DisconnectSession& asked) {
    const model::Session& session = out.state().session(asked.session);
    if (!out.state().sessions.at(session.id).on) return;
    out.record(model::SessionDisconnected{session.id, asked.reason});
}

}  // namespace venue::engine
