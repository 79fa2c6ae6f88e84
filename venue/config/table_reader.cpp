#include "venue/config/table_reader.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

namespace venue::config {
namespace {

std::string joined(const auto& words) {
    std::string line;
    for (const auto& word : words) line += (line.empty() ? "" : ", ") + std::string(word);
    return line;
}

std::string at_line(const std::string& file, const toml::source_region& source) {
    if (!source.begin) return file;
    return file + ":" + std::to_string(source.begin.line) + ":" + std::to_string(source.begin.column);
}

}  // namespace

TableReader::TableReader(const std::string& file, std::string name, const toml::table& table)
    : file_(file), name_(std::move(name)), table_(table) {}

std::string TableReader::place(const toml::node& at) const { return at_line(file_, at.source()); }

void TableReader::fail(std::string_view key, std::string_view expected) const {
    const toml::node* const found = table_.get(key);
    const std::string where = place(found != nullptr ? *found : static_cast<const toml::node&>(table_));
    const std::string what = found != nullptr ? "" : " is missing;";
    throw ConfigError(where + ": [" + name_ + "] " + std::string(key) + ":" + what + " expected " +
                      std::string(expected));
}

const toml::node* TableReader::node(std::string_view key, std::string_view expected) {
    known_.emplace(key);
    const toml::node* const found = table_.get(key);
    if (found == nullptr && absent_.empty()) {
        absent_ = key;
        absent_expected_ = expected;
    }
    return found;
}

std::string TableReader::text(std::string_view key) {
    constexpr std::string_view expected = "a text between quotes";
    const auto* const found = node(key, expected);
    if (found == nullptr) return {};
    const auto* const value = found->as_string();
    if (value == nullptr || value->get().empty()) fail(key, expected);
    return value->get();
}

model::Decimal TableReader::decimal(std::string_view key) {
    constexpr std::string_view expected = "a positive decimal number between quotes, like \"0.01\"";
    const auto* const found = node(key, expected);
    if (found == nullptr) return {1, 0};
    const auto* const value = found->as_string();
    const auto number = value == nullptr ? std::nullopt : model::parse_decimal(value->get());
    if (!number || number->digits <= 0) fail(key, expected);
    return *number;
}

std::string TableReader::one_of(std::string_view key, const std::vector<std::string>& choices) {
    const std::string expected = "one of " + joined(choices);
    const auto* const found = node(key, expected);
    if (found == nullptr) return choices.front();
    const auto* const value = found->as_string();
    if (value == nullptr || std::ranges::find(choices, value->get()) == choices.end()) fail(key, expected);
    return value->get();
}

std::int64_t TableReader::integer(std::string_view key, std::int64_t least, std::int64_t most) {
    const std::string expected = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    const auto* const found = node(key, expected);
    if (found == nullptr) return least;
    const auto* const value = found->as_integer();
    if (value == nullptr || value->get() < least || value->get() > most) fail(key, expected);
    return value->get();
}

std::string TableReader::readable_file(std::string_view key) {
    const auto path = text(key);
    if (!path.empty() && !std::ifstream(path)) fail(key, "a file that can be read; " + path + " can't");
    return path;
}

const toml::table& TableReader::table(std::string_view key) {
    static const toml::table empty;
    constexpr std::string_view expected = "a table";
    const auto* const found = node(key, expected);
    if (found == nullptr) return empty;
    if (found->as_table() == nullptr) fail(key, expected);
    return *found->as_table();
}

std::vector<const toml::table*> TableReader::tables(std::string_view key) {
    known_.emplace(key);
    std::vector<const toml::table*> found;
    if (!table_.contains(key)) return found;
    const auto* const array = table_.get(key)->as_array();
    if (array == nullptr || !array->is_homogeneous(toml::node_type::table)) fail(key, "tables, each begun with [[…]]");
    for (const auto& element : *array) found.push_back(element.as_table());
    return found;
}

void TableReader::finish() const {
    for (const auto& [key, value] : table_) {
        if (known_.contains(key.str())) continue;
        throw ConfigError(at_line(file_, key.source()) + ": [" + name_ + "] has no key \"" + std::string(key.str()) +
                          "\"; expected one of " + joined(known_));
    }
    if (!absent_.empty()) fail(absent_, absent_expected_);
}

toml::table parse_file(const std::string& file) {
    try {
        return toml::parse_file(file);
    } catch (const toml::parse_error& error) {
        throw ConfigError(at_line(file, error.source()) + ": " + std::string(error.description()));
    }
}

}  // namespace venue::config
