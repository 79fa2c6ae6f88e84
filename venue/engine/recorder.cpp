#include "venue/engine/recorder.hpp"

namespace venue::engine {

Recorder::Recorder(State& state, const model::Command& command, model::Timestamp now, int fills_max,
                   std::vector<model::Event>& events)
    : state_(state), command_(command), now_(now), fills_max_(fills_max), events_(events), first_(next()) {}

model::Event& Recorder::begin(model::SessionId session, model::SessionId other) {
    model::Event& event = events_.emplace_back();
    event.sequence = next();
    event.command = first_;
    event.time = now_;
    event.session = session;
    event.other_session = other;
    return event;
}

void Recorder::finish() {
    if (next() != first_) events_.back().last = true;
}

}  // namespace venue::engine
