// What all session ports of a gateway share. It belongs to the worker's thread.
#pragma once

#include <chrono>
#include <map>
#include <memory>

#include "venue/fix/dictionaries.hpp"
#include "venue/fix/gateway.hpp"
#include "venue/fix/journal_reader.hpp"
#include "venue/fix/rate_gate.hpp"

namespace venue::fix {

struct PortContext {
    Settings settings;
    Wiring wiring;
    /// The reader thread; what it found comes back on the worker's.
    JournalReader& reader;
    SessionDictionaries dictionaries;
    /// Replaced, never changed: the reader's thread keeps the one it began with.
    std::shared_ptr<const model::Reference> reference;
    /// Until then the venue was there, and did what was due at some time of the day.
    model::Timestamp lived_until;
    model::Sequence released;  ///< The last event that is durable and was handed to the ports.
    /// Of the group that is being released, by event; null otherwise.
    const std::vector<model::Passage>* passages = nullptr;
    /// What counts the requests of all sessions of a participant.
    std::map<model::ParticipantId, std::shared_ptr<RateMeter>> meters{};

    std::shared_ptr<RateMeter> meter_of(model::ParticipantId participant) {
        auto& meter = meters[participant];
        if (!meter) meter = std::make_shared<RateMeter>();
        return meter;
    }
};

/// The wall clock in whole milliseconds: what SendingTime shows.
inline model::Timestamp sending_time_now() {
    using namespace std::chrono;
    const auto now = floor<milliseconds>(system_clock::now().time_since_epoch());
    return {duration_cast<nanoseconds>(now).count()};
}

}  // namespace venue::fix
