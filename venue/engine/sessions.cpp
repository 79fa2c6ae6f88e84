#include "venue/engine/decide.hpp"
#include "venue/engine/mass_cancel.hpp"

namespace venue::engine {

void decide(Recorder& out, const model::LogOnSession& asked) {
    const model::Session& session = out.state().session(asked.session);
    const model::Incarnation present = out.state().sessions.at(session.id).incarnation;
    const model::Incarnation next{present.value + (asked.reset ? 1 : 0)};
    out.record(model::SessionLoggedOn{session.id, next, asked.reset, asked.cancels});
}

namespace {

using model::CancelOnDisconnect;

CancelOnDisconnect or_configured(CancelOnDisconnect cancels, const model::Session& session) {
    return cancels == CancelOnDisconnect::off ? session.on_disconnect.cancels : cancels;
}

/// A logon that was declined in the end changes nothing about the time that was running, nor whose orders wait for it.
model::SessionDisconnected loss_of(const model::Session& session, const SessionState& known,
                                   const model::DisconnectSession& asked, model::Timestamp now) {
    model::SessionDisconnected lost{session.id, asked.reason, known.cancels_at, known.cancels};
    if (asked.reason == model::DisconnectReason::declined) return lost;
    lost.cancels =
        known.on ? known.chosen.value_or(session.on_disconnect.cancels) : or_configured(known.cancels, session);
    lost.cancels_at = {now.nanoseconds + std::int64_t{session.on_disconnect.grace_ms} * 1'000'000};
    if (lost.cancels == CancelOnDisconnect::off) lost.cancels_at = {};
    return lost;
}

}  // namespace

void cancel_orders_of_the_lost(Recorder& out) {
    const State& state = out.state();
    const model::Session& lost = state.session(state.lost.begin()->second);
    const CancelOnDisconnect cancels = or_configured(state.sessions.at(lost.id).cancels, lost);
    const bool is_own = cancels == CancelOnDisconnect::session;
    mass_cancel(out, {.scope = {.participant = lost.participant,
                                .session = is_own ? lost.id : model::SessionId{},
                                .spares_good_till = lost.on_disconnect.spares_good_till,
                                .spares_outliving = true},
                      .reason = model::RejectReason::session_disconnected,
                      .lost = lost.id});
}

void decide(Recorder& out, const model::DisconnectSession& asked) {
    const model::Session& session = out.state().session(asked.session);
    const SessionState& known = out.state().sessions.at(session.id);
    // While the venue was away nobody could come back: who was lost before has its time anew.
    const bool begins_anew = asked.reason == model::DisconnectReason::restart && known.cancels_at != model::Timestamp{};
    if (!known.on && !begins_anew) return;
    out.record(loss_of(session, known, asked, out.now()));
}

}  // namespace venue::engine
