#include "venue/recovery.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "venue/engine/snapshot.hpp"

namespace venue {

std::optional<engine::Engine> load(journal::Snapshots& snapshots, const journal::SnapshotHeader& header,
                                   const Tell& tell) {
    const auto passed_over = [&](const std::string& why) {
        tell("the snapshot at event " + std::to_string(header.state.sequence.value) + " is passed over: " + why);
        return std::nullopt;
    };
    try {
        auto engine = engine::read_snapshot(snapshots.open(header));
        if (engine.last_sequence() != header.state.sequence) return passed_over("It is of another event.");
        const bool has_prices = std::uint32_t(header.format) >= engine::first_format_with_prices;
        if (!has_prices && !engine.reference().instruments.empty()) return passed_over("It knows no last prices.");
        // What another release hashed in another way was held against its checksum all the same.
        const bool is_comparable = header.state.version == engine::state_hash_version;
        if (is_comparable && engine.state_hash() != header.state.hash) return passed_over("It is of another state.");
        return engine;
    } catch (const engine::SnapshotUnreadable& error) {
        return passed_over(error.what());
    } catch (const journal::JournalUnreadable& error) {
        return passed_over(error.what());
    }
}

engine::Engine restore(journal::Snapshots& snapshots, const ReadEvents& read, const Tell& tell) {
    engine::Engine engine;
    for (const auto& header : snapshots.newest_first()) {
        auto found = load(snapshots, header, tell);
        if (!found) continue;
        engine = std::move(*found);
        break;
    }
    read(engine.last_sequence(), [&](const model::Event& event) { engine.fold(event); });
    return engine;
}

engine::Engine recover(journal::Journal& journal, journal::Snapshots& snapshots, const Tell& tell) {
    auto engine = restore(
        snapshots, [&](auto after, const auto& each) { journal.read(after, each); }, tell);
    note_state_hash(engine, journal);
    return engine;
}

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
    auto sessions = engine.sessions_on();
    std::ranges::copy(engine.sessions_lost(), std::back_inserter(sessions));
    std::vector<model::Request> requests;
    for (const auto session : sessions) {
        requests.push_back({{}, model::DisconnectSession{session, model::DisconnectReason::restart}});
    }
    return requests;
}

}  // namespace venue
