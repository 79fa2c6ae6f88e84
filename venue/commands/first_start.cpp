#include "venue/commands/first_start.hpp"

#include <fstream>
#include <string>

#include "venue/commands/credentials_file.hpp"
#include "venue/config/reference_file.hpp"
#include "venue/engine/engine.hpp"

namespace venue::commands {
namespace {

using config::ConfigError;

/// Tries the commands on an engine of its own, so that a wrong file leaves no trace in the journal.
void try_out(const std::string& file, const std::vector<model::CommandBody>& commands) {
    engine::Engine trial;
    std::vector<model::Event> events;
    for (const auto& command : commands) trial.handle({{}, command}, {}, events);
    for (const auto& event : events) {
        const auto* const rejected = std::get_if<model::ConfigurationRejected>(&event.body);
        if (rejected != nullptr) throw ConfigError(file + ": " + rejected->sentence + " (" + event.asked + ")");
    }
}

}  // namespace

std::vector<model::CommandBody> first_configuration(const config::Settings& settings) {
    const auto& from = settings.reference;
    if (!std::ifstream(from.file)) {
        throw ConfigError(from.file_place + ": can't read " + from.file + "; expected a file that can be read");
    }
    auto reference = config::load_reference(from.file, settings.fix.comp_id);
    CredentialsFile credentials;
    for (auto& session : reference.sessions) credentials.assign(session);
    auto commands = config::commands(reference);
    try_out(from.file, commands);
    credentials.write(from);
    return commands;
}

}  // namespace venue::commands
