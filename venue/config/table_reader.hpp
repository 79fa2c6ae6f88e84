// Reads one TOML table strictly: every key must be known, every value of the expected kind; an error names file, line,
// key and what was expected.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "venue/config/settings.hpp"
#include "venue/config/toml.hpp"
#include "venue/model/number.hpp"

namespace venue::config {

class TableReader {
  public:
    /// `name` is what errors call the table ("fix", "instrument 2"); the table outlives the reader.
    TableReader(const std::string& file, std::string name, const toml::table& table);

    // A key that is absent reads as some legal value, and `finish` tells of it: where a key is misspelt, what stands
    // there is worth more to its reader than what doesn't.

    std::string text(std::string_view key);
    /// A positive decimal number, written as text.
    model::Decimal decimal(std::string_view key);
    std::string one_of(std::string_view key, const std::vector<std::string>& choices);
    std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
    /// The name of a file that is there.
    std::string readable_file(std::string_view key);
    /// The table under `key`; an empty one when the key is absent.
    const toml::table& table(std::string_view key);
    /// The tables of the array under `key`; empty when the key is absent.
    std::vector<const toml::table*> tables(std::string_view key);
    /// Refuses keys that nobody asked for, then keys that are absent. Call last.
    void finish() const;

  private:
    /// Null when it is absent.
    const toml::node* node(std::string_view key, std::string_view expected);
    /// Throws a ConfigError about `key`.
    [[noreturn]] void fail(std::string_view key, std::string_view expected) const;
    [[nodiscard]] std::string place(const toml::node& at) const;

    const std::string& file_;
    std::string name_;
    const toml::table& table_;
    std::set<std::string, std::less<>> known_;
    std::string absent_;           ///< The first key that is absent; empty for none.
    std::string absent_expected_;  ///< What should stand there.
};

/// Parses the file; syntax errors and unreadable files become ConfigError.
toml::table parse_file(const std::string& file);

}  // namespace venue::config
