// Reads one TOML table strictly: every key must be known, every value of the expected kind. Each fault reads
// "FILE:LINE: KEY: what is wrong; expected what is right", or "--set KEY=VALUE: KEY: …" for a value given there.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "venue/config/settings.hpp"
#include "venue/config/toml.hpp"
#include "venue/model/listing_rules.hpp"
#include "venue/model/number.hpp"

namespace venue::config {

/// What tables are read from.
struct Source {
    std::string file;
    std::map<std::string, std::string, std::less<>> overrides{};  ///< "fix.port" -> "--set fix.port=9000".
};

class TableReader {
  public:
    /// `path` is the table's own key ("fix", "participant.account"), empty for the file's top level. Source and table
    /// outlive the reader.
    TableReader(const Source& source, std::string path, const toml::table& table);

    // A key that is absent reads as some legal value, and `finish` tells of it: where a key is misspelt, what stands
    // there is worth more to its reader than what doesn't.

    std::string text(std::string_view key);
    /// A name as the venue gives them.
    std::string name(std::string_view key, std::size_t size_max = model::name_size_max);
    /// A positive decimal number, written as text.
    model::Decimal decimal(std::string_view key);
    std::string one_of(std::string_view key, const std::vector<std::string>& choices);
    std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
    /// The name of a file that is there.
    std::string readable_file(std::string_view key);
    /// The name of a folder that is there.
    std::string folder(std::string_view key);
    /// The number of an IPv4 or IPv6 address.
    std::string ip_address(std::string_view key);
    /// The texts of the list under `key`; empty when the key is absent.
    std::vector<std::string> texts(std::string_view key);
    /// The table under `key`; an empty one when the key is absent.
    const toml::table& table(std::string_view key);
    /// The tables of the array under `key`; empty when the key is absent.
    std::vector<const toml::table*> tables(std::string_view key);
    /// Whether a key that may be left out is there.
    [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
    /// Refuses keys that nobody asked for, then keys that are absent. Call before `require`.
    void finish() const;
    /// Throws a ConfigError about `key` when what is required of its value doesn't hold.
    void require(bool holds, std::string_view key, std::string_view wrong, std::string_view expected) const;
    /// "FILE:LINE: KEY", as errors about `key` begin.
    [[nodiscard]] std::string place(std::string_view key) const;

  private:
    /// Null when it is absent.
    const toml::node* node(std::string_view key, std::string_view expected);
    /// Throws a ConfigError that shows the value of `key`.
    [[noreturn]] void fail(std::string_view key, std::string_view expected) const;
    [[nodiscard]] std::string place(std::string_view key, const toml::source_region& at) const;

    const Source& source_;
    std::string path_;
    const toml::table& table_;
    std::set<std::string, std::less<>> known_;
    std::string absent_;           ///< The first key that is absent; empty for none.
    std::string absent_expected_;  ///< What should stand there.
};

/// Parses the file; syntax errors and unreadable files become ConfigError.
toml::table parse_file(const std::string& file);

}  // namespace venue::config
