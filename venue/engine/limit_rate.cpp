// How many requests a participant's sessions may send: journaled here, kept to where they come in.
#include "venue/engine/decide.hpp"
#include "venue/engine/objections.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::engine {
namespace {

using model::RateLimit;

bool is_within(std::int32_t number, std::int32_t least, std::int32_t most) { return number >= least && number <= most; }

std::string objection(const RateLimit& rate) {
    if (!is_within(rate.requests, 0, model::rate_requests_max) ||
        !is_within(rate.logout_at, 0, model::rate_requests_max)) {
        return "A rate is limited to at most " + std::to_string(model::rate_requests_max) +
               " requests, or 0 for no limit.";
    }
    if (!is_within(rate.window_ms, 0, model::rate_window_ms_max)) {
        return "A rate's window is at most " + std::to_string(model::rate_window_ms_max) + " milliseconds; 0 is 1000.";
    }
    const bool ends_early = rate.logout_at != 0 && rate.logout_at < rate.requests;
    return ends_early ? "A session isn't ended before its requests are refused: logout_at is below requests." : "";
}

std::string objection(const model::Reference& reference, const model::LimitRate& asked) {
    const model::Participant* const participant = reference.participant(asked.participant);
    if (participant == nullptr) return unknown("participant", asked.participant);
    if (asked.session.empty()) return {};
    const model::Session* const session = reference.session(asked.session);
    if (session == nullptr) return unknown("session", asked.session);
    if (session->participant == participant->id) return {};
    return "The session " + asked.session + " is not one of " + asked.participant + "'s.";
}

RateLimit changed(const RateLimit& before, const model::AskedRate& asked) {
    return {asked.requests.value_or(before.requests), asked.logout_at.value_or(before.logout_at),
            asked.window_ms.value_or(before.window_ms)};
}

}  // namespace

void decide(Recorder& out, const model::LimitRate& asked) {
    const model::Reference& reference = out.state().reference;
    if (declined(out, objection(reference, asked), asked.call)) return;
    model::Participant after = *reference.participant(asked.participant);
    const model::SessionId session = asked.session.empty() ? model::SessionId{} : reference.session(asked.session)->id;
    RateLimit& rate = session ? after.session_rates[session] : after.rate;
    rate = changed(rate, asked.rate);
    if (declined(out, objection(rate), asked.call)) return;
    if (session && rate == RateLimit{}) after.session_rates.erase(session);
    if (after != *reference.participant(asked.participant)) out.record(model::ParticipantChanged{std::move(after)});
}

}  // namespace venue::engine
