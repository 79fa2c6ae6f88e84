#include "venue/engine/recorder.hpp"

#include <utility>

#include "venue/engine/fold.hpp"

namespace venue::engine {

Recorder::Recorder(State& state, const model::Command& command, model::Timestamp now, int fills_max,
                   std::vector<model::Event>& events)
    : state_(state), command_(command), now_(now), fills_max_(fills_max), events_(events), first_(next()) {}

void Recorder::record(model::EventBody body, model::SessionId session, model::SessionId other) {
    model::Event& event = events_.emplace_back();
    event.sequence = next();
    event.command = first_;
    event.time = now_;
    event.session = session;
    event.other_session = other;
    event.body = std::move(body);
    fold(state_, event);
}

void Recorder::finish() {
    if (next() != first_) events_.back().last = true;
}

}  // namespace venue::engine
