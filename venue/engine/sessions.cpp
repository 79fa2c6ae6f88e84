#include "venue/engine/sessions.hpp"

#include "venue/engine/decide.hpp"
#include "venue/engine/mass_cancel.hpp"

namespace venue::engine {

using model::CancelOnDisconnect;

void note_session(State& state, const model::SessionLoggedOn& event) {
    SessionState& session = state.sessions[event.session];
    state.lost.erase({session.cancels_at, event.session});
    session.incarnation = event.incarnation;
    session.on = true;
    session.chosen = event.cancels;
}

void note_session(State& state, const model::SessionDisconnected& event) {
    SessionState& session = state.sessions[event.session];
    state.lost.erase({session.cancels_at, event.session});
    const model::Session* const configured = state.known_session(event.session);
    const model::DisconnectRule rule = configured == nullptr ? model::DisconnectRule{} : configured->on_disconnect;
    session.on = false;
    session.chosen.reset();
    session.cancels_at = event.cancels_at;
    session.cancels = event.cancels;
    note_wait(session, event.spares_good_till, rule);
    if (event.cancels_at != model::Timestamp{}) state.lost.emplace(event.cancels_at, event.session);
}

void note_wait(SessionState& session, std::optional<bool> spares_good_till, const model::DisconnectRule& rule) {
    const bool waits = session.cancels_at != model::Timestamp{};
    if (waits && session.cancels == CancelOnDisconnect::off) session.cancels = rule.cancels;
    session.spares_good_till = waits && spares_good_till.value_or(rule.spares_good_till);
}

void wait_no_more(State& state, model::SessionId lost) {
    if (!lost) return;
    SessionState& session = state.sessions[lost];
    state.lost.erase({session.cancels_at, lost});
    session.cancels_at = {};
    session.cancels = CancelOnDisconnect::off;
    session.spares_good_till = false;
}

void decide(Recorder& out, const model::LogOnSession& asked) {
    const model::Session& session = out.state().session(asked.session);
    const model::Incarnation present = out.state().sessions.at(session.id).incarnation;
    const model::Incarnation next{present.value + (asked.reset ? 1 : 0)};
    out.record(model::SessionLoggedOn{session.id, next, asked.reset, asked.cancels});
}

namespace {

/// A logon that was declined in the end changes nothing about the time that was running, nor whose orders wait for it.
model::SessionDisconnected loss_of(const model::Session& session, const SessionState& known,
                                   const model::DisconnectSession& asked, model::Timestamp now) {
    const model::DisconnectRule& rule = session.on_disconnect;
    model::SessionDisconnected lost{session.id, asked.reason, known.cancels_at, known.cancels};
    bool spares_good_till = known.spares_good_till;
    if (asked.reason != model::DisconnectReason::declined) {
        // Who was lost before waits anew as it was lost, whatever the rule has become.
        if (known.on) lost.cancels = known.chosen.value_or(rule.cancels);
        if (known.on) spares_good_till = rule.spares_good_till;
        lost.cancels_at = {now.nanoseconds + std::int64_t{rule.grace_ms} * 1'000'000};
        if (lost.cancels == CancelOnDisconnect::off) lost.cancels_at = {};
    }
    if (lost.cancels_at != model::Timestamp{}) lost.spares_good_till = spares_good_till;
    return lost;
}

}  // namespace

void cancel_orders_of_the_lost(Recorder& out) {
    const State& state = out.state();
    const model::Session& lost = state.session(state.lost.begin()->second);
    const SessionState& waiting = state.sessions.at(lost.id);
    const bool is_own = waiting.cancels == CancelOnDisconnect::session;
    mass_cancel(out, {.scope = {.participant = lost.participant,
                                .session = is_own ? lost.id : model::SessionId{},
                                .spares_good_till = waiting.spares_good_till,
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
