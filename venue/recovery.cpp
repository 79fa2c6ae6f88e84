#include "venue/recovery.hpp"

#include <map>

namespace venue {

engine::Engine recover(journal::Journal& journal) {
    engine::Engine engine;
    journal.read({}, [&](const model::Event& event) { engine.fold(event); });
    note_state_hash(engine, journal);
    return engine;
}

void note_state_hash(const engine::Engine& engine, journal::Journal& journal) {
    if (!engine.last_sequence()) return;
    journal.note_state_hash({engine.last_sequence(), engine::state_hash_version, engine.state_hash()});
}

std::vector<fix::RestoredSession> sessions_to_restore(const engine::Engine& engine, journal::Journal& journal) {
    std::map<model::SessionId, journal::SessionRecord> records;
    for (const auto& record : journal.session_records()) records[record.numbers.session] = record;
    std::vector<fix::RestoredSession> sessions;
    for (const auto& [id, session] : engine.reference().sessions) {
        auto& record = records[id];
        // The reset is an event and durable before the first number of the new incarnation; what was written before it
        // stays written.
        const auto incarnation = engine.incarnation(id);
        if (record.numbers.incarnation < incarnation) {
            record = {{id, incarnation, 0, 0, record.numbers.last_written}, {}};
        }
        sessions.push_back({record.numbers, record.last_numbered});
    }
    return sessions;
}

std::vector<model::Request> disconnects_after_restart(const engine::Engine& engine) {
    std::vector<model::Request> requests;
    for (const auto session : engine.sessions_on()) {
        requests.push_back({{}, model::DisconnectSession{session, model::DisconnectReason::restart}});
    }
    return requests;
}

}  // namespace venue
