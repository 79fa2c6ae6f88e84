#include "venue/config/table_reader.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <filesystem>
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

std::string at_line(const std::string& file, const toml::source_region& at) {
    return at.begin ? file + ":" + std::to_string(at.begin.line) : file;
}

/// The value as the file writes it, on one line.
std::string shown(const toml::node& value) {
    if (value.is_table()) return "a table";
    if (value.is_array()) return "a list";
    if (value.is_string()) return '"' + value.as_string()->get() + '"';
    std::ostringstream text;
    text << toml::node_view(value);
    return text.str();
}

bool is_ip_address(const std::string& text) {
    in6_addr binary;
    return ::inet_pton(AF_INET, text.c_str(), &binary) == 1 || ::inet_pton(AF_INET6, text.c_str(), &binary) == 1;
}

}  // namespace

TableReader::TableReader(const Source& source, std::string path, const toml::table& table)
    : source_(source), path_(std::move(path)), table_(table) {}

std::string TableReader::place(std::string_view key, const toml::source_region& at) const {
    const std::string full_key = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
    const auto given = source_.overrides.find(full_key);
    return (given == source_.overrides.end() ? at_line(source_.file, at) : given->second) + ": " + full_key;
}

std::string TableReader::place(std::string_view key) const {
    const toml::node* const found = table_.get(key);
    return place(key, found == nullptr ? table_.source() : found->source());
}

void TableReader::require(bool holds, std::string_view key, std::string_view wrong, std::string_view expected) const {
    if (holds) return;
    throw ConfigError(place(key) + ": " + std::string(wrong) + "; expected " + std::string(expected));
}

void TableReader::fail(std::string_view key, std::string_view expected) const {
    const toml::node* const found = table_.get(key);
    const std::string wrong = "is " + (found == nullptr ? "missing" : shown(*found));
    throw ConfigError(place(key) + ": " + wrong + "; expected " + std::string(expected));
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

std::string TableReader::name(std::string_view key, std::size_t size_max) {
    const std::string expected = "1 to " + std::to_string(size_max) + " printable characters without spaces";
    const auto* const found = node(key, expected);
    if (found == nullptr) return {};
    const auto* const value = found->as_string();
    if (value == nullptr || !model::is_name(value->get(), size_max)) fail(key, expected);
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
    if (!path.empty() && !std::ifstream(path)) fail(key, "a file that can be read");
    return path;
}

std::string TableReader::folder(std::string_view key) {
    const auto path = text(key);
    std::error_code ignored;
    if (!path.empty() && !std::filesystem::is_directory(path, ignored)) fail(key, "a folder that is there");
    return path;
}

std::string TableReader::ip_address(std::string_view key) {
    const auto address = text(key);
    if (!address.empty() && !is_ip_address(address)) fail(key, "an IP address, like 127.0.0.1 or ::1");
    return address;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
    constexpr std::string_view expected = "a list of texts, like [\"one\", \"two\"]";
    const auto* const found = node(key, expected);
    if (found == nullptr) return {};
    if (found->as_array() == nullptr) fail(key, expected);
    std::vector<std::string> texts;
    for (const auto& element : *found->as_array()) {
        if (!element.is_string()) fail(key, expected);
        texts.push_back(element.as_string()->get());
    }
    return texts;
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
        throw ConfigError(place(key.str(), key.source()) + ": is no key; expected one of " + joined(known_));
    }
    if (!absent_.empty()) fail(absent_, absent_expected_);
}

toml::table parse_file(const std::string& file) {
    if (!std::ifstream(file)) throw ConfigError(file + ": is missing; expected a file that can be read");
    try {
        return toml::parse_file(file);
    } catch (const toml::parse_error& error) {
        throw ConfigError(at_line(file, error.source()) + ": " + std::string(error.description()));
    }
}

}  // namespace venue::config
