// What a script gives, as the reference file of a venue's first start.
#pragma once

#include <string>

#include "tests/scenario/script.hpp"

namespace scenario {

/// Three assets and the three demo instruments, always; participants, sessions, balances and fees as given.
std::string reference_toml(const Script& script);

/// SenderCompID of a session: its name in capitals.
std::string comp_id(const std::string& session);

}  // namespace scenario
