#include "tests/scenario/expectation.hpp"

#include <algorithm>

#include "tests/scenario/dictionary.hpp"

namespace scenario {
namespace {

/// Removes and returns the first field of that tag, so that a tag listed twice is looked for twice.
std::optional<std::string> take(std::vector<Field>& fields, int tag) {
    const auto found = std::ranges::find(fields, tag, &Field::tag);
    if (found == fields.end()) return {};
    auto value = std::move(found->value);
    fields.erase(found);
    return value;
}

bool agrees(const FieldText& expected, const std::string& value, Bindings& bindings) {
    if (expected.value.starts_with('$')) {
        const auto [bound, is_new] = bindings.try_emplace(expected.value, value);
        return is_new || bound->second == value;
    }
    return expected.contains ? value.find(expected.value) != std::string::npos : value == expected.value;
}

}  // namespace

std::optional<std::string> value_to_send(const std::string& value, const Bindings& bindings) {
    if (!value.starts_with('$')) return value;
    const auto bound = bindings.find(value);
    if (bound == bindings.end()) return {};
    return bound->second;
}

std::optional<std::string> difference(const Expect& expected, const Message& message, Bindings& bindings) {
    if (message.type != expected.type) return "the message is of type " + message.type;
    Bindings bound = bindings;
    auto rest = message.fields;
    for (const auto& field : expected.fields) {
        const auto value = take(rest, field.tag);
        const auto name = Dictionary::published().name(field.tag);
        if (!value) return name + " is missing";
        if (!agrees(field, *value, bound)) {
            const auto wanted = field.value.starts_with('$') ? bound.at(field.value) : field.value;
            return name + " is " + *value + ", not " + wanted;
        }
    }
    if (!expected.open && !rest.empty()) return Dictionary::published().name(rest.front().tag) + " is not expected";
    bindings = std::move(bound);
    return {};
}

}  // namespace scenario
