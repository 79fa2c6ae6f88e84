#include "venue/recovery.hpp"

#include <map>

namespace venue {

engine::Engine recover(journal::Journal& journal) {
    engine::Engine engine;
    journal.read({}, [&](const model::Event& event) { engine.fold(event); });
    if (engine.last_sequence()) journal.note_state_hash(engine.last_sequence(), engine.state_hash());
    return engine;
}

std::vector<fix::RestoredSession> sessions_to_restore(const engine::Engine& engine, journal::Journal& journal) {
    std::map<model::SessionId, journal::SessionRecord> records;
    for (const auto& record : journal.session_records()) records[record.numbers.session] = record;
    std::vector<fix::RestoredSession> sessions;
    for (const auto& [id, session] : engine.reference().sessions) {
        auto& record = records[id];
        record.numbers.session = id;
        if (!record.numbers.incarnation) record.numbers.incarnation = model::Incarnation{1};
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
