#include "venue/commands/first_start.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "venue/config/reference_file.hpp"
#include "venue/engine/engine.hpp"
#include "venue/fix/credentials.hpp"

namespace venue::commands {
namespace {

using config::ConfigError;

/// Gives each session a secret and returns the lines for the credentials file.
std::string assign_secrets(std::vector<model::AddSession>& sessions) {
    std::string lines = "# name sender username password account\n";
    for (auto& session : sessions) {
        const auto secret = fix::make_secret();
        session.salt = fix::make_salt();
        session.secret_hash = fix::secret_hash(session.salt, secret);
        lines += session.participant + ' ' + session.comp_id + ' ' + session.username + ' ' + secret + ' ' +
                 session.account + '\n';
    }
    return lines;
}

bool write_all(int descriptor, const std::string& text) {
    std::size_t written = 0;
    while (written < text.size()) {
        const auto count = ::write(descriptor, text.data() + written, text.size() - written);
        if (count <= 0) return false;
        written += static_cast<std::size_t>(count);
    }
    return true;
}

/// The file is readable by its owner alone, and whole on disk or not there.
void write_durably(const std::string& file, const std::string& text) {
    const auto draft = file + ".new";
    const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) throw ConfigError("[reference] credentials_file: can't write " + draft);
    const bool stored = ::fchmod(descriptor, 0600) == 0 && write_all(descriptor, text) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!stored || std::rename(draft.c_str(), file.c_str()) != 0) {
        throw ConfigError("[reference] credentials_file: can't write " + file);
    }
}

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

std::vector<model::CommandBody> first_configuration(const config::ReferenceSettings& settings) {
    auto reference = config::load_reference(settings.file);
    const auto credentials = assign_secrets(reference.sessions);
    auto commands = config::commands(reference);
    try_out(settings.file, commands);
    write_durably(settings.credentials_file, credentials);
    return commands;
}

}  // namespace venue::commands
