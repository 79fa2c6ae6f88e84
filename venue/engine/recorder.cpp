#include "venue/engine/recorder.hpp"

namespace venue::engine {

Recorder::Recorder(State& state, const model::Command& command, model::Timestamp now, const CommandLimits& limits,
                   std::vector<model::Event>& events)
    : state_(state), command_(command), now_(now), limits_(limits), events_(events), first_(next()) {}

void Recorder::finish() {
    if (next() != first_) events_.back().last = true;
}

}  // namespace venue::engine
