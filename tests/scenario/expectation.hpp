// Holds a message against a line of a script.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "tests/scenario/message.hpp"
#include "tests/scenario/script.hpp"

namespace scenario {

/// What $names stand for, once they were met.
using Bindings = std::map<std::string, std::string>;

/// The value with which a message is sent; nothing for a $name that isn't bound.
std::optional<std::string> value_to_send(const std::string& value, const Bindings& bindings);

/// A sentence for the first difference; nothing when the message is as expected. Binds new names only then.
std::optional<std::string> difference(const Expect& expected, const Message& message, Bindings& bindings);

}  // namespace scenario
