#include "venue/commands/asking.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace venue::commands {
namespace {

/// What gRPC takes as the value of metadata.
std::string printable(std::string name) {
    std::ranges::replace_if(
        name, [](char c) { return c <= ' ' || c > '~'; }, '?');
    return name;
}

}  // namespace

std::string asker() {
    if (const char* const before = std::getenv("SUDO_USER"); before != nullptr && *before != '\0') {
        return printable(before);
    }
    const auto user = ::geteuid();
    const auto* const entry = ::getpwuid(user);
    return entry == nullptr ? std::to_string(user) : printable(entry->pw_name);
}

}  // namespace venue::commands
