#include "tests/scenario/dictionary.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace scenario {
namespace {

/// The value of name="…" in one line of XML; empty when it isn't there.
std::string attribute(const std::string& line, const std::string& name) {
    const auto begin = line.find(" " + name + "=\"");
    if (begin == std::string::npos) return {};
    const auto value = begin + name.size() + 3;
    return line.substr(value, line.find('"', value) - value);
}

bool is_number(const std::string& text) {
    return !text.empty() && text.size() < 7 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Dictionary::Dictionary(const std::vector<std::string>& files) {
    for (const auto& file : files) read(file);
}

// The generator writes one element a line, so lines are all the XML that is understood here.
void Dictionary::read(const std::string& file) {
    std::ifstream lines(file);
    if (!lines) throw std::runtime_error("no dictionary at " + file);
    int tag = 0;
    for (std::string line; std::getline(lines, line);) {
        if (const auto number = attribute(line, "number"); is_number(number)) {
            tag = std::stoi(number);
            tags_.emplace(attribute(line, "name"), tag);
            names_.emplace(tag, attribute(line, "name"));
        } else if (line.find("<value ") != std::string::npos) {
            values_.emplace(std::pair(tag, attribute(line, "description")), attribute(line, "enum"));
        }
    }
}

const Dictionary& Dictionary::published() {
    static const Dictionary dictionary(
        {DICTIONARIES "/FIX44.xml", DICTIONARIES "/FIX42.xml", DICTIONARIES "/FIX50SP2.xml"});
    return dictionary;
}

std::optional<int> Dictionary::tag(const std::string& name) const {
    if (is_number(name)) return std::stoi(name);
    const auto found = tags_.find(name);
    if (found == tags_.end()) return {};
    return found->second;
}

std::string Dictionary::name(int tag) const {
    const auto found = names_.find(tag);
    return found == names_.end() ? std::to_string(tag) : found->second;
}

std::string Dictionary::value(int tag, const std::string& text) const {
    const auto found = values_.find({tag, text});
    return found == values_.end() ? text : found->second;
}

}  // namespace scenario
