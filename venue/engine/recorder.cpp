#include "venue/engine/recorder.hpp"

namespace venue::engine {

Recorder::Recorder(State& state, const model::Command& command, model::Timestamp now, const CommandLimits& limits,
                   std::vector<model::Event>& events)
    : state_(state), command_(command), now_(now), limits_(limits), events_(events), first_(next()) {}

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
