#include "venue/engine/decide.hpp"
#include "venue/engine/mass_cancel.hpp"

namespace venue::engine {

void decide(Recorder& out, const model::LogOnSession& asked) {
    const model::Session& session = out.state().session(asked.session);
    const model::Incarnation present = out.state().sessions.at(session.id).incarnation;
    const model::Incarnation next{present.value + (asked.reset ? 1 : 0)};
    out.record(model::SessionLoggedOn{session.id, next, asked.reset});
}

namespace {

/// A logon that was declined in the end changes nothing about the time that was running.
model::Timestamp cancels_at(model::Timestamp now, const model::Session& session, const SessionState& known,
                            const model::DisconnectSession& asked) {
    if (asked.reason == model::DisconnectReason::declined) return known.cancels_at;
    if (session.on_disconnect.cancels == model::CancelOnDisconnect::off) return {};
    return {now.nanoseconds + std::int64_t{session.on_disconnect.grace_ms} * 1'000'000};
}

}  // namespace

void cancel_orders_of_the_lost(Recorder& out) {
    const model::Session& lost = out.state().session(out.state().lost.begin()->second);
    const bool is_own = lost.on_disconnect.cancels == model::CancelOnDisconnect::session;
    mass_cancel(out, {.scope = {.participant = lost.participant,
                                .session = is_own ? lost.id : model::SessionId{},
                                .spares_good_till = lost.on_disconnect.spares_good_till},
                      .reason = model::RejectReason::session_disconnected,
                      .lost = lost.id});
}

void decide(Recorder& out, const model::DisconnectSession& asked) {
    const model::Session& session = out.state().session(asked.session);
    const SessionState& known = out.state().sessions.at(session.id);
    // While the venue was away nobody could come back: who was lost before has its time anew.
    const bool begins_anew = asked.reason == model::DisconnectReason::restart && known.cancels_at != model::Timestamp{};
    if (!known.on && !begins_anew) return;
    out.record(model::SessionDisconnected{session.id, asked.reason, cancels_at(out.now(), session, known, asked)});
}

}  // namespace venue::engine
