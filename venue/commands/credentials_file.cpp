#include "venue/commands/credentials_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "venue/fix/credentials.hpp"

namespace venue::commands {
namespace {

using config::ConfigError;

bool write_all(int descriptor, const std::string& text) {
    std::size_t written = 0;
    while (written < text.size()) {
        const auto count = ::write(descriptor, text.data() + written, text.size() - written);
        if (count <= 0) return false;
        written += static_cast<std::size_t>(count);
    }
    return true;
}

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

/// Waits for it. The file itself is replaced by each change, so another one beside it is locked.
std::shared_ptr<const void> take_turn(const config::ReferenceSettings& settings) {
    const auto lock = settings.credentials_file + ".lock";
    const int descriptor = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    std::shared_ptr<const void> turn(nullptr, [descriptor](const void* /*none*/) { ::close(descriptor); });
    int locked = -1;
    do {
        locked = ::flock(descriptor, LOCK_EX);
    } while (locked != 0 && errno == EINTR);
    if (locked == 0) return turn;
    throw ConfigError(settings.credentials_file_place + ": can't lock " + lock +
                      "; expected a file in a folder that is there, on a disk of this machine");
}

}  // namespace

CredentialsFile CredentialsFile::read(const config::ReferenceSettings& settings) {
    CredentialsFile file;
    file.turn_ = take_turn(settings);
    std::ifstream stream(settings.credentials_file);
    for (std::string text; std::getline(stream, text);) {
        if (text.empty() || text.front() == '#') continue;
        std::istringstream words(text);
        Line line;
        words >> line.participant >> line.comp_id >> line.username >> line.secret >> line.account;
        if (words) {
            file.lines_.push_back(std::move(line));
        } else {
            throw ConfigError(settings.credentials_file_place + ": " + settings.credentials_file +
                              " has a line that is none of its; expected name, sender, username, password and account");
        }
    }
    return file;
}

model::HashedSecret CredentialsFile::renew(const std::string& comp_id, const config::ReferenceSettings& settings) {
    const auto line = std::ranges::find(lines_, comp_id, &Line::comp_id);
    if (line == lines_.end()) {
        throw ConfigError(settings.credentials_file_place + ": " + settings.credentials_file + " has no line of " +
                          comp_id + "; expected the file that its first secret was written to");
    }
    line->secret = fix::make_secret();
    auto salt = fix::make_salt();
    auto hash = fix::secret_hash(salt, line->secret);
    return {std::move(salt), std::move(hash)};
}

void CredentialsFile::assign(model::AddSession& session) {
    auto line = std::ranges::find(lines_, session.comp_id, &Line::comp_id);
    if (line == lines_.end()) {
        lines_.push_back({{}, session.comp_id, {}, fix::make_secret(), {}});
        line = lines_.end() - 1;
    }
    *line = {session.participant, session.comp_id, session.username, line->secret, session.account};
    session.salt = fix::make_salt();
    session.secret_hash = fix::secret_hash(session.salt, line->secret);
}

void CredentialsFile::write(const config::ReferenceSettings& settings) const {
    std::string text = "# name sender username password account\n";
    for (const auto& [participant, comp_id, username, secret, account] : lines_) {
        text += participant + ' ' + comp_id + ' ' + username + ' ' + secret + ' ' + account + '\n';
    }
    write_durably(settings.credentials_file, text, settings.credentials_file_place);
}

}  // namespace venue::commands
