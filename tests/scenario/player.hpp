// Plays a script against a venue.
#pragma once

#include <functional>

#include "tests/scenario/script.hpp"
#include "tests/scenario/venue_under_test.hpp"

namespace scenario {

/// Throws ScriptFault at the first thing that isn't as written.
void play(const Script& script, VenueUnderTest& venue);

/// Asks what the script asks and expects nothing: calls `told` with everything that a session receives. For scripts
/// that a simulation wrote down.
void ask(const Script& script, VenueUnderTest& venue,
         const std::function<void(const std::string& session, const Message& message)>& told);

}  // namespace scenario
