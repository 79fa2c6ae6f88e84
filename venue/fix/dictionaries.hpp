// What the session engine validates messages against: the venue's own dictionaries, one for each version, and those
// that the operator gives to single sessions.
#pragma once

#include <map>
#include <string>

#include "venue/fix/dialect.hpp"
#include "venue/fix/plain_rules.hpp"
#include "venue/fix/quickfix.hpp"

namespace venue::fix {

/// From that folder, one for each version. Throws DictionaryUnreadable.
FIX::DataDictionaryProvider read_dictionaries(const std::string& folder);

class SessionDictionaries {
  public:
    /// `files` by the CompIDs of their sessions. A data field whose length the venue doesn't guard is plain text to
    /// its session: the session engine would believe any length. Throws DictionaryUnreadable.
    SessionDictionaries(FIX::DataDictionaryProvider ours, const std::map<std::string, std::string>& files);

    /// Throws DictionaryUnreadable where the session's own is of another version than the session.
    void check(const std::string& comp_id, const Dialect& dialect) const;
    /// The session has one of its own that is of its version.
    [[nodiscard]] bool has_own(const std::string& comp_id, const Dialect& dialect) const;
    /// Ours, where the session has none of its own that is of its version.
    [[nodiscard]] const FIX::DataDictionaryProvider& of(const std::string& comp_id, const Dialect& dialect) const;

    /// What tells at once that a message is good; null for a session with a dictionary of its own.
    [[nodiscard]] const PlainRules* rules_of(const std::string& comp_id, const Dialect& dialect) const;

  private:
    struct Own {
        std::string file;
        std::string version;  ///< "FIX.4.4"
        FIX::DataDictionaryProvider provider;
    };
    [[nodiscard]] const Own* own(const std::string& comp_id) const;

    FIX::DataDictionaryProvider ours_;
    std::map<std::string, PlainRules, std::less<>> rules_;  ///< Of ours, by BeginString (8).
    std::map<std::string, Own> own_;
};

}  // namespace venue::fix
