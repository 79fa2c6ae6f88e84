#include "venue/commands/first_start.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
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
void write_durably(const std::string& file, const std::string& text, const std::string& place) {
    const ConfigError cannot_write(place + ": can't write " + file + "; expected a file in a folder that is there");
    const auto draft = file + ".new";
    const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) throw cannot_write;
    const bool stored = ::fchmod(descriptor, 0600) == 0 && write_all(descriptor, text) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!stored || std::rename(draft.c_str(), file.c_str()) != 0) {
        throw cannot_write;
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

std::vector<model::CommandBody> first_configuration(const config::Settings& settings) {
    const auto& from = settings.reference;
    if (!std::ifstream(from.file)) {
        throw ConfigError(from.file_place + ": can't read " + from.file + "; expected a file that can be read");
    }
    auto reference = config::load_reference(from.file, settings.fix.comp_id);
    const auto credentials = assign_secrets(reference.sessions);
    auto commands = config::commands(reference);
    try_out(from.file, commands);
    write_durably(from.credentials_file, credentials, from.credentials_file_place);
    return commands;
}

}  // namespace venue::commands
