// The secrets that the venue makes for FIX sessions: hashes for the journal, and the secrets themselves in one file
// that its owner alone may read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "venue/config/settings.hpp"
#include "venue/model/command.hpp"

namespace venue::commands {

class CredentialsFile {
  public:
    /// Without a line yet: written, it takes the place of whatever is there.
    CredentialsFile() = default;
    /// With the lines of the file, none where there is no file. Whoever else would read it waits until this one is
    /// gone: it is read to be changed. Throws ConfigError.
    static CredentialsFile read(const config::ReferenceSettings& settings);

    /// Gives the session a secret. One that has a line already keeps its secret: it may be asked for a second time
    /// because nobody heard what came of the first.
    void assign(model::AddSession& session);
    /// Another secret for a session, which must have a line: throws ConfigError where it has none.
    model::HashedSecret renew(const std::string& comp_id, const config::ReferenceSettings& settings);
    /// Whole on disk or not there, and readable by its owner alone. Throws ConfigError.
    void write(const config::ReferenceSettings& settings) const;

  private:
    struct Line {
        std::string participant;
        std::string comp_id;
        std::string username;
        std::string secret;
        std::string account;
    };
    std::vector<Line> lines_;
    std::shared_ptr<const void> turn_;  ///< To change the file; null for one that was never read.
};

}  // namespace venue::commands
